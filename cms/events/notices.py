from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.kinds import Kind, register_kind
from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class NoticePublished(DomainEvent):
    """A notice can be read by those it is for, or has become urgent; told once for each."""

    name = "cms.notice_published"
    label = _("A notice was published")

    notice_id: int
    title: str
    is_urgent: bool
    audience: str
    path: str


register_kind(
    Kind(
        key=NoticePublished.name,
        icon="stop",
        tone="brick",
        title=_("Urgent: %(title)s"),
        text=_("A notice from %(area)s"),
    )
)
