"""A day that somebody types, within the years that can be counted with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator


class DayField(forms.DateField):
    """A day with the browser's own picker.

    The calendar's ends are refused: a day more or another time zone would lie outside of it.
    """

    default_validators = [
        MinValueValidator(date(1900, 1, 1)),
        MaxValueValidator(date(2199, 12, 31)),
    ]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})
