"""The first door is the home page itself."""

from django.utils.translation import gettext_lazy as _

from community.home import Tab, register_tab

register_tab(Tab(key="home", label=_("Home"), icon="home", url_name="community:home", order=10))
