"""When something cannot be shown: each page says what happened, and has a way on."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from community.errors import Refusal
from tests.factories.community import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class TooLate(Refusal):
    reason = "It is past %(hour)s. Come again tomorrow."


def refuse(request: HttpRequest) -> HttpResponse:
    raise TooLate(hour="18:00")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def overflow(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("suspect/", suspect),
    path("overflow/", overflow),
    path("fail/", fail),
    path("", include("config.urls")),
]
handler400 = "community.views.errors.bad_request"
handler403 = "community.views.errors.forbidden"
handler404 = "community.views.errors.not_found"
handler500 = "community.views.errors.broken"


class TestARefusal:
    def test_that_no_form_shows_is_a_page_with_the_reason_and_a_way_on(self, client):
        answer = client.get("/refuse/")

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "It is past 18:00. Come again tomorrow." in page
        assert 'data-code="too_late"' in page
        assert 'href="/"' in page


class TestAPageThatIsNotThere:
    @pytest.mark.parametrize(
        ("address", "status", "words"),
        [
            ("/no/such/page/", 404, "There is no such page"),
            ("/forbid/", 403, "This page is not open to you"),
            ("/suspect/", 400, "We could not read that"),
            ("/overflow/", 413, "That was too large to send"),
        ],
    )
    def test_says_what_happened_and_has_a_way_on(self, client, address, status, words):
        answer = client.get(address)

        page = answer.content.decode()
        assert answer.status_code == status
        assert f"<h1>{words}</h1>" in page
        assert 'href="/"' in page

    def test_offers_guests_to_sign_in_and_to_come_back(self, client):
        page = client.get("/forbid/").content.decode()

        assert "/accounts/login/?next=/forbid/" in page

    def test_tells_persons_who_could_open_it(self, client):
        client.force_login(PersonFactory())

        assert "an office that you do not hold" in client.get("/forbid/").content.decode()


class TestAFault:
    def test_is_told_without_touching_the_database(self, django_assert_num_queries):
        client = Client(raise_request_exception=False)

        with django_assert_num_queries(0):
            answer = client.get("/fail/")

        assert answer.status_code == 500
        assert "Something broke on our side" in answer.content.decode()
        assert 'href="/"' in answer.content.decode()


class TestAFormWithoutItsToken:
    def test_is_not_taken_and_the_page_says_what_to_do(self):
        answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})

        assert answer.status_code == 403
        assert "This form has been open too long" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/d/%00/", "/%00/", "/reports/new/?door=%00", "/places/%00/"])
def test_an_address_with_a_nul_is_a_bad_request_and_no_fault(client, address):
    """PostgreSQL refuses a NUL in a text, whoever asks for it."""
    answer = client.get(address)

    assert answer.status_code == 400
    assert b"<h1" in answer.content
