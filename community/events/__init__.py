"""What the community tells the rest of the platform, one module per concept."""

from community.events import accounts, people, places, sms

__all__ = ["accounts", "people", "places", "sms"]
