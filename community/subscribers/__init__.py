"""What the community listens to, one module per concept."""

from community.subscribers import reports

__all__ = ["reports"]
