"""Who may read the trail of what office holders did."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Office, Person
from community.policies.registry import policy

AUDITORS: Final = (Office.SECURITY_AUDITOR, Office.PRIVACY_OFFICER)


class NotAnAuditor(Refusal):
    reason = _(
        "Only the security auditor and the privacy officer read the audit. "
        "To learn who dealt with a matter of yours, open the matter itself."
    )


def auditing_office(person: Person, *, at: datetime) -> str:
    """Return the office in which somebody may read the audit, or nothing."""
    held = person.appointments.current(at=at).filter(office__in=AUDITORS)
    office: str | None = held.order_by("pk").values_list("office", flat=True).first()
    return office or ""


@policy("audit.read", label=_("Read and export the record of acts of office holders"))
def objection_to_auditing(person: Person, *, at: datetime) -> Refusal | None:
    return None if auditing_office(person, at=at) else NotAnAuditor()
