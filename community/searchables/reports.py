"""Reports, as everybody may know them: masked, without reporter and exact place."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from community.masking import masked
from community.models import Report, ReportQuerySet
from community.models.search import State
from community.search import Document, Reader, Source, register_source
from community.workflow import Family, Status, statuses

SOLVED: Final = statuses(Family.FIXED)
UNSOLVED: Final = (Status.CLOSED_UNRESOLVED, Status.DUPLICATE, Status.WITHDRAWN)


def document(report: Report) -> Document:
    kind = report.subcategory.name if report.subcategory else ""  # in the language of the place
    return Document(
        title=masked(report.title),
        text=masked(report.body),
        url=report.get_absolute_url(),
        area=report.area,
        at=report.filed_at,
        state=_state(report),
        also="\n".join(filter(None, (report.category.name, kind, report.number))),
    )


def _state(report: Report) -> State:
    if report.status in SOLVED:
        return State.SOLVED
    return State.UNSOLVED if report.status in UNSOLVED else State.OPEN


def readable(reader: Reader) -> ReportQuerySet:
    return Report.objects.visible_to(reader.person, at=reader.at, offices=reader.offices)


def originals() -> ReportQuerySet:
    return Report.objects.select_related("area", "category", "subcategory").defer("area__boundary")


register_source(
    Source(
        kind="report",
        label=_("Reports"),
        icon="report",
        order=20,
        models=(Report,),
        originals=originals,
        document=document,
        readable=readable,
    )
)
