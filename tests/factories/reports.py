"""Reports to test with, and a village in which every office that has to do with them is held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from community.models import (
    Category,
    Evidence,
    Office,
    Person,
    Photo,
    Report,
    RouteStep,
    Subcategory,
)
from community.queries.places import Placement
from community.services import reports
from community.workflow import Level, Status
from tests.factories.community import (
    AppointmentFactory,
    Line,
    PersonFactory,
    county_with_a_village,
)
from tests.times import on_monday

EVERY_LEVEL = {
    Level.GRID: "",
    Level.VILLAGE: "",
    Level.TOWN: "Works",
    Level.COUNTY: "Housing",
}


class CategoryFactory(DjangoModelFactory[Category]):
    """Roads and public works, from the grid up; `route` maps levels to departments."""

    class Meta:
        model = Category
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"T{n:03d}")
    name = "道路与市政设施"
    name_en = "Roads"
    icon = "road"
    accept_limit = 4
    finish_limit = 5
    hard_limit = 15

    @factory.post_generation
    def route(self, create, extracted, **kwargs):
        steps = EVERY_LEVEL if extracted is None else extracted
        for level, department in steps.items():
            RouteStep.objects.create(category=self, level=level, department=department)


class SubcategoryFactory(DjangoModelFactory[Subcategory]):
    class Meta:
        model = Subcategory

    category = factory.SubFactory(CategoryFactory)
    name = "路灯不亮"
    name_en = "Street lamp out"


class PhotoFactory(DjangoModelFactory[Photo]):
    """A photo that was uploaded and is not used yet; what is in the files does not matter."""

    class Meta:
        model = Photo

    uploader = factory.SubFactory(PersonFactory)
    uploaded_at = on_monday("08:00")
    width = 8
    height = 8
    large = factory.LazyFunction(lambda: ContentFile(b"large", name="l.jpg"))
    medium = factory.LazyFunction(lambda: ContentFile(b"medium", name="m.jpg"))
    small = factory.LazyFunction(lambda: ContentFile(b"small", name="s.jpg"))


@dataclass
class Staffed:
    """A county with one village, and somebody in every office that the table names."""

    line: Line

    def area_of(self, office: str):
        return {
            Office.GRID_WORKER: self.line.grid,
            Office.GRID_LEADER: self.line.grid,
            Office.TOWN_DISPATCHER: self.line.town,
            Office.TOWN_HANDLER: self.line.town,
            Office.COUNTY_HANDLER: self.line.county,
        }.get(Office(office), self.line.village)

    def somebody(self, office: str, department: str = "") -> Person:
        """Return a person who holds that office here, always the same one."""
        held = self._held.setdefault((office, department), None)
        if held is None:
            departments = {Office.TOWN_HANDLER: "Works", Office.COUNTY_HANDLER: "Housing"}
            held = self._held[office, department] = AppointmentFactory(
                office=office,
                area=self.area_of(office),
                department=department or departments.get(Office(office), ""),
            ).person
        return held

    @cached_property
    def _held(self) -> dict[tuple[str, str], Person | None]:
        return {}

    @cached_property
    def worker(self) -> Person:
        return self.somebody(Office.GRID_WORKER)

    @cached_property
    def leader(self) -> Person:
        return self.somebody(Office.GRID_LEADER)

    @cached_property
    def dispatcher(self) -> Person:
        return self.somebody(Office.TOWN_DISPATCHER)

    @property
    def placement(self) -> Placement:
        return Placement(area=self.line.micro_grid, evidence=Evidence.POLYGON, accuracy_m=0)


OFFICES = (
    Office.GRID_WORKER,
    Office.GRID_LEADER,
    Office.VILLAGE_COMMITTEE,
    Office.VILLAGE_SECRETARY,
    Office.MEDIATOR,
    Office.VOLUNTEER,
    Office.TOWN_DISPATCHER,
    Office.TOWN_HANDLER,
    Office.COUNTY_HANDLER,
)


def staffed_county() -> Staffed:
    place = Staffed(county_with_a_village())
    for office in OFFICES:
        place.somebody(office)
    return place


def file(place: Staffed | None = None, at=None, **given) -> Report:
    """File a report through the service that residents use."""
    place = place or staffed_county()
    given.setdefault("reporter", PersonFactory())
    given.setdefault("client_id", uuid4())
    given.setdefault("category", Category.objects.first() or CategoryFactory())
    given.setdefault("subcategory", None)
    given.setdefault("title", "The lamp at the jetty is out")
    given.setdefault("body", "Nobody sees the steps at night.")
    given.setdefault("placement", place.placement)
    given.setdefault("photos", [])
    return reports.file_report(at=at or on_monday("09:00"), **given)


def as_it_stands(report: Report, **fields) -> Report:
    """Put a report into any state at once, for tests of what comes next."""
    if fields.get("status") == Status.DUPLICATE and "merged_into" not in fields:
        fields["merged_into"] = file(category=report.category)
    if fields.get("status") == Status.AWAITING_REPORTER:
        fields.setdefault("resumes_as", Status.ACCEPTED)
    over = (
        Status.RESOLVED,
        Status.CLOSED_UNRESOLVED,
        Status.DUPLICATE,
        Status.WITHDRAWN,
    )
    if fields.get("status") in over:
        fields.setdefault("over_at", report.filed_at)
    Report.objects.filter(pk=report.pk).update(**fields)
    report.refresh_from_db()
    return report
