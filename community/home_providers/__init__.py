"""What the community puts on the home page, one module per concept."""

from community.home_providers import filing, home, people

__all__ = [
    "filing",
    "home",
    "people",
]
