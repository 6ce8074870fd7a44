"""What a phone sends: items as JSON in the field `items`, their photos as files `photo:<id>`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import PHOTOS_MOST, Plate
from community.outbox import KINDS, Item, SentPhoto

ITEMS_MOST: Final = 20
WORDS_MOST: Final = 4000


class Sent(NamedTuple):
    """An item, and the mark of the person who wrote it."""

    item: Item
    written_by: str


class OutboxForm(forms.Form):
    """All items of one request; what our script cannot have sent is one error for the whole."""

    items = forms.CharField(max_length=ITEMS_MOST * WORDS_MOST, strip=False)

    def __init__(self, *args: Any, behind: Callable[[str], Plate | None]) -> None:
        super().__init__(*args)
        self._behind = behind

    def clean_items(self) -> list[Sent]:
        try:
            given = json.loads(self.cleaned_data["items"])
            return [self._item(one) for one in given[:ITEMS_MOST]]
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            raise forms.ValidationError(_("This cannot be read."), code="unreadable") from None

    def _item(self, given: Mapping[str, Any]) -> Sent:
        if given["kind"] not in KINDS:
            raise ValueError(given["kind"])
        fields = {str(key): str(words)[:WORDS_MOST] for key, words in given["fields"].items()}
        ids = [UUID(one) for one in given.get("photos", [])][:PHOTOS_MOST]
        photos = [SentPhoto(id=one, file=self.files.get(f"photo:{one}")) for one in ids]
        item = Item(
            kind=given["kind"],
            id=UUID(given["id"]),
            fields=fields,
            photos=photos,
            behind=self._behind,
        )
        return Sent(item, str(given["person"]))


class AskedForm(forms.Form):
    """Which items somebody asks after: `ask=report:<id>`, several by commas."""

    ask = forms.CharField(required=False, max_length=ITEMS_MOST * 60)

    def clean_ask(self) -> list[tuple[str, UUID]]:
        asked = []
        for one in filter(None, self.cleaned_data["ask"].split(",")):
            kind, _colon, key = one.partition(":")
            try:
                asked.append((kind, UUID(key)))
            except ValueError:
                raise forms.ValidationError(_("This cannot be read."), code="unreadable") from None
        return [(kind, key) for kind, key in asked if kind in KINDS]
