"""Areas and offices: areas are changed by the services that keep their history and the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from community.auth import person_of
from community.errors import Refusal
from community.models import Appointment, Area
from community.services.places import redraw_boundary, rename_area


class AreaForm(WagtailAdminModelForm):
    """A name, a boundary, and why they change."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_("The reason is kept with the change: a decision, a date, a document."),
    )


class AreaEditView(EditView):
    """Hands what was typed to the services, so that the very next look-up sees the new map."""

    def form_valid(self, form: AreaForm) -> Any:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Area:
        form, area = self.form, Area.objects.get(pk=self.object.pk)
        given = {
            "by": person_of(self.request),
            "reason": form.cleaned_data["reason"],
            "at": timezone.now(),
        }
        if {"name", "name_en"} & set(form.changed_data):
            names = {name: form.cleaned_data[name] for name in ("name", "name_en")}
            rename_area(area=area, **names, **given)
        if "boundary" in form.changed_data:
            redraw_boundary(area=area, boundary=form.cleaned_data["boundary"], **given)
        area.refresh_from_db()
        return area


class AreaViewSet(SnippetViewSet):
    model = Area
    icon = "site"
    list_display = ("name", "kind", "code", "parent", "household_count")
    list_filter = ("kind", "grid_class")
    search_fields = ("name", "code")
    ordering = ("code",)
    edit_view_class = AreaEditView
    copy_view_enabled = False
    edit_handler = ObjectList(
        (
            HelpPanel(
                _(
                    "A new name or boundary counts for the very next request. What was before "
                    "stays in the history of the area."
                )
            ),
            FieldRowPanel((FieldPanel("name"), FieldPanel("name_en"))),
            FieldPanel("boundary", widget=forms.Textarea(attrs={"rows": 12})),
            FieldPanel("reason"),
        ),
        base_form_class=AreaForm,
    )


class AppointmentViewSet(SnippetViewSet):
    """Who holds which office; offices are given and ended where people are managed."""

    model = Appointment
    icon = "user"
    list_display = ("person", "office", "area", "title", "starts_at", "ends_at")
    list_filter = ("office",)
    list_export = ("person_id", "office", "area", "title", "starts_at", "ends_at")
    search_fields = ("title", "area__name", "person__display_name")
    ordering = ("area__code", "pk")
    inspect_view_enabled = True
    copy_view_enabled = False
    panels = (FieldPanel("title"),)


class PlacesGroup(SnippetViewSetGroup):
    menu_label = _("Areas and offices")
    menu_icon = "site"
    menu_order = 300
    items = (AreaViewSet, AppointmentViewSet)


register_snippet(PlacesGroup)
