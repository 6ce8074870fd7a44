"""Tables that are only ever added to."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from community import triggers
from community.models import AuditEntry, Consent
from tests.times import on_monday

pytestmark = pytest.mark.django_db


def entry() -> AuditEntry:
    return AuditEntry.objects.create(
        at=on_monday("09:00"), act="report.accept", subject_type="community.report", subject_id="7"
    )


class TestAnAppendOnlyTable:
    def test_takes_new_rows(self):
        entry()

        assert AuditEntry.objects.count() == 1

    def test_refuses_a_change(self):
        row = entry()

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AuditEntry.objects.filter(pk=row.pk).update(act="report.reject")

        assert AuditEntry.objects.get().act == "report.accept"

    def test_refuses_a_deletion(self):
        row = entry()

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AuditEntry.objects.filter(pk=row.pk).delete()

        assert AuditEntry.objects.count() == 1

    def test_refuses_a_row_in_the_place_of_another(self):
        row = entry()
        table = AuditEntry._meta.db_table
        replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"{replace} INTO {table} (id, at, office, act, subject_type, subject_id, reason,"
                " facts) VALUES (%s, %s, '', 'forged', '', '', '', '{}')",
                [row.pk, on_monday("10:00").isoformat()],
            )

        assert AuditEntry.objects.get().act == "report.accept"

    @pytest.mark.postgres
    def test_refuses_to_be_emptied_at_a_stroke(self):
        entry()

        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {AuditEntry._meta.db_table}")

        assert AuditEntry.objects.count() == 1


class TestTheTriggers:
    def test_protect_the_audit_and_the_consent_ledger(self):
        assert {AuditEntry, Consent} <= set(triggers.APPEND_ONLY)

    def test_are_all_there_after_migrating(self):
        assert triggers.missing() == []

    def test_have_names_short_enough_for_every_database(self):
        names = [
            triggers._name(model, kind)
            for model in triggers.APPEND_ONLY
            for kind in triggers._kinds(connection)
        ]

        assert max(map(len, names)) <= 30
        assert len(set(names)) == len(names)

    def test_are_missed_when_one_is_gone(self):
        [name, *_] = [triggers._name(AuditEntry, kind) for kind in triggers._kinds(connection)]
        with connection.cursor() as cursor:
            cursor.execute(triggers._drop(connection, AuditEntry, "no_update"))

        with pytest.raises(triggers.TriggersMissing, match=name):
            triggers.assert_armed()

        assert [error.id for error in triggers.check_triggers(databases=["default"])] == [
            "community.E001"
        ]

    def test_are_put_back_by_the_next_migration(self):
        with connection.cursor() as cursor:
            cursor.execute(triggers._drop(connection, AuditEntry, "no_update"))

        triggers.install(using="default")

        assert triggers.missing() == []


class TestDisarming:
    def test_lets_rows_go_inside_the_block_and_no_longer(self):
        entry()

        with triggers.disarmed(AuditEntry):
            AuditEntry.objects.all().delete()
        kept = entry()

        with pytest.raises(IntegrityError), transaction.atomic():
            kept.delete()
        assert triggers.missing() == []

    def test_never_lets_a_row_be_changed(self):
        entry()

        with (
            pytest.raises(IntegrityError, match="append-only"),
            triggers.disarmed(AuditEntry),
        ):
            AuditEntry.objects.update(act="report.reject")

        assert triggers.missing() == []

    def test_frees_only_the_named_table(self):
        entry()

        with pytest.raises(IntegrityError, match="append-only"), triggers.disarmed(Consent):
            AuditEntry.objects.all().delete()

        assert AuditEntry.objects.count() == 1

    def test_is_undone_when_the_block_fails(self):
        entry()

        def purge_and_fail():
            with triggers.disarmed(AuditEntry):
                AuditEntry.objects.all().delete()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            purge_and_fail()

        assert AuditEntry.objects.count() == 1
        assert triggers.missing() == []


@pytest.mark.django_db(transaction=True)
class TestARebuiltTable:
    def test_has_its_triggers_again_after_migrate(self):
        """Django's SQLite editor rebuilds a table to alter it, and the triggers go with the old."""
        field = AuditEntry._meta.get_field("reason")
        longer = field.clone()
        longer.db_default = "-"
        longer.set_attributes_from_name("reason")
        longer.model = AuditEntry
        with connection.schema_editor() as editor:
            editor.alter_field(AuditEntry, field, longer)
        try:
            if connection.vendor == "sqlite":
                assert triggers.missing() != []

            call_command("migrate", verbosity=0)

            assert triggers.missing() == []
        finally:
            with connection.schema_editor() as editor:
                editor.alter_field(AuditEntry, longer, field)
            triggers.install(using="default")


@pytest.mark.django_db(transaction=True)
class TestTheFlushOfTheSuite:
    @pytest.mark.parametrize("run", [1, 2])
    def test_empties_what_no_one_else_can(self, run):
        assert AuditEntry.objects.count() == 0

        entry()
