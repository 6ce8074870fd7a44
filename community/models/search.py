"""What can be found: one row for every page, notice and report, whoever may read it.

The row is a copy for finding, made anew whenever its original is saved. Whether somebody may read
it is never copied: every question asks the originals (`community.search`), so an entry that is
behind can be found too late, but never by the wrong person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.fulltext import TermsField
from community.models.places import Area
from community.terms import Wanted

IN_TITLE, SCATTERED_IN_TITLE, IN_TEXT = range(3)


class State(models.TextChoices):
    """How a thing that is found stands: what a reader wants to know before opening it."""

    OPEN = "open", _("In hand")
    SOLVED = "solved", _("Solved")
    UNSOLVED = "unsolved", _("Not solved")
    CURRENT = "current", _("Current")
    PAST = "past", pgettext_lazy("a notice", "Over")


KEPT_STATES: Final = tuple(state for state in State if state != State.PAST)
"""Being over is a matter of the hour: it follows from `ends_at`, and is never stored."""


class SearchQuerySet(models.QuerySet["SearchEntry"]):
    def matching(self, wanted: Wanted) -> Self:
        """Keep what all of a question stands in."""
        found = self.filter(terms__has=wanted.terms())
        for chunk in wanted.chunks:
            if not chunk.is_told_by_terms:
                found = found.filter(folded__contains=chunk.text)
        return found

    def titled(self, wanted: Wanted) -> Self:
        """Keep those whose title has all of the question."""
        return self.filter(_title_has(wanted))

    def among(self, readable: dict[str, models.QuerySet[models.Model]]) -> Self:
        """Keep the entries whose original is among those given for its kind."""
        allowed = Q(pk__in=())
        for kind, originals in readable.items():
            there = Exists(originals.filter(pk=OuterRef("object_id")).order_by())
            allowed |= Q(kind=kind) & Q(there)
        return self.filter(allowed)

    def telling_state(self, *, at: datetime) -> Self:
        """Annotate `stands`: the `State` at that moment."""
        return self.annotate(
            stands=Case(When(ends_at__lte=at, then=Value(State.PAST.value)), default="state")
        )

    def standing(self, state: str, *, at: datetime) -> Self:
        """Keep what stands so at that moment."""
        if state == State.PAST:
            return self.filter(ends_at__lte=at)
        return self.filter(state=state).exclude(ends_at__lte=at)

    def best_first(self, wanted: Wanted) -> Self:
        """Put titles that have the question as it was typed first, then titles, then texts.

        Within each, the newest first: an order that people can follow, and the same everywhere.
        """
        whole = "".join(chunk.text for chunk in wanted.chunks)
        return self.annotate(
            tier=Case(
                When(folded_title__contains=whole, then=IN_TITLE),
                When(_title_has(wanted), then=SCATTERED_IN_TITLE),
                default=IN_TEXT,
                output_field=models.SmallIntegerField(),
            )
        ).order_by("tier", F("at").desc(nulls_last=True), "-pk")


def _title_has(wanted: Wanted) -> Q:
    return Q(*(Q(folded_title__contains=chunk.text) for chunk in wanted.chunks))


class SearchEntry(models.Model):
    """One page, notice or report as it is found and shown among what was found."""

    kind = models.CharField(max_length=12)
    object_id = models.PositiveBigIntegerField()
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    """The village or community it is about; none for what a town or the county says."""
    state = models.CharField(max_length=8, choices=State)
    at = models.DateTimeField(null=True)
    """Since when there is it; pages that nobody published (the platform grew them) say nothing."""
    ends_at = models.DateTimeField(null=True)
    url = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    folded_title = models.TextField()
    text = models.TextField(blank=True)
    folded = models.TextField()
    """Title, text and what else it is found by (its place, its number), to look a run up in."""
    terms = TermsField()

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = (
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once"),
            models.CheckConstraint(condition=Q(state__in=KEPT_STATES), name="search_state_known"),
        )
