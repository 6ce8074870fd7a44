"""What the platform does by itself, by the clock.

A task on the clock only finds the work, at most `BATCH` pieces a time, and hands each piece to a
task of its own: a piece that fails is retried alone, and a backlog cannot take the queue over.
"""

from community.publishing import deliver_event
from community.tasks.events import redeliver_events
from community.tasks.filing import discard_draft_left_alone, forget_stray_photo, tidy_drafts
from community.tasks.keeping import forget_old_notifications, purge_audit
from community.tasks.plates import drive_print_jobs, print_plates
from community.tasks.reports import (
    close_unrated,
    escalate_unaccepted,
    move_on_after_waiting,
    move_reports_on,
)
from community.tasks.search import reindex_kind, reindex_search

__all__ = [
    "close_unrated",
    "deliver_event",
    "discard_draft_left_alone",
    "drive_print_jobs",
    "escalate_unaccepted",
    "forget_old_notifications",
    "forget_stray_photo",
    "move_on_after_waiting",
    "move_reports_on",
    "print_plates",
    "purge_audit",
    "redeliver_events",
    "reindex_kind",
    "reindex_search",
    "tidy_drafts",
]
