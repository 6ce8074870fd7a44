"""What the community is made of, one module per concept."""

from community.models.audit import AuditEntry
from community.models.care import Agency, AgencyAct, Guardianship
from community.models.claims import HouseholdClaim
from community.models.consent import Consent, ConsentText, Purpose
from community.models.events import EventRecord
from community.models.notifications import Notification
from community.models.offices import Office, kinds_for
from community.models.people import (
    Appointment,
    Household,
    Membership,
    Person,
    Residence,
    Theme,
    Verification,
)
from community.models.places import (
    Area,
    AreaCell,
    AreaChange,
    Evidence,
    GridClass,
    Kind,
    MapVersion,
    VillageGroup,
)
from community.models.worktime import (
    HolidayYear,
    OfficeHours,
    SpecialDay,
    Weekday,
    current_calendar,
)

__all__ = [
    "Agency",
    "AgencyAct",
    "Appointment",
    "Area",
    "AreaCell",
    "AreaChange",
    "AuditEntry",
    "Consent",
    "ConsentText",
    "EventRecord",
    "Evidence",
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
    "kinds_for",
]
