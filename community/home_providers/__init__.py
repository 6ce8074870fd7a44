"""What the community puts on the home page, one module per concept."""

from community.home_providers import audit, events, filing, home, people, reports

__all__ = [
    "audit",
    "events",
    "filing",
    "home",
    "people",
    "reports",
]
