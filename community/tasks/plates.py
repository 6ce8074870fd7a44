"""Drawing sheets of plates: handed out by whoever asks, and again by the clock after a crash."""

from datetime import timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from community.models import PrintJob
from community.queries.plates import faces_of, words_of
from community.services import print_jobs
from community.sheets import draw

BATCH: Final = 20
SPEAKS_EVERY: Final = timedelta(seconds=1)


@shared_task(name="community.tasks.print_plates")
def print_plates(*, job_id: str) -> None:
    """Draw one job, unless somebody else does; stop when somebody else has taken it over."""
    job = print_jobs.take_up(job=PrintJob.objects.get(pk=job_id), at=timezone.now())
    if job is None:
        return
    with TemporaryFile() as out:
        if _draw(job, cast("BinaryIO", out)):
            out.seek(0)
            print_jobs.finish_print(job=job, file=cast("BinaryIO", out), at=timezone.now())


def _draw(job: PrintJob, out: BinaryIO) -> bool:
    spoke_at = timezone.now()
    sheets = draw(
        faces_of(job), total=job.total, words=words_of(job), out=out, font=settings.PRINT_FONT
    )
    for done in sheets:
        now = timezone.now()
        if now - spoke_at < SPEAKS_EVERY:
            continue
        if not print_jobs.note_progress(job=job, done=done, at=now):
            return False
        spoke_at = now
    return True


@shared_task(name="community.tasks.drive_print_jobs")
def drive_print_jobs() -> None:
    """Hand out the jobs that a broker lost or a worker left, and forget files kept for a week."""
    now = timezone.now()
    for job_id in print_jobs.put_off(at=now, most=BATCH):
        print_plates.delay(job_id=job_id)
    for job in PrintJob.objects.kept_too_long(at=now).order_by("finished_at", "pk")[:BATCH]:
        print_jobs.forget_sheets(job=job)
