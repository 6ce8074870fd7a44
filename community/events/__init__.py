"""What the community tells the rest of the platform, one module per concept."""

from community.events import people, places, reports

__all__ = ["people", "places", "reports"]
