"""What the community puts on the home page, one module per concept."""

from community.home_providers import consent, filing, home, people

__all__ = [
    "consent",
    "filing",
    "home",
    "people",
]
