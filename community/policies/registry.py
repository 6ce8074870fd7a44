"""The list of everything somebody may or may not do, from which the permission table is made.

A policy is an objection: a function of a person, a thing and a moment that returns the refusal a
service would raise, or None. Declaring it here gives it a key and words; `docs/reference/
permissions.md` is what comes out when every policy is tried on every office.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.utils.functional import Promise

from community.errors import Refusal

Objection = Callable[..., Refusal | None]
F = TypeVar("F", bound=Objection)

POLICIES: Final[dict[str, Policy]] = {}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One act, as the permission table lists it."""

    key: str
    """``"report.accept"``: the thing, then the act."""
    label: str | Promise
    objection: Objection
    basis: str | Promise = ""
    """The statute or rule it follows from, with its article."""

    @property
    def thing(self) -> str:
        return self.key.partition(".")[0]


def policy(key: str, *, label: str | Promise, basis: str | Promise = "") -> Callable[[F], F]:
    """Enter the decorated objection into the permission table.

    Its first argument is the person, then come the things it is about, then perhaps `at`.
    """

    def register(objection: F) -> F:
        assert key not in POLICIES, f"two policies are called {key}"
        POLICIES[key] = Policy(key=key, label=label, objection=objection, basis=basis)
        return objection

    return register
