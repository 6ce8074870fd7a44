"""What the community listens to, one module per concept."""

from community.subscribers import sms

__all__ = ["sms"]
