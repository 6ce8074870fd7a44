"""What the community listens to, one module per concept."""

from community.subscribers import events, people, plates, reports, sms

__all__ = [
    "events",
    "people",
    "plates",
    "reports",
    "sms",
]
