"""What the community listens to, one module per concept."""

from community.subscribers import events, people

__all__ = [
    "events",
    "people",
]
