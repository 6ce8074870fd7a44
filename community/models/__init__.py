"""What the community is made of, one module per concept."""

from community.models.audit import AuditEntry
from community.models.categories import (
    Category,
    Handling,
    Priority,
    RouteStep,
    Subcategory,
    Unit,
    Visibility,
)
from community.models.consent import Consent, ConsentText, Purpose
from community.models.events import EventRecord
from community.models.filing import BODY_MOST, PHOTOS_MOST, Datum, Draft, DraftPhoto
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
from community.models.photos import Photo
from community.models.places import Area, AreaCell, GridClass, Kind, MapVersion, VillageGroup
from community.models.reports import NumberSeries, Report, ReportQuerySet
from community.models.steps import (
    Act,
    ApprovalRequest,
    Pause,
    Rating,
    ReportPhoto,
    Routing,
    Step,
)

__all__ = [
    "Act",
    "Agency",
    "Appointment",
    "ApprovalRequest",
    "Area",
    "AreaCell",
    "AuditEntry",
    "BODY_MOST",
    "Category",
    "Consent",
    "ConsentText",
    "Datum",
    "Draft",
    "DraftPhoto",
    "EventRecord",
    "GridClass",
    "Guardianship",
    "Handling",
    "Household",
    "HouseholdClaim",
    "Kind",
    "MapVersion",
    "Membership",
    "Notification",
    "NumberSeries",
    "Office",
    "PHOTOS_MOST",
    "Pause",
    "Person",
    "Photo",
    "Priority",
    "Purpose",
    "Rating",
    "Report",
    "ReportPhoto",
    "ReportQuerySet",
    "Residence",
    "RouteStep",
    "Routing",
    "Step",
    "Subcategory",
    "Theme",
    "Unit",
    "Verification",
    "VillageGroup",
    "Visibility",
]
