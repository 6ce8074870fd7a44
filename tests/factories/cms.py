"""Pages to test with; the pages of places are grown by the service that grows them anywhere."""

from __future__ import annotations

from typing import Any

from cms.models import AreaPage, NoticePage, PlainPage
from cms.services.places import grow_page
from community.models import Area, Person
from tests.times import on_monday


def page_of(area: Area) -> AreaPage:
    """Return the page of an area, with those above it."""
    for above in Area.objects.containing(area).order_by("path"):
        page = grow_page(area=above)
    return page


def a_notice(area: Area, *, live: bool = True, owner: Person | None = None, **fields: Any) -> Any:
    """Return a notice said by the village (town, county) the area lies in."""
    speaker = Area.objects.containing(area).exclude(kind__in=("grid", "micro_grid"))
    parent = page_of(speaker.order_by("-path").first())
    notice = NoticePage(
        **{
            "title": "The bridge is closed",
            "area": area,
            "starts_at": on_monday("08:00"),
            "body": [("heading", "Which way round")],
            "owner": owner,
            **fields,
        }
    )
    parent.add_child(instance=notice)
    revision = notice.save_revision(user=owner)
    if live:
        revision.publish()
    else:
        NoticePage.objects.filter(pk=notice.pk).update(live=False)
    return NoticePage.objects.get(pk=notice.pk)


def a_plain_page(area: Area, **fields: Any) -> PlainPage:
    page = PlainPage(
        **{"title": "About us", "slug": "about", "body": [("heading", "Who we are")], **fields}
    )
    page_of(area).add_child(instance=page)
    return page
