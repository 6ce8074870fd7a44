"""The first door is the home page itself, and on it the large one: to report something."""

from django.utils.translation import gettext_lazy as _

from community.home import Ask, Tab, register_ask, register_tab

register_tab(Tab(key="home", label=_("Home"), icon="home", url_name="community:home", order=10))
register_ask(
    Ask(
        key="report",
        label=_("Report with a photo"),
        text=_("Lamps, manhole covers, rubbish: take a picture, and somebody sees to it"),
        icon="report",
        url_name="community:file_report",
        order=10,
        is_main=True,
    )
)
