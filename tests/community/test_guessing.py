"""Guessing door codes: who was wrong too often waits, wherever they try."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community.models import HouseholdClaim
from community.services.guessing import ADDRESS_MOST, PERSON_MOST
from tests.factories import HouseholdFactory, PersonFactory

pytestmark = pytest.mark.django_db
WRONG = "ZZZZZZ"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def scan(client, code, **more):
    return client.get(reverse("community:door", args=[code]), **more)


def locate(client, code, **more):
    return client.get(reverse("community:locate"), {"door": code}, **more)


def claim(client, code):
    return client.post(reverse("community:household"), {"door_code": code})


def be_wrong(client, times, ask=scan, **more):
    return [ask(client, WRONG, **more) for _n in range(times)]


class TestSomebodyWhoGuesses:
    def test_is_told_that_a_code_is_wrong_until_they_have_to_wait(self, client, person):
        answers = be_wrong(client, PERSON_MOST + 1)

        assert {answer.status_code for answer in answers[:-1]} == {404}
        assert answers[-1].status_code == 429
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
        assert "Many door codes from here were wrong" in answers[-1].content.decode()
        assert reverse("community:file_report") in answers[-1].content.decode()

    @pytest.mark.parametrize("ask", [scan, locate, claim])
    def test_learns_nothing_by_a_right_code_then(self, client, person, ask):
        household = HouseholdFactory()
        be_wrong(client, PERSON_MOST)

        answer = ask(client, household.door_code)

        assert "Many door codes from here were wrong" in answer.content.decode()
        assert not HouseholdClaim.objects.exists()

    @pytest.mark.parametrize("ask", [scan, locate, claim])
    def test_is_counted_wherever_they_try(self, client, person, ask):
        be_wrong(client, PERSON_MOST, ask)

        assert scan(client, WRONG).status_code == 429

    def test_is_counted_on_the_filing_pages_too(self, client, person):
        for _n in range(PERSON_MOST):
            client.get(reverse("community:file_report"), {"door": WRONG})
        shown = client.get(reverse("community:file_report"), {"door": HouseholdFactory().door_code})

        assert shown.status_code == 200
        assert "Many door codes from here were wrong" in shown.content.decode()
        typed = client.post(reverse("community:scan"), {"code": WRONG})
        assert "Many door codes from here were wrong" in typed.content.decode()

    def test_keeps_what_was_typed(self, client, person):
        be_wrong(client, PERSON_MOST)

        assert f'value="{WRONG}"' in claim(client, WRONG).content.decode()

    def test_does_not_make_others_at_the_same_address_wait(self, client, person):
        be_wrong(client, PERSON_MOST)
        neighbour = PersonFactory()
        client.force_login(neighbour, backend="django.contrib.auth.backends.ModelBackend")

        assert scan(client, WRONG).status_code == 404


class TestAnAddress:
    def test_of_guests_waits_after_many_more(self, client):
        answers = be_wrong(client, ADDRESS_MOST + 1, locate, REMOTE_ADDR="203.0.113.7")

        assert {answer.status_code for answer in answers[:-1]} == {404}
        assert answers[-1].status_code == 429
        assert answers[-1].headers["Content-Type"] == "application/problem+json"

    def test_does_not_make_another_one_wait(self, client):
        be_wrong(client, ADDRESS_MOST, locate, REMOTE_ADDR="203.0.113.7")

        assert locate(client, WRONG, REMOTE_ADDR="203.0.113.8").status_code == 404


class TestARightCode:
    def test_is_never_counted(self, client, person):
        household = HouseholdFactory()

        for _n in range(PERSON_MOST + 2):
            assert scan(client, household.door_code).status_code == 302
