"""A form that does nothing: every kind of field, for the style guide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("It is never public."),
        min_length=11,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("road", _("Roads and lamps")), ("clean", _("Cleanliness"))],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(
        label=_("Where"), choices=[("", _("Choose a place")), ("1", _("Culture hall"))]
    )
    note = forms.CharField(
        label=_("Anything else"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_quiet = forms.BooleanField(label=_("Do not show my name"), required=False)
