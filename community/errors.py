"""Refusals: what the domain answers when it will not do what it was asked."""

from __future__ import annotations

import re
from typing import ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """An answer we anticipate: no, and here is why, and what to do instead.

    The reason is written for the person who asked, so pages, sockets and the API all show it
    as it stands. A refusal is never logged as an error: there is nothing to fix.
    """

    code: ClassVar[str]
    """The class's name as programs see it: ``NotSignedUp`` is ``not_signed_up``."""

    reason: ClassVar[str | Promise]

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **details: object) -> None:
        super().__init__(str(self.reason) % details)
