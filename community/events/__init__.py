"""What the community tells the rest of the platform, one module per concept."""

from community.events import reports

__all__ = ["reports"]
