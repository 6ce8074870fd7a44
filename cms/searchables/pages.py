"""The pages of places, and the ordinary pages below them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.models import AreaPage, CountyPage, PlainPage, TownPage, UnitPage
from cms.searchables.bodies import text_of
from community.search import Document, Reader, Source, register_source

MODELS = (CountyPage, TownPage, UnitPage, PlainPage)


def document(page: Page) -> Document:
    return _of_a_place(page) if isinstance(page, AreaPage) else _ordinary(page)


def _of_a_place(page: AreaPage) -> Document:
    return Document(
        title=page.title,
        text="\n".join(filter(None, (page.introduction, page.office_place, page.office_hours))),
        url=page.get_url() or "/",
        area=page.area,
        at=page.first_published_at,
    )


def _ordinary(page: PlainPage) -> Document:
    speaker = AreaPage.objects.ancestor_of(page).select_related("area").order_by("-depth")[0]
    return Document(
        title=page.title,
        text="\n".join(filter(None, (page.lead, text_of(page.body)))),
        url=page.get_url() or "/",
        area=speaker.area,
        at=page.first_published_at,
    )


def readable(reader: Reader) -> PageQuerySet:
    return Page.objects.live()


def originals() -> PageQuerySet:
    return Page.objects.type(*MODELS).specific()


register_source(
    Source(
        kind="page",
        label=_("Pages"),
        icon="info",
        order=30,
        models=MODELS,
        originals=originals,
        document=document,
        readable=readable,
    )
)
