"""Which place a page is about."""

from __future__ import annotations

from django import forms


class PlaceForm(forms.Form):
    area = forms.CharField(max_length=24)
