"""How somebody is named in a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Person


class PersonByPhone(forms.CharField):
    """Somebody with an account, by the whole number: nobody can be looked up by a part of it."""

    default_error_messages = {"nobody": _("Nobody has signed in with this number yet.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(**{"max_length": 20, "widget": widget, **options})

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value)
        if not typed:
            return None
        digits = "".join(character for character in typed if character.isdecimal())
        person: Person | None = Person.objects.filter(phone=f"+86{digits[-11:]}").first()
        if person is None:
            raise forms.ValidationError(self.error_messages["nobody"], code="nobody")
        return person
