"""What the community puts on the home page, one module per concept."""

from community.home_providers import audit, consent, events, filing, home, people, plates, reports

__all__ = [
    "audit",
    "consent",
    "events",
    "filing",
    "home",
    "people",
    "plates",
    "reports",
]
