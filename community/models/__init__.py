"""What the community is made of, one module per concept."""

from community.models.audit import AuditEntry
from community.models.care import Agency, AgencyAct, Guardianship
from community.models.categories import (
    Category,
    Handling,
    Priority,
    RouteStep,
    Subcategory,
    Unit,
    Visibility,
)
from community.models.claims import HouseholdClaim
from community.models.consent import Consent, ConsentText, Purpose
from community.models.events import EventRecord
from community.models.filing import BODY_MOST, PHOTOS_MOST, Datum, Draft, DraftPhoto
from community.models.households import Household
from community.models.notifications import Notification
from community.models.offices import Office, kinds_for
from community.models.people import Appointment, Membership, Person, Residence, Theme, Verification
from community.models.photos import Photo
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
from community.models.plates import (
    Plate,
    PlatePrint,
    PlateReason,
    PrintChoice,
    PrintJob,
    PrintState,
)
from community.models.reports import NumberSeries, Report, ReportQuerySet
from community.models.search import SearchEntry
from community.models.sms import SmsDay, SmsMessage, SmsPurpose, SmsStatus
from community.models.steps import Act, ApprovalRequest, Pause, Rating, ReportPhoto, Routing, Step
from community.models.worktime import (
    HolidayYear,
    OfficeHours,
    SpecialDay,
    Weekday,
    current_calendar,
)

__all__ = [
    "BODY_MOST",
    "PHOTOS_MOST",
    "Act",
    "Agency",
    "AgencyAct",
    "Appointment",
    "ApprovalRequest",
    "Area",
    "AreaCell",
    "AreaChange",
    "AuditEntry",
    "Category",
    "Consent",
    "ConsentText",
    "Datum",
    "Draft",
    "DraftPhoto",
    "EventRecord",
    "Evidence",
    "GridClass",
    "Guardianship",
    "Handling",
    "HolidayYear",
    "Household",
    "HouseholdClaim",
    "Kind",
    "MapVersion",
    "Membership",
    "Notification",
    "NumberSeries",
    "Office",
    "OfficeHours",
    "Pause",
    "Person",
    "Photo",
    "Plate",
    "PlatePrint",
    "PlateReason",
    "PrintChoice",
    "PrintJob",
    "PrintState",
    "Priority",
    "Purpose",
    "Rating",
    "Report",
    "ReportPhoto",
    "ReportQuerySet",
    "Residence",
    "RouteStep",
    "Routing",
    "SearchEntry",
    "SmsDay",
    "SmsMessage",
    "SmsPurpose",
    "SmsStatus",
    "SpecialDay",
    "Step",
    "Subcategory",
    "Theme",
    "Unit",
    "Verification",
    "VillageGroup",
    "Visibility",
    "Weekday",
    "current_calendar",
    "kinds_for",
]
