"""The large door of the home page: photograph something and report it."""

from django.utils.translation import gettext_lazy as _

from community.home import Ask, register_ask

register_ask(
    Ask(
        key="file_report",
        label=_("Photograph and report"),
        text=_("Lamps, drain covers, rubbish: photograph it, and somebody sees to it"),
        icon="report",
        url_name="community:file_report",
        order=10,
        is_main=True,
    )
)
