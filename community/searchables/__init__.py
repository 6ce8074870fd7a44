"""What of the community can be found; importing a module registers its source."""

from community.searchables import reports

__all__ = ["reports"]
