"""Why an event may be dropped."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DropForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it may be dropped"),
        max_length=200,
        help_text=_("It stays on record, and your reason in the audit."),
        error_messages={"required": _("Please write why it may be dropped.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
