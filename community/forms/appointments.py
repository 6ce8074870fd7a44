"""What is typed to appoint somebody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forms.days import DayField
from community.forms.people import PersonByPhone
from community.models import Area, Office, kinds_for


class AppointmentForm(forms.Form):
    """Reusable wherever somebody is appointed: the desk, the back office."""

    phone = PersonByPhone(
        label=_("Phone of the person"), help_text=_("They need to have signed in once.")
    )
    office = forms.ChoiceField(label=_("Office"), choices=Office)
    department = forms.CharField(
        label=_("Department"),
        help_text=_("Only for handlers in the town or county."),
        max_length=30,
        required=False,
    )
    title = forms.CharField(label=_("What they are called in it"), max_length=40, required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"), help_text=_("Leave it open if it is not known."), required=False
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        choices = [(o.value, o.label) for o in Office if area.kind in kinds_for(o)]
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def appointment(self) -> dict[str, Any]:
        """What the service wants to know, the last day included."""
        data = self.cleaned_data
        return {
            "person": data["phone"],
            "office": data["office"],
            "area": self.area,
            "department": data["department"],
            "title": data["title"],
            "starts_at": _midnight(data["starts_on"]),
            "ends_at": _midnight(data["ends_on"], days=1) if data["ends_on"] else None,
        }


class EndForm(forms.Form):
    reason = forms.CharField(label=_("Why it ends"), max_length=200)


def _midnight(day: date, *, days: int = 0) -> datetime:
    midnight = datetime.combine(day, time.min) + timedelta(days=days)
    return timezone.make_aware(midnight)
