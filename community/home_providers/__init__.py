"""What the community puts on the home page, one module per concept."""

from community.home_providers import audit, events, home

__all__ = ["audit", "events", "home"]
