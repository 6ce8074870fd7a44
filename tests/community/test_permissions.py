"""The permission table says what the policies do."""

from __future__ import annotations

import inspect
import sys
from functools import cache

import pytest
from django.conf import settings

from community.demo.permissions import TRIED_ON, read_declarations, table, untried
from community.demo.stage import build
from community.management.commands.write_permissions import PAGE
from community.models import Area, Person
from community.policies.registry import POLICIES, policy
from tests.times import on_monday

pytestmark = pytest.mark.django_db
NOW = on_monday("09:00")


@cache
def page():
    """The table; it leaves nothing behind, so one serves all tests."""
    return table(NOW)


def mark_of(office, key):
    """Return the mark in the row of an office and the column of a policy."""
    section = next(part for part in page().split("## ") if f"- `{key}`:" in part)
    lines = [line.split("|") for line in section.splitlines() if line.startswith("|")]
    column = next(n for n, cell in enumerate(lines[0]) if cell.strip() == f"`{key}`")
    return next((line[column].strip() for line in lines if line[1].strip() == office), "–")


class TestThePermissionTable:
    def test_is_the_one_in_the_documentation(self):
        committed = (settings.BASE_DIR / PAGE).read_text(encoding="utf-8")

        assert committed == page(), "run manage.py write_permissions"

    def test_leaves_the_database_as_it_was(self):
        table(NOW)

        assert not Area.objects.exists()
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        ("office", "key", "mark"),
        [
            ("Grid worker", "claim.decide", "◐"),
            ("Grid leader", "claim.decide", "◐"),
            ("Village committee member", "claim.decide", "–"),
            ("System administrator", "claim.decide", "–"),
            ("System administrator", "area.change", "●"),
            ("Grid leader", "appointment.make", "◐"),
            ("Privacy officer", "appointment.make", "–"),
            ("Head of the household", "household.name_head", "●"),
            ("Member of the household, guardian and agent", "household.name_head", "–"),
            ("Minor of the household", "post.publish", "–"),
            ("New resident, household confirmed", "post.publish", "●"),
            ("New resident, household confirmed", "vote.advise", "●"),
            ("New resident, household confirmed", "vote.statutory", "–"),
            ("Registered resident, household confirmed", "vote.statutory", "●"),
            ("Resident, phone confirmed only", "vote.advise", "–"),
            ("Grid worker", "report.step", "◐"),
            ("Grid worker", "report.read", "◐"),
            ("Grid worker", "photo.see", "◐"),
            ("Town handler", "report.read", "–"),
            ("Grid leader", "report.approve", "◐"),
            ("Grid worker", "report.approve", "–"),
            ("Member of the household, guardian and agent", "report.read", "●"),
            ("Head of the household", "report.read", "–"),
            ("Head of the household", "agency.read", "●"),
            ("Minor of the household", "report.file", "–"),
            ("Village editor", "page.write", "◐"),
            ("Grid worker", "page.edit", "–"),
            ("Security auditor", "page.edit", "●"),
            ("System administrator", "audit.read", "–"),
            ("Member of the household, guardian and agent", "consent.decide", "●"),
            ("System administrator", "event.mend", "●"),
        ],
    )
    def test_tells_offices_apart_as_the_roles_do(self, office, key, mark):
        assert mark_of(office, key) == mark

    def test_names_what_is_declared_but_not_tried(self, monkeypatch):
        monkeypatch.delitem(TRIED_ON, "post.publish")

        without = table(NOW)

        assert "- `post.publish`: Post in public" in without.partition("not tried")[2]

    def test_says_in_one_word_what_everybody_may(self):
        assert "- `photo.upload`: Hand in a photo: so many a day **Everybody" in page()


class TestEveryPolicy:
    def test_is_tried_on_the_stage(self):
        read_declarations()

        assert untried() == set(), "say in TRIED_ON what it is asked about"

    def test_is_declared_if_it_is_about_what_a_person_may_do(self):
        """An objection whose first word is `person` is a permission, and belongs in the table."""
        read_declarations()
        declared = {policy.objection for policy in POLICIES.values()}
        modules = [m for name, m in sys.modules.items() if ".policies." in f"{name}."]

        undeclared = {
            f"{module.__name__}.{name}"
            for module in modules
            for name, objection in inspect.getmembers(module, inspect.isfunction)
            if name.startswith("objection_to_") and objection.__module__ == module.__name__
            if next(iter(inspect.signature(objection).parameters)) == "person"
            if objection not in declared
        }
        assert undeclared == set()

    def test_of_the_apps_above_is_among_them(self):
        read_declarations()

        assert {"page.edit", "page.write"} <= POLICIES.keys()

    def test_can_be_declared_once_only(self):
        page()

        with pytest.raises(AssertionError, match=r"two policies are called post\.publish"):
            policy("post.publish", label="again")(lambda person: None)


class TestTheStage:
    def test_has_every_office_here(self):
        offices = {persona.key for persona in build(NOW).personas if persona.place == "here"}

        assert offices >= {"grid_worker", "town_dispatcher", "privacy_officer", "minor"}
