"""What the community is made of, one module per concept."""

from community.models.audit import AuditEntry
from community.models.consent import Consent, ConsentText, Purpose
from community.models.events import EventRecord
from community.models.notifications import Notification
from community.models.people import (
    Agency,
    Appointment,
    Guardianship,
    Household,
    HouseholdClaim,
    Membership,
    Office,
    Person,
    Residence,
    Theme,
    Verification,
)
from community.models.places import Area, AreaCell, GridClass, Kind, MapVersion, VillageGroup
from community.models.worktime import (
    HolidayYear,
    OfficeHours,
    SpecialDay,
    Weekday,
    current_calendar,
)

__all__ = [
    "Agency",
    "Appointment",
    "Area",
    "AreaCell",
    "AuditEntry",
    "Consent",
    "ConsentText",
    "EventRecord",
    "GridClass",
    "Guardianship",
    "HolidayYear",
    "Household",
    "HouseholdClaim",
    "Kind",
    "MapVersion",
    "Membership",
    "Notification",
    "Office",
    "OfficeHours",
    "Person",
    "Purpose",
    "Residence",
    "SpecialDay",
    "Theme",
    "Verification",
    "VillageGroup",
    "Weekday",
    "current_calendar",
]
