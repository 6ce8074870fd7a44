"""What the community listens to, one module per concept."""

from community.subscribers import people

__all__ = ["people"]
