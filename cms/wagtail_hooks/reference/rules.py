"""What reports are sorted by, what people are asked, when offices are open, what was done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from community.models import (
    AuditEntry,
    Category,
    ConsentText,
    HolidayYear,
    OfficeHours,
    RouteStep,
    SpecialDay,
    Subcategory,
)


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "list-ul"
    list_display = ("name", "code", "priority", "is_active", "position")
    list_filter = ("is_active", "priority")
    ordering = ("position", "pk")
    copy_view_enabled = False
    panels = (
        FieldRowPanel((FieldPanel("name"), FieldPanel("name_en"))),
        FieldRowPanel((FieldPanel("code"), FieldPanel("icon"), FieldPanel("position"))),
        MultiFieldPanel(
            (
                FieldRowPanel((FieldPanel("accept_limit"), FieldPanel("accept_unit"))),
                FieldRowPanel((FieldPanel("finish_limit"), FieldPanel("finish_unit"))),
                FieldRowPanel((FieldPanel("hard_limit"), FieldPanel("hard_unit"))),
            ),
            heading=_("How long it may take"),
        ),
        FieldRowPanel((FieldPanel("default_visibility"), FieldPanel("priority"))),
        FieldRowPanel((FieldPanel("needs_photo"), FieldPanel("skips_own_staff"))),
        FieldRowPanel((FieldPanel("emergency_number"), FieldPanel("handling"))),
        FieldPanel("note"),
        FieldPanel("is_active"),
    )


class SubcategoryViewSet(SnippetViewSet):
    model = Subcategory
    icon = "list-ol"
    list_display = ("name", "category", "is_active", "position")
    list_filter = ("category", "is_active")
    ordering = ("category__position", "position", "pk")
    copy_view_enabled = False
    panels = (
        FieldPanel("category"),
        FieldRowPanel((FieldPanel("name"), FieldPanel("name_en"))),
        FieldRowPanel((FieldPanel("priority"), FieldPanel("position"))),
        FieldPanel("is_active"),
    )


class RouteStepViewSet(SnippetViewSet):
    model = RouteStep
    icon = "link"
    list_display = ("category", "subcategory", "level", "department")
    list_filter = ("category", "level")
    ordering = ("category__position", "pk")
    copy_view_enabled = False


class ReportsGroup(SnippetViewSetGroup):
    menu_label = _("Report categories")
    menu_icon = "list-ul"
    menu_order = 310
    items = (CategoryViewSet, SubcategoryViewSet, RouteStepViewSet)


class OfficeHoursViewSet(SnippetViewSet):
    model = OfficeHours
    icon = "time"
    list_display = ("weekday", "opens_at", "closes_at")
    ordering = ("weekday", "opens_at")
    copy_view_enabled = False
    panels = (
        FieldPanel("weekday"),
        FieldRowPanel((FieldPanel("opens_at"), FieldPanel("closes_at"))),
    )


class HolidayYearViewSet(SnippetViewSet):
    model = HolidayYear
    icon = "calendar"
    list_display = ("year", "notice", "announced_on")
    ordering = ("-year",)
    copy_view_enabled = False
    panels = (FieldPanel("year"), FieldPanel("notice"), FieldPanel("announced_on"))


class SpecialDayViewSet(SnippetViewSet):
    model = SpecialDay
    icon = "date"
    list_display = ("date", "name", "is_working")
    list_filter = ("year", "is_working")
    ordering = ("-date",)
    copy_view_enabled = False
    panels = (
        FieldPanel("year"),
        FieldRowPanel((FieldPanel("date"), FieldPanel("name"))),
        FieldPanel("is_working"),
    )


class WorktimeGroup(SnippetViewSetGroup):
    menu_label = _("Working time")
    menu_icon = "calendar"
    menu_order = 320
    items = (OfficeHoursViewSet, HolidayYearViewSet, SpecialDayViewSet)


class ConsentTextViewSet(SnippetViewSet):
    """What people are asked; a new wording is a new version, since somebody agreed to the old."""

    model = ConsentText
    icon = "clipboard-list"
    menu_label = _("Consent texts")
    menu_order = 330
    add_to_admin_menu = True
    list_display = ("purpose", "version", "published_at")
    list_filter = ("purpose",)
    ordering = ("purpose", "-version")
    inspect_view_enabled = True
    copy_view_enabled = False
    panels = (
        FieldRowPanel((FieldPanel("purpose"), FieldPanel("version"))),
        FieldPanel("text_zh"),
        FieldPanel("text_en"),
        FieldPanel("published_at"),
    )


class AuditViewSet(SnippetViewSet):
    """Every act of an office holder: read and exported, changed by nobody."""

    model = AuditEntry
    icon = "history"
    menu_label = _("Record of acts")
    menu_order = 340
    add_to_admin_menu = True
    list_display = ("at", "act", "office", "actor_id", "subject_type", "subject_id", "area_id")
    list_filter = {"act": ["icontains"], "at": ["gte", "lte"], "actor_id": ["exact"]}
    list_export = (*list_display, "reason", "facts")
    export_filename = "record-of-acts"
    ordering = ("-at", "-pk")
    inspect_view_enabled = True
    copy_view_enabled = False
    panels = (FieldPanel("reason"),)


for keeper in (ReportsGroup, WorktimeGroup, ConsentTextViewSet, AuditViewSet):
    register_snippet(keeper)
