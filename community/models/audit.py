"""What office holders did: a table that is only ever added to, on both engines by trigger."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.triggers import append_only


@append_only
class AuditEntry(models.Model):
    """One act of an office holder. Ids are opaque, so that erasing a person leaves it whole."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    office = models.CharField(max_length=20, blank=True)
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    area_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = (
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_of_subject"),
        )
