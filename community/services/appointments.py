"""Offices: who is appointed, for how long, by whom."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community import audit
from community.events.people import Appointed, AppointmentEnded
from community.models import Appointment, Area, Person
from community.policies.appointments import (
    OfficeHasEnded,
    objection_to_appointing,
    objection_to_holding,
    offices_appointing,
)
from community.publishing import publish


@transaction.atomic
def appoint(
    *,
    person: Person,
    office: str,
    area: Area,
    starts_at: datetime,
    at: datetime,
    by: Person | None = None,
    ends_at: datetime | None = None,
    department: str = "",
    title: str = "",
) -> Appointment:
    """Give somebody an office over an area for a time.

    The person's row is locked, so that two desks cannot at the same moment give one person two
    offices that exclude each other.

    :raises NotYoursToAppoint: `by` does not fill this office there.
    :raises OfficesExclude: they hold what does not go together with it.
    :raises HoldsItAlready: for a part of that time they have it.
    :raises OfficeNeedsAnotherArea: it is held over another level.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if by is not None and (objection := objection_to_appointing(by, office, area, at=at)):
        raise objection
    objection = objection_to_holding(
        person, office, area, department=department, starts_at=starts_at, ends_at=ends_at
    )
    if objection:
        raise objection
    appointment = Appointment.objects.create(
        person=person,
        office=office,
        area=area,
        department=department,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    if by is not None:
        _audit("appointment.make", appointment, by=by, at=at, held=office)
    publish(
        Appointed(
            at=at,
            actor_id=by.pk if by else None,
            subject_id=person.pk,
            area_id=area.pk,
            office=office,
        )
    )
    return appointment


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, by: Person, at: datetime, reason: str = ""
) -> None:
    """End an office now; one that has not begun never will.

    :raises NotYoursToAppoint: `by` does not fill this office there.
    :raises OfficeHasEnded: it is over.
    """
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("area")
    appointment = rows.get(pk=appointment.pk)
    office, area = appointment.office, appointment.area
    if objection := objection_to_appointing(by, office, area, at=at):
        raise objection
    if appointment.ends_at is not None and appointment.ends_at <= at:
        raise OfficeHasEnded
    _audit("appointment.end", appointment, by=by, at=at, reason=reason, held=office)
    publish(
        AppointmentEnded(
            at=at,
            actor_id=by.pk,
            subject_id=appointment.person_id,
            area_id=area.pk,
            office=office,
        )
    )
    if appointment.starts_at >= at:
        appointment.delete()
        return
    appointment.ends_at = at
    appointment.save(update_fields=["ends_at"])


def _audit(
    act: str,
    appointment: Appointment,
    *,
    by: Person,
    at: datetime,
    held: str,
    reason: str = "",
) -> None:
    area = appointment.area
    audit.record(
        actor=by,
        act=act,
        subject=appointment,
        area=area,
        office=by.office_over(area, at=at, offices=offices_appointing(held)),
        reason=reason,
        at=at,
        held=held,
    )
