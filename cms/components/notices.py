from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from laces.components import Component

from cms.models import NoticeKind, NoticePage

ICONS: Final[dict[str, str]] = {
    NoticeKind.NOTICE: "scroll",
    NoticeKind.EVENT: "calendar",
    NoticeKind.DISCLOSURE: "eye",
    NoticeKind.ALERT: "warn",
}
TONES: Final[dict[str, str]] = {NoticeKind.EVENT: "leaf", NoticeKind.ALERT: "gold"}


def icon_of(notice: NoticePage) -> str:
    """Return the icon of a notice: its kind's, or the octagon of what is urgent."""
    return "stop" if notice.is_urgent else ICONS[notice.kind]


def tone_of(notice: NoticePage) -> str:
    """Return the tone of a notice's icon; what is urgent is brick, whatever it is about."""
    return "brick" if notice.is_urgent else TONES.get(notice.kind, "")


@dataclass(frozen=True, kw_only=True)
class NoticeRow(Component):
    """A notice as it appears in any list: what, for whom, when."""

    template_name = "cms/components/notice_row.html"

    notice: NoticePage
    url: str
    now: datetime
    here: str | Promise = ""
    """The name of the place the list is about: a notice for just that place need not repeat it."""

    def get_context_data(self, parent_context: object = None) -> dict[str, Any]:
        area = self.notice.area
        return {
            "notice": self.notice,
            "url": self.url,
            "icon_name": icon_of(self.notice),
            "tone": tone_of(self.notice),
            "is_over": self.notice.is_over(at=self.now),
            "area_name": "" if area.name == str(self.here) else area.name,
        }
