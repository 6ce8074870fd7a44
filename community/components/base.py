"""What every component is: a typed value whose template sees it as `part`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from laces.components import Component

Text = str | Promise


class Part(Component):
    """A frozen dataclass that draws itself: its fields are all that its template may know."""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"part": self}
