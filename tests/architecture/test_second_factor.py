"""Every page is on one of two lists: those behind the second key, and those that need none."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

OFFICE_PAGES = {
    "appoint",
    "appointment_end",
    "appointments",
    "appointments_of",
    "approval",
    "audit",
    "audit_export",
    "claim",
    "claims",
    "event_drop",
    "event_retry",
    "enter_neighbour",
    "events",
    "inbox",
    "looked_after",
    "name_agent",
    "name_guardian",
    "neighbours",
    "report_act",
}
"""Work of offices: it shows other people's data, or decides about them."""

SHOWN_BY_WHAT_THE_SESSION_MAY = {"report", "photo"}
"""For everybody; `offices_of` leaves out what a session without its second key may not see."""

FOR_EVERYBODY = {
    "home",
    "reports",
    "places",
    "place",
    "boundaries",
    "locate",
    "here",
    "language",
    "styleguide",
    "door",
    "scan",
    "privacy",
}
ONES_OWN = {
    "account",
    "agency_end",
    "act_for",
    "act_for_myself",
    "check_report",
    "claim_withdrawal",
    "close",
    "consent",
    "consents",
    "discard_draft",
    "draft",
    "draft_photos",
    "draft_place",
    "export",
    "file_report",
    "household",
    "household_head",
    "household_leave",
    "household_plate",
    "large_type",
    "me",
    "my_reports",
    "name",
    "not_solved",
    "notification_open",
    "notifications",
    "notifications_read",
    "preferences",
    "rate_report",
    "report_filed",
    "representing",
    "second_factor",
    "supplement",
    "switch",
    "welcome",
    "withdraw_report",
}


def views_by_name():
    """Return the views of `community`, by the names of their addresses."""
    _prefix, community = get_resolver("config.urls").namespace_dict["community"]
    views = {pattern.name: pattern.callback for pattern in community.url_patterns}
    return {name: view for name, view in views.items() if name and not name.startswith("demo")}


def test_every_page_is_on_a_list():
    """A new page stands here before it is served: whose data does it show?"""
    lists = (OFFICE_PAGES, SHOWN_BY_WHAT_THE_SESSION_MAY, FOR_EVERYBODY, ONES_OWN)

    assert set(views_by_name()) == set().union(*lists)
    assert sum(len(names) for names in lists) == len(set().union(*lists))


@pytest.mark.parametrize("name", sorted(OFFICE_PAGES))
def test_a_page_of_an_office_wears_the_second_factor(name):
    assert getattr(views_by_name()[name], "needs_second_factor", False), name


def test_no_other_page_asks_residents_for_it():
    wearing = {
        name for name, view in views_by_name().items() if hasattr(view, "needs_second_factor")
    }

    assert wearing == OFFICE_PAGES
