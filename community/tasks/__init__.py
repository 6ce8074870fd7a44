"""What the platform does by itself, by the clock.

A task on the clock only finds the work, at most `BATCH` pieces a time, and hands each piece to a
task of its own: a piece that fails is retried alone, and a backlog cannot take the queue over.
"""

from community.publishing import deliver_event
from community.tasks.events import redeliver_events
from community.tasks.keeping import forget_old_notifications, purge_audit

__all__ = ["deliver_event", "forget_old_notifications", "purge_audit", "redeliver_events"]
