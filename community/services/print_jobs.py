"""Sheets of plates: asked for, drawn in the background, kept for a while.

The row says how far a job is. Whoever works on it holds it for a while, under the number of their
attempt; a worker that dies lets go by itself, the clock hands the job to another, and what the
dead one might still say does not count any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO, Final

from django.core.files.base import File
from django.db import transaction

from community import audit
from community.live import announce
from community.models import Area, Person, Plate, PlatePrint, PrintChoice, PrintJob, PrintState
from community.models.photos import private_files
from community.models.plates import PlateQuerySet
from community.policies.households import STAFF_OF_THE_GRID
from community.policies.plates import (
    PLATES_MOST,
    NothingToPrint,
    PlateRevokedAlready,
    TooManyPlates,
    objection_to_printing,
)
from community.queries.plates import standing, topic_of

GRACE: Final = timedelta(seconds=30)
"""How long a job may wait in the queue before the clock puts it there again."""
LEASE: Final = timedelta(minutes=2)
"""How long a worker may be silent; it speaks every few seconds."""
ATTEMPTS_MAX: Final = 5
ROWS_AT_ONCE: Final = 2000


@transaction.atomic
def ask_for_print(
    *, area: Area, choice: str, by: Person, origin: str, at: datetime, plate: Plate | None = None
) -> PrintJob:
    """Ask for sheets with the plates of an area, or with one; the places on them are fixed now.

    Who asks for the same again while it is being drawn is given the job that is there.

    :raises NotYourPlates: `by` does not serve there.
    :raises NothingToPrint: no plate, or none that is new.
    :raises TooManyPlates: the sheets would fill a room.
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    if objection := objection_to_printing(by, area, at=at):
        raise objection
    if plate is None and (waiting := _same_again(area, choice)):
        return waiting
    ids = [plate.pk] if plate else list(_chosen(area, choice).values_list("pk", flat=True))
    _check(ids, plate)
    job = PrintJob.objects.create(
        area=area,
        choice=choice,
        origin=origin,
        asked_by=by,
        asked_at=at,
        total=len(ids),
        leased_until=at + GRACE,
    )
    places = [PlatePrint(job=job, plate_id=pk, position=n) for n, pk in enumerate(ids)]
    PlatePrint.objects.bulk_create(places, batch_size=ROWS_AT_ONCE)
    office = by.office_over(area, at=at, offices=STAFF_OF_THE_GRID)
    audit.record(
        actor=by,
        act="plate.print",
        subject=job,
        area=area,
        office=office,
        at=at,
        plates=len(ids),
    )
    return job


def _same_again(area: Area, choice: str) -> PrintJob | None:
    return PrintJob.objects.unfinished().filter(area=area, choice=choice).order_by("pk").first()


def _chosen(area: Area, choice: str) -> PlateQuerySet:
    plates = Plate.objects.current().within(area)
    if choice == PrintChoice.NEW:
        plates = plates.unprinted()
    return plates.order_by("household__micro_grid__path", "household__code", "label", "pk")


def _check(ids: list[int], plate: Plate | None) -> None:
    if plate is not None and plate.revoked_at is not None:
        raise PlateRevokedAlready
    if not ids:
        raise NothingToPrint
    if len(ids) > PLATES_MOST:
        raise TooManyPlates(count=len(ids))


@transaction.atomic
def take_up(*, job: PrintJob, at: datetime) -> PrintJob | None:
    """Begin a job that nobody works on, or return None: it is taken, finished, or hopeless."""
    job = PrintJob.objects.select_for_update().get(pk=job.pk)
    if job.is_finished or (job.state == PrintState.RUNNING and job.leased_until > at):
        return None
    if job.attempt >= ATTEMPTS_MAX:
        job.state, job.finished_at = PrintState.FAILED, at
        job.save(update_fields=["state", "finished_at"])
        _tell(job)
        return None
    job.state, job.attempt, job.done = PrintState.RUNNING, job.attempt + 1, 0
    job.leased_until = at + LEASE
    job.save(update_fields=["state", "attempt", "done", "leased_until"])
    _tell(job)
    return job


@transaction.atomic
def note_progress(*, job: PrintJob, done: int, at: datetime) -> bool:
    """Write down how far it is; return whether the job is still this worker's."""
    held = PrintJob.objects.filter(pk=job.pk, attempt=job.attempt, state=PrintState.RUNNING)
    if not held.update(done=done, leased_until=at + LEASE):
        return False
    job.done = done
    _tell(job)
    return True


@transaction.atomic
def finish_print(*, job: PrintJob, file: BinaryIO, at: datetime) -> bool:
    """Keep the file and say that it is there; return whether the job was still this worker's."""
    held = PrintJob.objects.select_for_update().filter(
        pk=job.pk, attempt=job.attempt, state=PrintState.RUNNING
    )
    if (job := held.first()) is None:  # type: ignore[assignment]  # the caller's is not needed
        return False
    name = f"plates/{job.pk}.pdf"
    private_files().delete(name)  # of a worker that died between the file and the row
    job.file.name = private_files().save(name, File(file))
    job.state, job.done, job.finished_at = PrintState.DONE, job.total, at
    job.save(update_fields=["file", "state", "done", "finished_at"])
    _tell(job)
    return True


@transaction.atomic
def forget_sheets(*, job: PrintJob) -> None:
    """Let go of a file that was kept for long enough; what was printed stays known."""
    name = str(job.file.name)
    PrintJob.objects.filter(pk=job.pk).update(file="")
    transaction.on_commit(partial(private_files().delete, name))


@transaction.atomic
def put_off(*, at: datetime, most: int) -> list[str]:
    """Return the jobs that nobody works on, and leave them to the queue for a while."""
    due = PrintJob.objects.due(at=at).order_by("leased_until", "pk")
    taken = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
    waiting = PrintJob.objects.filter(pk__in=taken, state=PrintState.WAITING)
    waiting.update(leased_until=at + GRACE)
    return [str(pk) for pk in taken]


def _tell(job: PrintJob) -> None:
    announce(topic_of(job.pk), standing(job))
