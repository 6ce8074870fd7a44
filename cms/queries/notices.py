"""Whom a notice concerns."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cms.models import NoticePage
from community.models import Membership, Person
from community.models.places import path_range


def people_concerned(notice: NoticePage, *, at: datetime) -> QuerySet[Person]:
    """Return those whose home, as far as it is confirmed, lies in the notice's area."""
    low, high = path_range(notice.area.path)
    homes = Membership.objects.current(at=at).filter(
        household__micro_grid__path__gte=low, household__micro_grid__path__lt=high
    )
    return Person.objects.filter(is_active=True).filter(
        Q(pk__in=homes.values("person"))
        | Q(lives_in__path__gte=low, lives_in__path__lt=high)
        | Q(registered_in__path__gte=low, registered_in__path__lt=high)
    )
