"""What happens to the map."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class BoundaryRedrawn(DomainEvent):
    """The boundary of an area is another now; what lies where may have changed."""

    name = "community.boundary_redrawn"
    label = _("A boundary was redrawn")
