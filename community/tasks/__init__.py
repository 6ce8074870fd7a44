"""What the platform does by itself, by the clock.

A task on the clock only finds the work, at most `BATCH` pieces a time, and hands each piece to a
task of its own: a piece that fails is retried alone, and a backlog cannot take the queue over.
"""

from community.publishing import deliver_event
from community.tasks.events import redeliver_events
from community.tasks.filing import discard_draft_left_alone, forget_stray_photo, tidy_drafts

__all__ = [
    "deliver_event",
    "discard_draft_left_alone",
    "forget_stray_photo",
    "redeliver_events",
    "tidy_drafts",
]
