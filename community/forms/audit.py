"""Which part of the audit to read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.days import DayField
from community.models import Area

DAYS_AT_FIRST: Final = 30


class AuditForm(forms.Form):
    """A period, and if wanted an act and an area. Without any input: the last thirty days."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    act = forms.CharField(
        label=_("Act"),
        required=False,
        max_length=60,
        help_text=_("A word or its beginning, such as appointment or appointment.make"),
    )
    area = forms.CharField(
        label=_("Area"), required=False, max_length=40, help_text=_("Its name or its code")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_area(self) -> Area | None:
        typed: str = self.cleaned_data["area"].strip()
        if not typed:
            return None
        areas = Area.objects.defer("boundary").order_by("pk")
        found = list(areas.filter(code=typed)[:1]) or list(areas.filter(name=typed)[:2])
        if not found:
            raise forms.ValidationError(_("There is no area of that name or code."))
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several areas have that name. Please give the code of the one you mean.")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["until"] = cleaned.get("until") or self.today
        cleaned["since"] = cleaned.get("since") or cleaned["until"] - timedelta(days=DAYS_AT_FIRST)
        if cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return cleaned
