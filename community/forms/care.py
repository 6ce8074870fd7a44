"""What the grid's staff type about somebody without a phone, and who acts for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forms.people import PersonByPhone
from community.models import Area, Household, Person


class HouseholdChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # at run time it takes none
    def label_from_instance(self, obj: Household) -> str:
        return f"{obj.address} · {obj.micro_grid}"


class NeighbourForm(forms.Form):
    """Somebody without a phone, in the household where they live."""

    household = HouseholdChoice(
        label=_("Household"),
        queryset=Household.objects.none(),
        empty_label=_("Please choose"),
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("As on the identity card. The number on it is not needed."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    display_name = forms.CharField(
        label=_("What neighbours see"),
        help_text=_("Left empty, the last two characters of the name."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = forms.DateField(
        label=_("Birthday"),
        help_text=_("Without it nobody is counted as a voter, nor as a child."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    registered_in = forms.ModelChoiceField(
        label=_("Household registration"),
        help_text=_("Where the household register has them, which need not be where they live."),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("Outside this county"),
    )

    def __init__(
        self, *args: Any, households: QuerySet[Household], villages: QuerySet[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("household", households), ("registered_in", villages)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found

    def clean_born_on(self) -> date:
        born_on: date = self.cleaned_data["born_on"]
        if born_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Please look again."))
        return born_on


class AgentForm(forms.Form):
    agent = PersonByPhone(
        label=_("Phone of who will act for them"),
        help_text=_("They need to have signed in once."),
    )
    evidence = forms.CharField(
        label=_("How they agreed"),
        help_text=_("In person or on paper, when, and who was there. It is kept with the entry."),
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GuardianForm(forms.Form):
    """An adult of the household, or somebody who lives elsewhere by their number."""

    at_home = forms.ModelChoiceField(
        label=_("An adult of the household"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    elsewhere = PersonByPhone(
        label=_("Or the phone of a parent who lives elsewhere"), required=False
    )

    def __init__(self, *args: Any, adults: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["at_home"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = adults
        if not adults:
            del self.fields["at_home"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [data[name] for name in ("at_home", "elsewhere") if data.get(name)]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(_("Please choose one adult, or type one number."))
        return data

    @property
    def guardian(self) -> Person:
        person: Person = self.cleaned_data.get("at_home") or self.cleaned_data["elsewhere"]
        return person
