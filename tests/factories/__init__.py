"""Data to test with, one module per app."""

from tests.factories.community import (
    AgencyFactory,
    AppointmentFactory,
    AreaFactory,
    ChildFactory,
    GuardianshipFactory,
    HouseholdClaimFactory,
    HouseholdFactory,
    Line,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
    square,
)

__all__ = [
    "AgencyFactory",
    "AppointmentFactory",
    "AreaFactory",
    "ChildFactory",
    "GuardianshipFactory",
    "HouseholdClaimFactory",
    "HouseholdFactory",
    "Line",
    "MembershipFactory",
    "PersonFactory",
    "county_with_a_village",
    "somebody_serving",
    "square",
]
