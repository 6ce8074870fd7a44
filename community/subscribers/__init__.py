"""What the community listens to, one module per concept."""

from community.subscribers import events

__all__ = ["events"]
