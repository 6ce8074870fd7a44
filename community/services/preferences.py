"""Keep how somebody likes to read."""

from __future__ import annotations

from django.db import transaction

from community.models import Person
from community.reading import Reading


@transaction.atomic
def read_as(*, person: Person, reading: Reading) -> None:
    """Keep it with the person: it is the same on every device they use."""
    person.elder_mode = reading.elder_mode
    person.theme = reading.theme
    person.language = reading.language or person.language
    person.save(update_fields=["elder_mode", "theme", "language"])
