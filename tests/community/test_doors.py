"""Door plates: the code on them leads to the form, however it is read."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from community import qr
from tests.factories.community import HouseholdFactory
from tests.photo_files import photo_bytes, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def household():
    return HouseholdFactory(door_code="K7M2QX")


@pytest.fixture
def scan(client, household):
    def send(**entries):
        return client.post(reverse("community:scan"), entries)

    return send


def photo_of_a_plate(text):
    wall = Image.effect_noise((900, 900), 20).convert("RGB")
    wall.paste(Image.open(io.BytesIO(qr.png(text, dots_per_module=9))), (200, 180))
    return upload("plate.jpg", photo_bytes(image=wall.rotate(8, fillcolor="gray")))


class TestAPlate:
    @pytest.mark.parametrize("code", ["K7M2QX", "k7m2qx", " https://linli.example/d/K7M2QX/ "])
    def test_is_found_by_what_is_typed_or_seen(self, scan, code):
        assert scan(code=code).url == reverse("community:door", args=["K7M2QX"])

    def test_is_found_by_a_photo_of_it(self, scan):
        answer = scan(photo=photo_of_a_plate("https://linli.example/d/K7M2QX/"))

        assert answer.url == reverse("community:door", args=["K7M2QX"])

    def test_that_nobody_knows_is_said_so_and_the_code_stays(self, scan):
        answer = scan(code="ZZZZZZ")

        assert answer.status_code == 422
        assert "No door plate has this code" in answer.content.decode()
        assert "ZZZZZZ" in answer.content.decode()

    @pytest.mark.parametrize(
        ("entries", "words"),
        [
            ({}, "Please type the code, or take a photo"),
            ({"photo": upload("x.jpg", b"no photo")}, "not a photo we can read"),
            ({"photo": upload("wall.jpg")}, "No code can be seen in it"),
        ],
    )
    def test_that_cannot_be_read_is_said_so(self, scan, entries, words):
        answer = scan(**entries)

        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_that_belongs_elsewhere_leads_nowhere(self, scan):
        answer = scan(photo=photo_of_a_plate("https://elsewhere.example/pay/9"))

        assert answer.status_code == 422

    def test_tells_nothing_about_who_lives_there(self, client, household):
        page = client.get("/d/K7M2QX/", follow=True).content.decode()

        assert household.micro_grid.name in page
        assert household.address not in page
        assert household.code not in page
