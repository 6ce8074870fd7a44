"""The demo's people have agreed to the terms, each in their own name or through a guardian."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.models import Person, Purpose
from community.phones import DEMO_START
from community.policies.consent import decides_alone
from community.queries.consent import text_in_force
from community.services.consent import give_consent


@transaction.atomic
def load(at: datetime) -> None:
    text = text_in_force(Purpose.TERMS, at=at)
    people = Person.objects.filter(phone__gte=DEMO_START, phone__lt=f"{DEMO_START}~")
    for person in people.order_by("pk"):
        give_consent(person=person, text=text, by=person, at=at)
        for bond in person.wards.current(at=at).select_related("ward").order_by("pk"):
            if not decides_alone(bond.ward, at=at):
                give_consent(person=bond.ward, text=text, by=person, at=at)
