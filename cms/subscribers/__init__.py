"""What the pages listen to, one module per concept."""

from cms.subscribers import notices

__all__ = ["notices"]
