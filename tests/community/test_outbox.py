"""What a phone wrote without a network, handed in over HTTP: an outcome for each item."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Draft, Evidence, Photo, Report, Visibility
from community.outbox import mark_of
from community.policies.filing import REPORTS_A_DAY
from community.services.filing import file_draft
from tests.factories.community import HouseholdFactory, MembershipFactory, PersonFactory
from tests.factories.reports import CategoryFactory, SubcategoryFactory, file, staffed_county
from tests.photo_files import upload

pytestmark = pytest.mark.django_db

URL = "/outbox/"


@pytest.fixture
def county():
    return staffed_county()


@pytest.fixture
def lamp():
    return SubcategoryFactory(category=CategoryFactory(needs_photo=True))


@pytest.fixture
def resident(county):
    household = HouseholdFactory(micro_grid=county.line.micro_grid, door_code="K7M2QX")
    return MembershipFactory(household=household).person


@pytest.fixture
def phone(resident):
    return phone_of(resident)


def phone_of(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def written(person, sort, *, item_id=None, photos=1, **fields):
    """Return an item as the phone keeps it, with the files of its photos."""
    ids = [str(uuid.uuid4()) for _ in range(photos)]
    item = {
        "id": str(item_id or uuid.uuid4()),
        "kind": "report",
        "person": mark_of(person),
        "fields": {"subcategory": str(sort.pk), "door_code": "K7M2QX", **fields},
        "photos": ids,
    }
    files = {f"photo:{one}": upload(f"{number}.jpg") for number, one in enumerate(ids)}
    return SimpleNamespace(item=item, files=files, id=item["id"])


def hand_in(client, *parcels):
    files = {name: file for parcel in parcels for name, file in parcel.files.items()}
    for one in files.values():
        one.seek(0)
    items = json.dumps([parcel.item for parcel in parcels])
    answer = client.post(URL, {"items": items, **files})
    assert answer.status_code == 200, answer.content
    return answer.json()["outcomes"]


def fields_of(outcome):
    return [reason["field"] for reason in outcome["reasons"]]


class TestAnItem:
    def test_becomes_a_report_with_its_photos(self, phone, resident, lamp, county):
        parcel = written(resident, lamp, photos=2, body="Out for three days.")

        [outcome] = hand_in(phone, parcel)

        report = Report.objects.get()
        assert (outcome["state"], outcome["id"]) == ("accepted", parcel.id)
        assert (outcome["number"], outcome["url"]) == (report.number, report.get_absolute_url())
        assert str(report.client_id) == parcel.id
        assert report.evidence == Evidence.DOOR_PLATE
        assert report.photos.count() == 2

    def test_is_filed_once_however_often_it_is_sent(self, phone, resident, lamp):
        parcel = written(resident, lamp)

        states = [hand_in(phone, parcel)[0]["state"] for _ in range(3)]

        assert states == ["accepted", "already_there", "already_there"]
        assert Report.objects.count() == 1
        assert Photo.objects.count() == 1

    def test_is_known_by_its_report_after_the_draft_is_gone(self, phone, resident, lamp):
        parcel = written(resident, lamp)
        hand_in(phone, parcel)
        Draft.objects.all().delete()

        assert hand_in(phone, parcel)[0]["state"] == "already_there"

    def test_can_be_placed_at_home_or_from_the_list(self, phone, resident, lamp, county):
        for area in ("home", str(county.line.micro_grid.pk)):
            [outcome] = hand_in(phone, written(resident, lamp, door_code="", area=area))
            assert outcome["state"] == "accepted", outcome

        found = Report.objects.order_by("pk").values_list("evidence", flat=True)
        assert list(found) == [Evidence.HOUSEHOLD, Evidence.CHOSEN]

    def test_may_be_for_those_who_handle_it_only(self, phone, resident, lamp):
        hand_in(phone, written(resident, lamp, visibility="private"))

        assert Report.objects.get().visibility == Visibility.PRIVATE

    def test_does_not_hold_up_the_others(self, phone, resident, lamp):
        outcomes = hand_in(
            phone,
            written(resident, lamp),
            written(resident, lamp, door_code=""),
            written(resident, lamp),
        )

        assert [one["state"] for one in outcomes] == ["accepted", "refused", "accepted"]


class TestARefusedItem:
    def test_says_what_is_missing_field_by_field(self, phone, resident, lamp):
        parcel = written(resident, lamp, photos=0, door_code="", place_note="By the old tree")

        [outcome] = hand_in(phone, parcel)

        assert outcome["state"] == "refused"
        assert set(fields_of(outcome)) == {"area", "photos"}
        assert not Report.objects.exists()

    def test_says_which_door_code_is_wrong(self, phone, resident, lamp):
        [outcome] = hand_in(phone, written(resident, lamp, door_code="ZZZZZZ"))

        assert fields_of(outcome) == ["door_code"]

    @pytest.mark.parametrize("area", ["999999", "９", "9" * 40, "x"])
    def test_says_that_the_area_is_no_longer_there(self, phone, resident, lamp, area):
        [outcome] = hand_in(phone, written(resident, lamp, door_code="", area=area))

        assert fields_of(outcome) == ["area"]

    def test_names_the_photo_that_cannot_be_kept(self, phone, resident, lamp):
        parcel = written(resident, lamp, photos=2)
        broken = list(parcel.files)[1]
        parcel.files[broken] = upload("notes.txt", b"not a photo")

        [outcome] = hand_in(phone, parcel)

        assert outcome["state"] == "refused"
        assert outcome["reasons"][0]["words"].startswith("Photo 2: ")

    def test_is_accepted_once_it_is_mended(self, phone, resident, lamp):
        parcel = written(resident, lamp, door_code="ZZZZZZ")
        hand_in(phone, parcel)
        parcel.item["fields"]["door_code"] = "K7M2QX"

        assert hand_in(phone, parcel)[0]["state"] == "accepted"
        assert Report.objects.get().photos.count() == 1

    def test_loses_the_photos_that_were_taken_out(self, phone, resident, lamp):
        parcel = written(resident, lamp, photos=3, door_code="")
        hand_in(phone, parcel)
        parcel.item["photos"] = parcel.item["photos"][:1]
        parcel.item["fields"]["door_code"] = "K7M2QX"

        hand_in(phone, parcel)

        assert Report.objects.get().photos.count() == 1
        assert Photo.objects.count() == 1

    def test_can_be_finished_online_and_is_not_filed_again(self, phone, resident, lamp, county):
        parcel = written(resident, lamp, door_code="", place_note="By the old tree")
        [outcome] = hand_in(phone, parcel)
        assert b"By the old tree" in phone.get(outcome["url"]).content
        draft = Draft.objects.get(pk=parcel.id)
        draft.area, draft.evidence = county.line.micro_grid, Evidence.CHOSEN
        draft.save()
        report = file_draft(draft=draft, at=timezone.now())

        there = phone.get(URL, {"ask": f"report:{parcel.id}"}).json()["there"]

        assert there[parcel.id]["number"] == report.number
        assert hand_in(phone, parcel)[0]["state"] == "already_there"


class TestALateItem:
    def test_waits_for_tomorrow_when_there_are_too_many_today(self, phone, resident, lamp, county):
        gate = CategoryFactory(needs_photo=False)
        for minutes in range(REPORTS_A_DAY):
            at = timezone.now() + timedelta(seconds=minutes)
            file(county, at=at, reporter=resident, category=gate)

        [outcome] = hand_in(phone, written(resident, lamp))

        assert outcome["state"] == "later"
        assert "today" in outcome["reasons"][0]["words"]


class TestTheAuthor:
    def test_has_to_be_signed_in(self, resident, lamp):
        assert hand_in(Client(), written(resident, lamp))[0]["state"] == "sign_in"

    def test_is_nobody_else_on_a_shared_phone(self, resident, lamp):
        neighbour = PersonFactory()

        [outcome] = hand_in(phone_of(neighbour), written(resident, lamp))

        assert outcome["state"] == "sign_in"
        assert not Draft.objects.exists()

    def test_keeps_a_draft_that_somebody_else_claims_the_id_of(self, phone, resident, lamp):
        parcel = written(resident, lamp, door_code="")
        hand_in(phone, parcel)
        neighbour = PersonFactory()
        parcel.item["person"] = mark_of(neighbour)

        [outcome] = hand_in(phone_of(neighbour), parcel)

        assert outcome["state"] == "sign_in"
        assert Draft.objects.get().person == resident

    def test_is_remembered_by_a_mark_that_tells_nobody_who_it_is(self, resident):
        assert len(mark_of(resident)) == 16
        assert mark_of(resident) != mark_of(PersonFactory())
        assert mark_of(None) == ""


class TestTheCounter:
    def test_says_who_is_here_and_gives_a_token_that_counts(self, resident):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        answer = strict.get(URL)
        told = answer.json()

        taken = strict.post(URL, {"items": "[]"}, headers={"X-CSRFToken": told["token"]})

        assert told["person"] == mark_of(resident)
        assert "no-store" in answer["Cache-Control"]
        assert taken.json() == {"outcomes": []}
        assert strict.post(URL, {"items": "[]"}).status_code == 403

    def test_says_nothing_about_the_items_of_others(self, phone, resident, lamp):
        parcel = written(resident, lamp)
        hand_in(phone, parcel)

        asked = phone_of(PersonFactory()).get(URL, {"ask": f"report:{parcel.id}"})

        assert asked.json()["there"] == {}

    def test_lists_the_areas_to_choose_from(self, phone, resident, county):
        resident.lives_in = county.line.village
        resident.save()

        areas = phone.get(URL, {"areas": "1"}).json()["areas"]

        assert [area["key"] for area in areas] == [str(county.line.micro_grid.pk)]

    @pytest.mark.parametrize(
        "items",
        [
            "",
            "{",
            "7",
            "[7]",
            "[{}]",
            '[{"kind": "vote", "id": "1"}]',
            '[{"kind": "report", "id": "x", "fields": {}, "person": ""}]',
            '[{"kind": "report", "id": 7, "fields": [], "person": ""}]',
            "[" * 5000,
        ],
    )
    def test_refuses_what_our_script_cannot_have_sent(self, phone, items):
        answer = phone.post(URL, {"items": items})

        assert answer.status_code == 400
        assert answer.json()["error"]

    def test_refuses_a_question_it_cannot_read(self, phone):
        assert phone.get(URL, {"ask": "report:x"}).status_code == 400
        assert phone.get(URL, {"ask": f"vote:{uuid.uuid4()}"}).json()["there"] == {}
