"""What people type about where they live."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.models import Person
from community.models.plates import DOOR_CODE_LENGTH


class DoorCodeForm(forms.Form):
    door_code = forms.CharField(
        label=_("Door-plate code"),
        help_text=_("Six letters and digits on the plate at your door."),
        min_length=DOOR_CODE_LENGTH,
        max_length=DOOR_CODE_LENGTH + 4,  # spaces and dashes that people type along
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("The person reads this. Say what is missing and whom to ask."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HeadForm(forms.Form):
    person = forms.ModelChoiceField(
        label=_("Who speaks for the household"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
