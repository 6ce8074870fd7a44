"""What somebody has agreed to, as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches

from community.models import Consent, ConsentText, Person, Purpose


@dataclass(frozen=True, kw_only=True)
class ConsentState:
    """One purpose: the text in force, and the person's last word on it, if there is one."""

    text: ConsentText
    last: Consent | None

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.text.purpose)

    @property
    def is_given(self) -> bool:
        """Whether it holds now: a yes to an older text does not hold for a newer one."""
        return self.last is not None and self.last.is_given and not self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether there was a yes, but to a text that has been replaced since."""
        return self.last is not None and self.last.is_given and self.last.text_id != self.text.pk

    @property
    def is_required(self) -> bool:
        return self.purpose == Purpose.TERMS


def consents_of(person: Person, *, at: datetime) -> list[ConsentState]:
    """Return every purpose with the person's last word on it, in the order of `Purpose`."""
    words = person.consents.holding(at=at).select_related("text")
    last = {word.text.purpose: word for word in words.order_by("pk")}
    texts = {text.purpose: text for text in ConsentText.objects.in_force(at=at).order_by("pk")}
    return [
        ConsentState(text=texts[purpose], last=last.get(purpose))
        for purpose in Purpose
        if purpose in texts
    ]


def has_consent(person: Person, purpose: Purpose, *, at: datetime) -> bool:
    """Whether the person has agreed to the text in force of this purpose."""
    return any(state.is_given for state in consents_of(person, at=at) if state.purpose == purpose)


def terms_were_renewed(*, at: datetime) -> bool:
    """Whether the terms ever had a second version, as far as was known a minute ago."""
    terms = ConsentText.objects.filter(purpose=Purpose.TERMS)
    return bool(caches["minute"].get_or_set("terms_renewed", terms.renewed(at=at).exists))


def text_in_force(purpose: Purpose, *, at: datetime) -> ConsentText:
    return ConsentText.objects.in_force(at=at).get(purpose=purpose)
