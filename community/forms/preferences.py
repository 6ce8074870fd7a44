"""How somebody likes to read."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Theme
from community.reading import Reading


class ReadingForm(forms.Form):
    elder_mode = forms.TypedChoiceField(
        label=_("Size of the type"),
        choices=[("0", _("Normal")), ("1", _("Large"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text=_("Large type has larger buttons and stronger lines, and leaves the charts out."),
    )
    theme = forms.ChoiceField(label=_("Light or dark"), choices=Theme, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("zh-hans", "中文"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def reading(self) -> Reading:
        return Reading(**self.cleaned_data)
