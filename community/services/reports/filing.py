"""Filing a report: once, however often the phone asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from community.models import Act, Area, Category, Person, Photo, Report, Subcategory
from community.policies.reports import objection_to_filing
from community.queries.routing import Destination, destination_for, last_resort, with_reasons
from community.services.reports.advance import Given, set_owner, write_step
from community.services.reports.clocks import start_clocks
from community.services.reports.numbers import next_number
from community.services.reports.refusals import NobodyMayTakeIt, PhotoNeeded
from community.workflow import REPORTER


class Placed(Protocol):
    """Where something is, and how that is known: what `locate` answers."""

    @property
    def area(self) -> Area: ...

    @property
    def evidence(self) -> str: ...

    @property
    def accuracy_m(self) -> float | None: ...


@transaction.atomic
def file_report(
    *,
    reporter: Person,
    client_id: UUID,
    category: Category,
    subcategory: Subcategory | None,
    title: str,
    body: str,
    placement: Placed,
    photos: Sequence[Photo],
    at: datetime,
    captions: Sequence[str] = (),
    point: tuple[float, float] | None = None,
    place_note: str = "",
    visibility: str = "",
    on_behalf_of: Person | None = None,
    hides_name: bool = False,
    about_level: str = "",
) -> Report:
    """File a report, send it to the office that answers for it, and start its clock.

    The same `client_id` from the same reporter gives the same report again. `point` is longitude
    and latitude (WGS-84); `captions` say what each photo shows; `about_level` names the level
    whose own staff the matter is about. A blank `visibility` is the category's.

    :raises ChildrenNeedAnAdult: the reporter is a minor.
    :raises NotTheirAgent: the reporter does not act for `on_behalf_of`.
    :raises NobodyMayTakeIt: it is about the staff of the highest office that could take it.
    :raises PhotoNeeded: the category needs a photo.
    :raises TooManyPhotos: more than six.
    :raises PhotoNotYours: a photo is somebody else's, or used already.
    """
    # One filing at a time for each reporter: a double tap waits here and finds the first.
    Person.objects.select_for_update(no_key=True).get(pk=reporter.pk)
    if there := Report.objects.filter(reporter=reporter, client_id=client_id).first():
        return there
    if objection := objection_to_filing(reporter, at=at, on_behalf_of=on_behalf_of):
        raise objection
    if category.needs_photo and not photos:
        raise PhotoNeeded
    to = _destination(category, subcategory, placement, at=at, about_level=about_level)
    report = Report(
        client_id=client_id,
        reporter=reporter,
        on_behalf_of=on_behalf_of,
        hides_name=hides_name,
        category=category,
        subcategory=subcategory,
        title=title.strip(),
        body=body.strip(),
        area=placement.area,
        evidence=placement.evidence,
        accuracy_m=None if placement.accuracy_m is None else round(placement.accuracy_m),
        lng=point[0] if point else None,
        lat=point[1] if point else None,
        place_note=place_note.strip(),
        visibility=visibility or category.default_visibility,
        priority=(subcategory and subcategory.priority) or category.priority,
        about_level=about_level,
        filed_at=at,
        changed_at=at,
    )
    set_owner(report=report, to=to)
    start_clocks(report=report, at=at)
    report.number = next_number(at=at)
    report.save()
    given = Given(by=reporter, at=at, photos=photos, captions=captions, to=to, act=Act.FILED)
    return write_step(report=report, source="", office=REPORTER, given=given)


def _destination(
    category: Category,
    subcategory: Subcategory | None,
    placement: Placed,
    *,
    at: datetime,
    about_level: str,
) -> Destination:
    found = destination_for(
        category=category,
        subcategory=subcategory,
        area=placement.area,
        at=at,
        about_level=about_level,
    )
    if found is None and about_level:
        # Rather no answer here than one from those whom the matter is about.
        raise NobodyMayTakeIt
    placed = {"code": "placed", "evidence": str(placement.evidence), "area": placement.area.name}
    return with_reasons(last_resort(found, placement.area), placed)
