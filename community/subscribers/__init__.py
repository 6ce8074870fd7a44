"""What the community listens to, one module per concept."""

from community.subscribers import events, people, reports

__all__ = [
    "events",
    "people",
    "reports",
]
