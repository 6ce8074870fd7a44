"""What the community tells the rest of the platform, one module per concept."""

from community.events import accounts, consent, people, places, plates, reports, sms

__all__ = [
    "accounts",
    "consent",
    "people",
    "places",
    "plates",
    "reports",
    "sms",
]
