"""What happens to door plates."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PlateReplaced(DomainEvent):
    """A plate's code went out of use, and a new one waits to be printed."""

    name = "community.plate_replaced"
    label = _("A door plate was replaced")

    plate_id: int
    """The new one."""
    revoked_plate_id: int
    reason: str
