"""Every component in every state, for `/styleguide/`: what is not in it does not exist.

A module of components ends with its exhibits. Apps above the community register theirs in the
same way, from their own `components` modules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laces.components import Component

from community.components.base import Text

Examples = Sequence[tuple[Text, Component]]


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One component: what it is for, and itself in every state it can be in."""

    key: str
    title: Text
    notes: Text
    examples: Callable[[], Examples]
    is_wide: bool = False


GALLERY: dict[str, Exhibit] = {}


def exhibit(
    key: str, *, title: Text, notes: Text, is_wide: bool = False
) -> Callable[[Callable[[], Examples]], Callable[[], Examples]]:
    """Put what the decorated function returns into the style guide, under `key`."""
    assert key not in GALLERY, f"two exhibits are called {key}"

    def keep(examples: Callable[[], Examples]) -> Callable[[], Examples]:
        GALLERY[key] = Exhibit(
            key=key, title=title, notes=notes, examples=examples, is_wide=is_wide
        )
        return examples

    return keep
