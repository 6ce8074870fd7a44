"""Several people on one phone."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from community.views.switching import COOKIE
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def one_more(client, person):
    """Let one more sign in on the phone."""
    client.post("/me/switch/")
    client.force_login(person)
    client.get("/me/account/")


@pytest.fixture
def family(client):
    grandmother, daughter = PersonFactory(display_name="奶奶"), PersonFactory(display_name="女儿")
    client.force_login(grandmother)
    client.get("/me/account/")
    one_more(client, daughter)
    return grandmother, daughter


def whose_turn(client):
    return int(client.session["_auth_user_id"])


def hand_over(client, name):
    page = client.get("/me/switch/")
    [other] = [one for one in page.context["others"] if one.user.display_name == name]
    return client.post("/me/switch/", {"to": other.pk})


class TestAFamilyPhone:
    def test_shows_whose_turn_it_is_and_who_else_is_there(self, client, family):
        page = client.get("/me/switch/").content.decode()

        assert "It is your turn now" in page
        assert "Hand over to 奶奶" in page

    def test_changes_hands_and_back_without_a_code(self, client, family):
        grandmother, daughter = family

        hand_over(client, "奶奶")
        first = whose_turn(client)
        hand_over(client, "女儿")

        assert first == grandmother.pk
        assert whose_turn(client) == daughter.pk

    def test_asks_an_office_for_its_second_key_again(self, client, family):
        hand_over(client, "奶奶")

        assert client.session["second_factor_after"] > 0

    def test_holds_no_session_that_was_ended_elsewhere(self, client, family):
        grandmother, _daughter = family
        elsewhere = Client()
        elsewhere.force_login(grandmother)
        elsewhere.get("/me/account/")
        elsewhere.post("/accounts/sessions/")

        page = client.get("/me/switch/")

        assert page.context["others"] == []

    def test_lets_a_guest_go_on_as_one_of_them(self, client, family):
        grandmother, _daughter = family
        client.post("/accounts/logout/")

        offered = client.get("/accounts/login/").content.decode()
        hand_over(client, "奶奶")

        assert "Somebody is signed in on this phone" in offered
        assert whose_turn(client) == grandmother.pk


class TestAnotherPhone:
    def test_cannot_take_a_session_by_its_number(self, client, family):
        other = client.get("/me/switch/").context["others"][0]
        stranger = Client()

        stranger.post("/me/switch/", {"to": other.pk})

        assert "_auth_user_id" not in stranger.session

    def test_cannot_write_the_cookie_itself(self, client, family):
        key = client.get("/me/switch/").context["others"][0].session_key
        stranger = Client()
        stranger.cookies[COOKIE] = key

        assert stranger.get("/me/switch/").context["others"] == []


class TestASharedPhone:
    def test_is_not_handed_over(self, client):
        client.force_login(PersonFactory())
        session = client.session
        session["is_shared"], session["seen_at"] = True, time.time()
        session.save()

        page = client.post("/me/switch/", follow=True)

        assert "please sign out instead" in page.content.decode()
        assert COOKIE not in client.cookies
