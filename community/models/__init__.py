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
from community.models.sms import SmsDay, SmsMessage, SmsPurpose, SmsStatus

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
    "Household",
    "HouseholdClaim",
    "Kind",
    "MapVersion",
    "Membership",
    "Notification",
    "Office",
    "Person",
    "Purpose",
    "Residence",
    "SmsDay",
    "SmsMessage",
    "SmsPurpose",
    "SmsStatus",
    "Theme",
    "Verification",
    "VillageGroup",
]
