"""What residents and office holders type about a report that is on its way.

Every form carries the version of the report that was on the page, so that a second writer is told
what has happened instead of undoing it. Which forms a person sees follows from the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.forms.days import DayField
from community.models import Office
from community.queries.routing import Destination

TEXT_AT_MOST: Final = 500
STARS: Final = [(5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]


class TextForm(forms.Form):
    """A text, and the version of the report that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What you want to say"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        label: str | Promise = "",
        hint: str | Promise = "",
        is_required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = is_required
        self.fields["text"].help_text = str(hint)
        if label:
            self.fields["text"].label = str(label)


class DispatchForm(TextForm):
    """Where to: one of the offices within reach, by its key."""

    to = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)

    field_order = ("version", "to", "text")

    def __init__(self, *args: Any, places: Sequence[Destination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {key_of(place): place for place in places}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, office_words(place)) for key, place in self.places.items()]

    @property
    def destination(self) -> Destination:
        return self.places[self.cleaned_data["to"]]


def key_of(place: Destination) -> str:
    return f"{place.office}:{place.area.pk}:{place.department}"


def office_words(place: Destination) -> str:
    what = place.department or Office(place.office).label
    return f"{place.area.name}　{what}"


class HoldForm(TextForm):
    until = DayField(label=_("Until when, probably"))

    field_order = ("version", "until", "text")

    def clean_until(self) -> datetime:
        """Return the end of that working day."""
        day = self.cleaned_data["until"]
        return datetime.combine(day, time(17, 30), tzinfo=timezone.get_current_timezone())


class MergeForm(TextForm):
    into = forms.CharField(
        label=_("Number of the other report"),
        max_length=16,
        widget=forms.TextInput(attrs={"placeholder": "R-202603-0001", "autocomplete": "off"}),
    )

    field_order = ("version", "into", "text")

    def clean_into(self) -> str:
        return str(self.cleaned_data["into"]).strip().upper()


class RatingForm(forms.Form):
    """Overall, three particulars that may stay empty, and a word."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stars = forms.TypedChoiceField(
        label=_("How was it, all in all?"),
        choices=[
            (5, pgettext_lazy("rating", "5 very good")),
            (4, pgettext_lazy("rating", "4 good")),
            (3, pgettext_lazy("rating", "3 fair")),
            (2, pgettext_lazy("rating", "2 poor")),
            (1, pgettext_lazy("rating", "1 very poor")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    result = forms.TypedChoiceField(
        label=_("The result"),
        choices=STARS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    speed = forms.TypedChoiceField(
        label=_("The speed"),
        choices=STARS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    attitude = forms.TypedChoiceField(
        label=_("How you were treated"),
        choices=STARS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("A word"),
        max_length=TEXT_AT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, do it")), ("no", _("No, do not"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why not"),
        max_length=TEXT_AT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only needed if you do not agree; the person who asked can read it."),
    )
