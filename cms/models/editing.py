"""How the editor's form asks for a notice."""

from __future__ import annotations

from typing import Any

from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminPageForm

from cms.models.places import AreaPage, UnitPage
from community.models import Area

INDENT = "　"


class AreaChoiceField(ModelChoiceField):  # type: ignore[type-arg]  # only generic in the stubs
    """The areas a page speaks for, each set in below the one it lies in."""

    def label_from_instance(self, obj: Any) -> str:
        return INDENT * max(obj.level - 2, 0) + obj.name


class NoticeForm(WagtailAdminPageForm):
    """Offers the areas that the page above speaks for, and begins with the whole of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaker = AreaPage.objects.select_related("area").get(pk=self.parent_page.pk)
        spoken_for = Area.objects.filter(pk=speaker.area_id)
        if self.parent_page.specific_class is UnitPage:
            spoken_for = Area.objects.within(speaker.area)
        field = self.fields.get("area")
        if field is not None:
            self.fields["area"] = AreaChoiceField(
                spoken_for.order_by("code"),
                label=field.label,
                help_text=field.help_text,
                empty_label=None,
                initial=speaker.area_id,
            )
