"""The way to the audit, for those who may read it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.home import Drawer, register_drawer
from community.models import Person
from community.policies.audit import objection_to_auditing


def _is_auditor(person: Person | None, at: datetime) -> bool:
    return person is not None and objection_to_auditing(person, at=at) is None


register_drawer(
    Drawer(
        key="audit",
        label=_("Audit"),
        note=_("What office holders did, and the file of it"),
        icon="eye",
        url_name="community:audit",
        order=60,
        is_for=_is_auditor,
    )
)
