"""The first door is the home page itself, the last one what is mine."""

from django.utils.translation import gettext_lazy as _

from community.home import Drawer, Tab, register_drawer, register_tab

register_tab(Tab(key="home", label=_("Home"), icon="home", url_name="community:home", order=10))
register_tab(Tab(key="me", label=_("Mine"), icon="me", url_name="community:me", order=90))
register_drawer(
    Drawer(
        key="preferences",
        label=_("How I like to read"),
        note=_("Large type, light or dark, Chinese or English"),
        icon="big",
        url_name="community:preferences",
        order=80,
        is_for=lambda person, at: True,
    )
)
