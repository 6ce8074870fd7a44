"""The app on the phone: its worker, its manifest, and what may be kept of a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from PIL import Image

from community.outbox import mark_of
from tests.factories.community import PersonFactory
from tests.factories.reports import SubcategoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident():
    return PersonFactory(display_name="Shen Lingfang")


@pytest.fixture
def phone(client, resident):
    client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    return client


def kept(client) -> dict:
    source = client.get("/sw.js").content.decode()
    return json.loads(re.match(r"const KEPT = (.*);\n", source)[1])


class TestTheWorker:
    def test_serves_the_whole_site(self, client):
        answer = client.get("/sw.js")

        assert answer["Content-Type"].startswith("text/javascript")
        assert answer["Service-Worker-Allowed"] == "/"

    def test_keeps_files_that_are_there(self, client):
        for path in kept(client)["shell"]:
            assert finders.find(path.removeprefix("/static/")), path

    def test_keeps_everything_that_the_pages_without_a_network_ask_for(self, client):
        shell = set(kept(client)["shell"])
        for address in ("/offline/", "/reports/new/offline/"):
            html = client.get(address).content.decode()
            asked = {
                path.split("#")[0]
                for path in re.findall(r"""(?:href|src)=["'](/static/[^"']+)""", html)
            }

            assert asked - shell <= {"/static/look/icon-192.png"}

    def test_is_a_new_one_when_the_kinds_of_matters_change(self, client):
        before = kept(client)["version"]
        SubcategoryFactory()

        assert kept(client)["version"] != before

    def test_speaks_as_the_page_does_that_asks_for_it(self, client):
        page = client.get("/offline/", {"language": "zh-CN"}).content.decode()

        assert '"language": "zh-CN"' in client.get("/sw.js?language=zh-CN").content.decode()
        assert 'lang="zh-CN"' in page
        assert '"language": "en"' in client.get("/sw.js?language=xx").content.decode()

    def test_is_the_same_for_everybody(self, phone):
        assert phone.get("/sw.js").content == Client().get("/sw.js").content


class TestThePagesWithoutANetwork:
    @pytest.mark.parametrize("address", ["/offline/", "/reports/new/offline/"])
    def test_know_nothing_about_anybody(self, phone, resident, address):
        html = phone.get(address).content.decode()

        assert html == Client().get(address).content.decode()
        assert "csrfmiddlewaretoken" not in html
        assert resident.display_name not in html
        assert mark_of(resident) not in html


class TestTheManifest:
    def test_names_icons_of_the_size_they_have(self, client):
        manifest = json.loads(client.get("/manifest.webmanifest").content)

        assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
        for icon in manifest["icons"]:
            path = finders.find(icon["src"].removeprefix("/static/"))
            with Image.open(Path(path)) as image:
                assert "x".join(map(str, image.size)) == icon["sizes"]
        assert manifest["start_url"] == "/"
        assert manifest["shortcuts"][0]["url"] == "/reports/new/"


class TestAPage:
    def test_says_whose_it_is_and_that_it_may_be_kept(self, phone, resident):
        answer = phone.get("/")

        assert answer["X-Linli-Who"] == mark_of(resident)
        assert answer["X-Linli-Keep"] == "1"
        assert Client().get("/")["X-Linli-Who"] == "guest"

    @pytest.mark.parametrize("address", ["/me/", "/reports/new/", "/inbox/", "/household/"])
    def test_is_not_kept_when_it_is_more_private_than_a_list(self, phone, address):
        assert "X-Linli-Keep" not in phone.get(address)

    def test_is_not_kept_on_a_shared_phone(self, phone):
        session = phone.session
        session["is_shared"], session["seen_at"] = True, timezone.now().timestamp()
        session.save()

        assert "X-Linli-Keep" not in phone.get("/")

    def test_shows_in_its_bar_what_waits_for_this_person(self, phone, resident):
        html = phone.get("/").content.decode()

        assert f'data-who="{mark_of(resident)}"' in html
        assert '<link rel="manifest"' in html
