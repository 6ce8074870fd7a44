"""Giving and withdrawing consent. The ledger only grows; the newest row is what holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.events.consent import ConsentGiven, ConsentWithdrawn
from community.models import Consent, ConsentText, Person, Purpose
from community.policies.consent import objection_to_giving, objection_to_withdrawing
from community.publishing import publish


@transaction.atomic
def give_consent(*, person: Person, text: ConsentText, by: Person, at: datetime) -> Consent:
    """Note that `by` agreed to `text` for `person`; once more to the same text changes nothing.

    :raises GuardianDecides: `person` is under fourteen and speaks for themselves.
    :raises NotYoursToDecide: `by` is neither the person nor the guardian.
    :raises TextNotInForce: a newer text has taken its place.
    """
    _lock(person)
    if objection := objection_to_giving(by, person, text, at=at):
        raise objection
    last = _last_word(person, text.purpose)
    if last and last.is_given and last.text_id == text.pk:
        return last
    given = Consent.objects.create(person=person, text=text, is_given=True, given_by=by, at=at)
    publish(
        ConsentGiven(
            at=at,
            actor_id=by.pk,
            subject_id=person.pk,
            purpose=text.purpose,
            version=text.version,
        )
    )
    return given


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: Purpose, by: Person, at: datetime) -> None:
    """Note that `by` took the consent back; without one there is nothing to note.

    :raises GuardianDecides: `person` is under fourteen and speaks for themselves.
    :raises NotYoursToDecide: `by` is neither the person nor the guardian.
    :raises TermsHoldTheAccount: the terms end with the account.
    """
    _lock(person)
    if objection := objection_to_withdrawing(by, person, purpose, at=at):
        raise objection
    last = _last_word(person, purpose)
    if last is None or not last.is_given:
        return
    Consent.objects.create(person=person, text=last.text, is_given=False, given_by=by, at=at)
    publish(
        ConsentWithdrawn(
            at=at,
            actor_id=by.pk,
            subject_id=person.pk,
            purpose=purpose,
            version=last.text.version,
        )
    )


def _lock(person: Person) -> None:
    """Have two decisions of one person wait for each other."""
    Person.objects.select_for_update().get(pk=person.pk)


def _last_word(person: Person, purpose: str) -> Consent | None:
    words = person.consents.filter(text__purpose=purpose).select_related("text")
    return words.order_by("-pk").first()
