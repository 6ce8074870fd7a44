"""What somebody types into the search box, and to what they narrow what was found."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models.search import State
from community.queries.search import DAYS, Narrowing
from community.search import SOURCES
from community.terms import Wanted

QUESTION_MOST: Final = 60
NARROWINGS: Final = ("kind", "village", "state", "since")


class SearchForm(forms.Form):
    """A question; a narrowing that does not exist (an old or invented address) narrows nothing."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=QUESTION_MOST,
        required=False,
        error_messages={
            "max_length": _("That is too long to search for. Please use a few words only.")
        },
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "autocapitalize": "none",
            }
        ),
    )
    kind = forms.ChoiceField(required=False)
    village = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    state = forms.ChoiceField(required=False, choices=State)
    since = forms.ChoiceField(required=False, choices=[(since, since) for since in DAYS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(key, key) for key in SOURCES]

    def clean(self) -> None:
        for name in NARROWINGS:
            if name in self.errors:
                del self.errors[name]

    @property
    def wanted(self) -> Wanted:
        return Wanted.in_words(self.cleaned_data.get("q", ""))

    @property
    def narrowing(self) -> Narrowing:
        given = {name: self.cleaned_data.get(name) for name in NARROWINGS}
        return Narrowing(**{name: value for name, value in given.items() if value})
