"""The pages of places: the county, its towns, and the home of each village or community.

They follow the area tree and are grown by the platform (`services.places.grow_pages`), one for
an area: nobody adds, moves or deletes them by hand. What people write hangs below them, and who
may write there follows from the area (`policies.editors`).
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Collection, Page, PagePermissionTester
from wagtail.search import index

from cms.models.serving import ServedByView
from community.models import Area, Kind

KINDS_OF_TOWNS: Final = (Kind.TOWN, Kind.SUBDISTRICT)
KINDS_OF_UNITS: Final = (Kind.VILLAGE, Kind.COMMUNITY)


class GrownPagePermissionTester(PagePermissionTester):
    """What may be done to a page that the platform has grown: written in, and nothing else."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002  # Wagtail's
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False


class GrownPage(Page):
    """Base of the pages that follow the area tree."""

    is_creatable = False
    private_page_options: ClassVar[list[str]] = []
    promote_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return GrownPagePermissionTester(user, self)


class FrontPage(GrownPage):
    """The root of the site: `/` itself is the platform's home page, drawn by `community`."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.CountyPage"]

    class Meta:
        verbose_name = _("front page")


class AreaPage(ServedByView, GrownPage):
    """The page of one area, and the collection of its pictures and documents."""

    KINDS: ClassVar[tuple[Kind, ...]] = ()
    drawn_with = ("area__parent__parent",)

    area = models.OneToOneField(
        Area, models.PROTECT, related_name="page", verbose_name=_("area"), editable=False
    )
    collection = models.OneToOneField(
        Collection, models.PROTECT, related_name="+", verbose_name=_("collection"), editable=False
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences below the name: where it lies, what it is known for."),
    )
    office_hours = models.CharField(
        _("office hours"),
        max_length=80,
        blank=True,
        help_text=_("When people find somebody at the service hall."),
    )
    office_place = models.CharField(
        _("service hall"), max_length=80, blank=True, help_text=_("Where people go with a matter.")
    )

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", heading=_("Headline")),
        FieldPanel("introduction"),
        FieldPanel("office_place"),
        FieldPanel("office_hours"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.FilterField("area_id"),
    ]

    class Meta:
        verbose_name = _("page of an area")

    def clean(self) -> None:
        super().clean()
        if self.KINDS and self.area.kind not in self.KINDS:
            raise ValidationError(_("This kind of page is not for an area of this kind."))


class CountyPage(AreaPage):
    KINDS = (Kind.COUNTY,)
    parent_page_types: ClassVar[list[str]] = ["cms.FrontPage"]
    subpage_types: ClassVar[list[str]] = ["cms.TownPage", "cms.NoticePage", "cms.PlainPage"]

    class Meta:
        verbose_name = _("county page")
        verbose_name_plural = _("county pages")


class TownPage(AreaPage):
    KINDS = KINDS_OF_TOWNS
    parent_page_types: ClassVar[list[str]] = ["cms.CountyPage"]
    subpage_types: ClassVar[list[str]] = ["cms.UnitPage", "cms.NoticePage", "cms.PlainPage"]

    class Meta:
        verbose_name = _("town page")
        verbose_name_plural = _("town pages")


class UnitPage(AreaPage):
    KINDS = KINDS_OF_UNITS
    parent_page_types: ClassVar[list[str]] = ["cms.TownPage"]
    subpage_types: ClassVar[list[str]] = ["cms.NoticePage", "cms.PlainPage"]

    class Meta:
        verbose_name = _("village page")
        verbose_name_plural = _("village pages")
