"""Offices that see other people's data open only with a second key."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.utils import timezone

from community.auth import LIMITED, OFFICE_IDLE, OFFICE_LONGEST, SECOND_FACTOR
from community.models import Office
from tests.factories import AppointmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"
WITHOUT = set(Office) - SECOND_FACTOR.keys()


@pytest.fixture(autouse=True)
def _office_pages(settings):
    cache.clear()
    settings.ROOT_URLCONF = "tests.community.office_urls"


def somebody_with(office):
    person = PersonFactory(phone="+8613800138000")
    AppointmentFactory(person=person, office=office)
    return person


def with_an_app(person):
    TOTP.activate(person, SECRET)
    return person


def shown_by_the_app():
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counter))


def prove(client):
    return client.post("/accounts/2fa/reauthenticate/?next=/desk/", {"code": shown_by_the_app()})


class TestTheOffices:
    def test_that_need_no_second_factor_see_only_what_residents_see(self):
        assert {
            Office.VOLUNTEER,
            Office.TEAM_LEADER,
            Office.VILLAGE_REP,
            Office.LEGAL_ADVISER,
        } == WITHOUT

    def test_that_do_say_why(self):
        assert all(SECOND_FACTOR.values())

    @pytest.mark.parametrize("office", sorted(SECOND_FACTOR.keys() - LIMITED))
    def test_are_asked_to_set_one_up(self, client, office):
        client.force_login(somebody_with(office))

        response = client.get("/desk/")

        assert response.url == "/me/second-factor/?next=%2Fdesk%2F"
        assert client.get(response.url).status_code == 200

    @pytest.mark.parametrize("office", sorted(SECOND_FACTOR))
    def test_are_asked_to_show_the_one_they_have(self, client, office):
        client.force_login(with_an_app(somebody_with(office)))

        page = client.get("/desk/")

        if office in LIMITED:
            assert page.content == b"limited"
        else:
            assert page.url == "/accounts/2fa/reauthenticate/?next=%2Fdesk%2F"

    @pytest.mark.parametrize("office", sorted(SECOND_FACTOR))
    def test_open_once_it_is_shown(self, client, office):
        client.force_login(with_an_app(somebody_with(office)))

        response = prove(client)

        assert response.url == "/desk/"
        assert client.get("/desk/").content == b"full"

    @pytest.mark.parametrize("office", sorted(WITHOUT))
    def test_that_need_none_are_not_asked(self, client, office):
        client.force_login(somebody_with(office))

        assert client.get("/desk/").content == b"none"

    def test_that_have_ended_are_not_asked(self, client):
        person = PersonFactory()
        past = timezone.now() - timedelta(days=1)
        AppointmentFactory(
            person=person,
            office=Office.GRID_WORKER,
            starts_at=past - timedelta(days=9),
            ends_at=past,
        )
        client.force_login(person)

        assert client.get("/desk/").content == b"none"


class TestAMicroGridLeader:
    def test_with_an_old_phone_sees_a_part_instead_of_a_barrier(self, client):
        client.force_login(somebody_with(Office.MICRO_GRID_LEADER))

        assert client.get("/desk/").content == b"limited"

    def test_who_holds_another_office_too_is_asked_like_everybody(self, client):
        person = somebody_with(Office.MICRO_GRID_LEADER)
        AppointmentFactory(person=person, office=Office.GRID_WORKER)
        client.force_login(person)

        assert client.get("/desk/").status_code == 302


class TestAGuest:
    def test_is_asked_to_sign_in(self, client):
        assert client.get("/desk/").url == "/accounts/login/?next=/desk/"


class TestAProof:
    def test_fails_with_a_wrong_code_in_our_words(self, client):
        client.force_login(with_an_app(somebody_with(Office.GRID_WORKER)))
        wrong = f"{(int(shown_by_the_app()) + 1) % 1_000_000:06}"

        page = client.post("/accounts/2fa/reauthenticate/", {"code": wrong}).content.decode()

        assert "That is not the code your app shows now" in page

    @pytest.mark.parametrize(("over", "asked"), [(-60, False), (60, True)])
    def test_ends_after_half_an_hour_without_a_page(self, client, over, asked):
        client.force_login(with_an_app(somebody_with(Office.GRID_WORKER)))
        prove(client)

        session = client.session
        session["seen_at"] = time.time() - OFFICE_IDLE.total_seconds() - over
        session.save()

        assert (client.get("/desk/").status_code == 302) is asked

    @pytest.mark.parametrize(("over", "asked"), [(-60, False), (60, True)])
    def test_ends_after_twelve_hours_of_work(self, client, over, asked):
        client.force_login(with_an_app(somebody_with(Office.GRID_WORKER)))
        prove(client)

        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= OFFICE_LONGEST.total_seconds() + over
        session.pop("second_factor_after", None)
        session.save()

        assert (client.get("/desk/").status_code == 302) is asked

    def test_is_not_the_sign_in_of_somebody_else(self, client):
        client.force_login(with_an_app(somebody_with(Office.GRID_WORKER)))
        prove(client)
        other = PersonFactory(phone="+8613800138001")
        AppointmentFactory(person=other, office=Office.GRID_WORKER)

        client.force_login(other)

        assert client.get("/desk/").status_code == 302


class TestInTheDemo:
    def test_one_tap_counts_as_both_keys(self, client, settings):
        client.force_login(somebody_with(Office.GRID_WORKER))
        session = client.session
        session["demo_entry"] = True
        session.save()

        outside = client.get("/desk/").status_code
        settings.DEMO = True
        settings.ROOT_URLCONF = "tests.community.office_urls"

        assert outside == 302
        assert client.get("/desk/").content == b"full"


class TestSettingUpAnApp:
    def test_keeps_its_secret_encrypted(self, client):
        person = with_an_app(PersonFactory())

        stored = str(Authenticator.objects.get(user=person, type="totp").data)

        assert SECRET not in stored

    def test_works_from_the_page_to_the_codes_on_paper(self, client):
        person = somebody_with(Office.GRID_WORKER)
        client.force_login(person)
        client.get("/accounts/2fa/totp/activate/")
        secret = client.session["mfa.totp.secret"]
        counter = next(yield_hotp_counters_from_time())

        page = client.post(
            "/accounts/2fa/totp/activate/",
            {"code": format_hotp_value(hotp_value(secret, counter))},
            follow=True,
        ).content.decode()

        assert "Recovery codes" in page
        assert page.count("<li><code>") == 10
        assert {row.type for row in Authenticator.objects.filter(user=person)} == {
            "totp",
            "recovery_codes",
        }

    @pytest.mark.parametrize(
        "path",
        ["", "totp/activate/", "webauthn/add/", "webauthn/", "recovery-codes/generate/"],
    )
    def test_has_pages_in_our_frame(self, client, path):
        client.force_login(PersonFactory(phone="+8613800138000"))

        response = client.get(f"/accounts/2fa/{path}", follow=True)

        assert response.status_code == 200
        assert b'class="page"' in response.content
        assert b" style=" not in response.content
        assert b"onclick" not in response.content
