"""Notices, current and past. Drafts have an entry too: only `shown` decides who may find one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.models import NoticePage
from cms.models.notices import NoticeQuerySet
from cms.searchables.bodies import text_of
from community.search import Document, Reader, Source, register_source


def document(notice: NoticePage) -> Document:
    return Document(
        title=notice.title,
        text="\n".join(filter(None, (notice.happens_where, text_of(notice.body)))),
        url=notice.get_url() or "/",
        area=notice.area,
        at=notice.starts_at,
        ends_at=notice.ends_at,
    )


def readable(reader: Reader) -> NoticeQuerySet:
    return NoticePage.objects.shown(person=reader.person, at=reader.at)


def originals() -> NoticeQuerySet:
    return NoticePage.objects.select_related("area").defer("area__boundary")


register_source(
    Source(
        kind="notice",
        label=_("Notices"),
        icon="scroll",
        order=10,
        models=(NoticePage,),
        originals=originals,
        document=document,
        readable=readable,
    )
)
