"""The offices that people are appointed to, and the level of the area each is held over."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models.places import TOWN_KINDS, UNIT_KINDS, Kind


class Office(models.TextChoices):
    """The offices of `roles.yaml` that somebody is appointed to."""

    VOLUNTEER = "volunteer", _("Volunteer")
    TEAM_LEADER = "team_leader", _("Team leader")
    MICRO_GRID_LEADER = "micro_grid_leader", _("Micro-grid leader")
    GRID_ASSISTANT = "grid_assistant", _("Grid assistant")
    GRID_WORKER = "grid_worker", _("Grid worker")
    GRID_LEADER = "grid_leader", _("Grid leader")
    GRID_INSTRUCTOR = "grid_instructor", _("Grid instructor")
    GRID_REVIEWER = "grid_reviewer", _("Grid reviewer")
    VILLAGE_EDITOR = "village_editor", _("Village editor")
    VILLAGE_COMMITTEE = "village_committee", _("Village committee member")
    VILLAGE_SECRETARY = "village_secretary", _("Village secretary")
    SUPERVISION_MEMBER = "supervision_member", _("Supervision committee member")
    VILLAGE_REP = "village_rep", _("Village representative")
    LEGAL_ADVISER = "legal_adviser", _("Legal adviser")
    MEDIATOR = "mediator", _("Mediator")
    MODERATOR = "moderator", _("Moderator")
    TOWN_DISPATCHER = "town_dispatcher", _("Town dispatcher")
    TOWN_HANDLER = "town_handler", _("Town handler")
    TOWN_REVIEWER = "town_reviewer", _("Town reviewer")
    COUNTY_HANDLER = "county_handler", _("County handler")
    POINTS_ADMIN = "points_admin", _("Points administrator")
    POINTS_AUDITOR = "points_auditor", _("Points auditor")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_AUDITOR = "security_auditor", _("Security auditor")


_LEVELS: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    (Kind.MICRO_GRID,): (Office.MICRO_GRID_LEADER,),
    (Kind.GRID,): (
        Office.GRID_ASSISTANT,
        Office.GRID_WORKER,
        Office.GRID_LEADER,
        Office.GRID_INSTRUCTOR,
        Office.GRID_REVIEWER,
    ),
    TOWN_KINDS: (Office.TOWN_DISPATCHER, Office.TOWN_HANDLER, Office.TOWN_REVIEWER),
    (Kind.COUNTY,): (
        Office.COUNTY_HANDLER,
        Office.PRIVACY_OFFICER,
        Office.SYSTEM_ADMIN,
        Office.SECURITY_AUDITOR,
    ),
}
KINDS_OF_OFFICE: Final[dict[str, tuple[str, ...]]] = {
    office: kinds for kinds, offices in _LEVELS.items() for office in offices
}
"""Over which kinds of area an office is held; what is not listed belongs to a village."""


def kinds_for(office: str) -> tuple[str, ...]:
    return KINDS_OF_OFFICE.get(office, UNIT_KINDS)
