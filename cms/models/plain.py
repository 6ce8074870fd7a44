"""Ordinary pages: about us, help, what the platform knows about people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.serving import ServedByView


class PlainPage(ServedByView, Page):
    """A page with a title, a sentence that says what it is for, and a body."""

    lead = models.CharField(
        _("in one sentence"),
        max_length=120,
        blank=True,
        help_text=_("What the reader will know after reading. Shown below the title."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    private_page_options: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = [
        "cms.CountyPage",
        "cms.TownPage",
        "cms.UnitPage",
        "cms.PlainPage",
    ]
    subpage_types: ClassVar[list[str]] = ["cms.PlainPage"]
    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", heading=_("Headline")),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("ordinary page")
        verbose_name_plural = _("ordinary pages")
