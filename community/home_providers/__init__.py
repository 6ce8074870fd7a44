"""What the community puts on the home page, one module per concept."""

from community.home_providers import home, reports

__all__ = ["home", "reports"]
