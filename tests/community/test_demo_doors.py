"""The demo's doors, and that they are walls everywhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

import config.urls  # noqa: F401  read before any test turns the demo on
from community.models import Appointment, Area, Kind, Office, Person
from tests.times import on_monday

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.community.demo_urls"


@pytest.fixture
def village():
    county = Area.objects.create(kind=Kind.COUNTY, code="1", name="清禾县", path="1/")
    town = Area.objects.create(kind=Kind.TOWN, code="2", name="桃泾镇", path="1/2/", parent=county)
    return Area.objects.create(
        kind=Kind.VILLAGE, code="3", name="荷塘村", path="1/2/3/", parent=town
    )


@pytest.fixture
def resident(village):
    return Person.objects.create(phone="+8610000000002", display_name="菱芳姐", lives_in=village)


@pytest.fixture
def grid_worker(village):
    person = Person.objects.create(phone="+8610000000014", display_name="静安")
    grid = Area.objects.create(
        kind=Kind.GRID, code="4", name="荷塘东网格", path="1/2/3/4/", parent=village
    )
    Appointment.objects.create(
        person=person, office=Office.GRID_WORKER, area=grid, starts_at=on_monday("08:00")
    )
    return person


class TestOutsideTheDemo:
    def test_the_addresses_do_not_exist(self, client, resident):
        with pytest.raises(NoReverseMatch):
            reverse("community:demo", urlconf="config.urls")
        assert client.get("/demo/").status_code == 404
        assert client.post(f"/demo/people/{resident.pk}/").status_code == 404
        assert "_auth_user_id" not in client.session

    def test_the_views_are_no_pages_even_with_an_address(self, client, settings, resident):
        settings.ROOT_URLCONF = "tests.community.demo_urls"

        assert client.get("/demo/").status_code == 404
        assert client.post(f"/demo/people/{resident.pk}/").status_code == 404
        assert "_auth_user_id" not in client.session

    def test_no_page_has_a_banner(self, client):
        assert b"demo-banner" not in client.get("/accounts/login/").content


@pytest.mark.usefixtures("demo")
class TestTheDoors:
    def test_show_people_by_village_with_what_each_can_try(self, client, resident, grid_worker):
        page = client.get("/demo/").content.decode()

        assert page.index("荷塘村") < page.index("菱芳姐")
        assert "Grid worker" in page
        assert "Accept reports of the grid" in page
        assert "Report something, follow it" in page

    def test_let_one_in_with_one_tap(self, client, grid_worker):
        response = client.post(f"/demo/people/{grid_worker.pk}/")

        assert response.url == "/"
        assert client.session["_auth_user_id"] == str(grid_worker.pk)
        assert "you are <b>静安</b>" in client.get("/accounts/phone/change/").content.decode()

    def test_are_in_the_list_of_devices_like_every_way_in(self, client, resident):
        client.post(f"/demo/people/{resident.pk}/")

        assert b"This one" in client.get("/accounts/sessions/").content

    def test_change_the_person_without_signing_out(self, client, resident, grid_worker):
        client.post(f"/demo/people/{grid_worker.pk}/")

        client.post(f"/demo/people/{resident.pk}/")

        assert client.session["_auth_user_id"] == str(resident.pk)

    def test_are_closed_for_real_people(self, client):
        real = Person.objects.create(phone="+8613800138000", display_name="x")

        assert client.post(f"/demo/people/{real.pk}/").status_code == 404
        assert "_auth_user_id" not in client.session

    def test_open_only_to_a_form_of_our_own(self, resident):
        client = Client(enforce_csrf_checks=True)

        assert client.get(f"/demo/people/{resident.pk}/").status_code == 405
        assert client.post(f"/demo/people/{resident.pk}/").status_code == 403

    def test_cost_the_same_however_many_people_there_are(
        self, client, django_assert_max_num_queries, village, grid_worker
    ):
        for number in range(20):
            Person.objects.create(
                phone=f"+8610000001{number:03}", display_name=f"p{number}", lives_in=village
            )

        with django_assert_max_num_queries(6):
            client.get("/demo/")
