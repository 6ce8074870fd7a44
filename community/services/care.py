"""Acting for others: naming guardians and agents, and marking what they do."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from community import audit
from community.events.people import ActedOnBehalf, AgencyEnded, AgentNamed, GuardianNamed
from community.models import Agency, AgencyAct, Guardianship, Person
from community.policies.care import (
    WITNESSES,
    EvidenceMissing,
    objection_to_agent,
    objection_to_ending_agency,
    objection_to_guardian,
    objection_to_witnessing,
    where_looked_after,
)
from community.publishing import publish


@transaction.atomic
def name_guardian(
    *, ward: Person, guardian: Person, at: datetime, by: Person | None = None
) -> Guardianship:
    """Enter that an adult answers for a child; one that is entered already is given back.

    :raises Refusal: one of `policies.care`.
    """
    ward = Person.objects.select_for_update().get(pk=ward.pk)
    if by is not None and (objection := objection_to_witnessing(by, ward, guardian, at=at)):
        raise objection
    if objection := objection_to_guardian(guardian, ward, at=at):
        raise objection
    guardianship, is_new = Guardianship.objects.get_or_create(
        ward=ward, guardian=guardian, ends_at=None, defaults={"starts_at": at}
    )
    if is_new:
        if by is not None:
            _audit("guardian.name", guardianship, whom=ward, by=by, at=at)
        actor_id = by.pk if by else None
        event = GuardianNamed(at=at, actor_id=actor_id, subject_id=ward.pk, guardian_id=guardian.pk)
        publish(event)
    return guardianship


@transaction.atomic
def name_agent(
    *, principal: Person, agent: Person, evidence: str, at: datetime, by: Person | None = None
) -> Agency:
    """Enter that somebody acts for a neighbour or relative without a phone.

    :param evidence: how the principal agreed, and who was there.
    :raises Refusal: one of `policies.care`.
    """
    principal = Person.objects.select_for_update().get(pk=principal.pk)
    if by is not None and (objection := objection_to_witnessing(by, principal, agent, at=at)):
        raise objection
    if objection := objection_to_agent(agent, principal, at=at):
        raise objection
    if not evidence.strip():
        raise EvidenceMissing(person=principal)
    agency, is_new = Agency.objects.get_or_create(
        principal=principal,
        agent=agent,
        ends_at=None,
        defaults={"starts_at": at, "evidence": evidence.strip()},
    )
    if is_new:
        if by is not None:
            reason = agency.evidence
            _audit("agency.enter", agency, whom=principal, by=by, at=at, reason=reason)
        actor_id = by.pk if by else None
        publish(AgentNamed(at=at, actor_id=actor_id, subject_id=principal.pk, agent_id=agent.pk))
    return agency


@transaction.atomic
def end_agency(*, agency: Agency, by: Person, at: datetime) -> None:
    """End it from this moment; ending it again changes nothing.

    :raises NotYourAgency: `by` is neither of the two nor the grid's staff.
    """
    agency = (
        Agency.objects.select_for_update(of=("self",)).select_related("principal").get(pk=agency.pk)
    )
    if objection := objection_to_ending_agency(by, agency, at=at):
        raise objection
    if agency.ends_at is not None:
        return
    agency.ends_at = at
    agency.save(update_fields=["ends_at"])
    _audit("agency.end", agency, whom=agency.principal, by=by, at=at)
    publish(
        AgencyEnded(at=at, actor_id=by.pk, subject_id=agency.principal_id, agent_id=agency.agent_id)
    )


def _audit(
    act: str, subject: models.Model, *, whom: Person, by: Person, at: datetime, reason: str = ""
) -> None:
    """Write it down with the place and, where it was done as a witness, the office."""
    area = where_looked_after(whom, at=at)
    office = by.office_over(area, at=at, offices=WITNESSES) if area else ""
    audit.record(actor=by, act=act, subject=subject, area=area, office=office, reason=reason, at=at)


@transaction.atomic
def mark_act(
    *, principal: Person, agent: Person, act: str, path: str, at: datetime
) -> AgencyAct | None:
    """Write down that `agent` did something in the name of `principal`, and tell them.

    Every service that takes `on_behalf_of` calls this in its own transaction. A guardian acts by
    law (民法典 art. 23) and leaves the same trail through the event, without a row of agency.

    :param act: what it was, for `components.care` to put into words: ``"report.filed"``.
    """
    agency = Agency.objects.current(at=at).filter(principal=principal, agent=agent).first()
    marked = None
    if agency is not None:
        marked = AgencyAct.objects.create(agency=agency, act=act, path=path, at=at)
    publish(ActedOnBehalf(at=at, actor_id=agent.pk, subject_id=principal.pk, act=act, path=path))
    return marked
