"""What can be written without a network, one module per concept."""

from community.outbox_kinds import filing

__all__ = ["filing"]
