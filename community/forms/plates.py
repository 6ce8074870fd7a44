"""What is said about plates: why one is replaced, and what another hangs on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import PlateReason
from community.models.plates import LABEL_MOST


class PlateReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with the plate"),
        choices=PlateReason.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("In words"),
        help_text=_("For the record; nobody else reads it."),
        required=False,
        max_length=200,
    )


class ThingForm(forms.Form):
    label = forms.CharField(
        label=_("What the plate hangs on"),
        help_text=_("It stands on the plate: Lamp post 12, Notice board at the jetty."),
        max_length=LABEL_MOST,
    )
