"""Areas and offices: areas are changed by the services that keep their history and the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from community.auth import person_of
from community.errors import Refusal
from community.models import Appointment, Area
from community.models.places import LEVELS
from community.queries.maps import corners_outside_parent
from community.services.places import move_area, redraw_boundary, rename_area


class AreaForm(WagtailAdminModelForm):
    """A name, what it lies in, a boundary, and why they change."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_("The reason is kept with the change: a decision, a date, a document."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, above = self.fields["parent"], LEVELS[self.instance.kind] - 1
        kinds = [kind for kind, level in LEVELS.items() if level == above]
        field.queryset = Area.objects.filter(kind__in=kinds).defer("boundary").order_by("code")
        field.required = bool(kinds)


class AreaEditView(EditView):
    """Hands what was typed to the services, so that the very next look-up sees the new map."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._warn(self.object)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: AreaForm) -> Any:
        try:
            response = super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        if "boundary" in form.changed_data:
            self._warn(self.object)
        return response

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
        if "parent" in form.changed_data:
            move_area(area=area, to=form.cleaned_data["parent"], **given)
        if "boundary" in form.changed_data:
            redraw_boundary(area=area, boundary=form.cleaned_data["boundary"], **given)
        area.refresh_from_db()
        return area

    def _warn(self, area: Area) -> None:
        """Say on the form when a boundary reaches out of what it lies in: rarely on purpose."""
        if count := corners_outside_parent(area):
            words = ngettext(
                "%(n)d corner of this boundary lies outside %(parent)s. Please look at the map.",
                "%(n)d corners of this boundary lie outside %(parent)s. Please look at the map.",
                count,
            )
            messages.warning(self.request, words % {"n": count, "parent": area.parent})


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
            FieldPanel("parent"),
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
