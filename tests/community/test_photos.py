"""Photos on the server: whose they are, who may look at them, and what becomes of the unused."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from community.models import Draft, DraftPhoto, Photo
from community.policies import photos as photo_policies
from community.policies.photos import TooManyPhotosToday
from community.services import reports
from community.services.filing import DraftIsFull, add_photo, begin_draft, put_photo_first
from community.services.photos import SIZES, forget_photo, keep_photo
from community.tasks.filing import tidy_drafts
from tests.factories.community import PersonFactory
from tests.factories.reports import CategoryFactory, file, staffed_county
from tests.photo_files import upload
from tests.support.keys import enter
from tests.times import on_monday

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def begun(person, at=None):
    at = at or on_monday("09:00")
    return begin_draft(draft=Draft(pk=uuid.uuid4(), person=person, created_at=at), at=at)


def files_of(photo):
    return [getattr(photo, size).name for size in SIZES]


class TestAPhoto:
    def test_lies_in_a_folder_of_its_own_under_a_name_nobody_can_guess(self):
        photo = keep_photo(uploader=PersonFactory(), file=upload(), at=on_monday("09:00"))

        assert storages["private"].location != storages["default"].location
        for name in files_of(photo):
            assert str(photo.pk) in name
            assert storages["private"].exists(name)
        assert photo.pk.version == 4

    def test_is_kept_once_when_a_weak_network_sends_it_again(self):
        person, photo_id = PersonFactory(), uuid.uuid4()

        kept = [
            keep_photo(uploader=person, file=upload(), at=on_monday("09:00"), photo_id=photo_id)
            for _attempt in range(2)
        ]

        assert kept[0] == kept[1]
        assert Photo.objects.count() == 1

    def test_does_not_take_the_place_of_somebody_elses(self):
        theirs = keep_photo(uploader=PersonFactory(), file=upload(), at=on_monday("09:00"))

        mine = keep_photo(
            uploader=PersonFactory(), file=upload(), at=on_monday("09:01"), photo_id=theirs.pk
        )

        assert mine.pk != theirs.pk
        assert all(storages["private"].exists(name) for name in files_of(theirs))

    def test_is_deleted_with_its_files(self, django_capture_on_commit_callbacks):
        photo = keep_photo(uploader=PersonFactory(), file=upload(), at=on_monday("09:00"))
        names = files_of(photo)

        with django_capture_on_commit_callbacks(execute=True):
            forget_photo(photo=photo)

        assert not any(storages["private"].exists(name) for name in names)

    def test_is_refused_after_more_than_anybody_needs_in_a_day(self, monkeypatch):
        monkeypatch.setattr(photo_policies, "PHOTOS_A_DAY", 2)
        person = PersonFactory()
        for clock in ("09:00", "23:59"):
            keep_photo(uploader=person, file=upload(), at=on_monday(clock))

        with pytest.raises(TooManyPhotosToday, match="2 photos today"):
            keep_photo(uploader=person, file=upload(), at=on_monday("23:59"))
        keep_photo(uploader=person, file=upload(), at=on_monday("23:59") + timedelta(minutes=2))


class TestLookingAtAPhoto:
    def see(self, client, photo, person=None, size="large"):
        client.logout()
        if person is not None:
            enter(client, person)
        answer = client.get(reverse("community:photo", args=[photo.pk, size]))
        answer.body = b"".join(answer) if answer.streaming else answer.content
        return answer

    @pytest.fixture
    def reporter(self):
        return PersonFactory()

    @pytest.fixture
    def photo(self, reporter):
        return keep_photo(uploader=reporter, file=upload(), at=on_monday("08:00"))

    def test_is_for_the_uploader_alone_before_it_is_sent(self, client, photo, reporter):
        assert self.see(client, photo).status_code == 404
        assert self.see(client, photo, PersonFactory()).status_code == 404
        assert self.see(client, photo, reporter).status_code == 200

    def test_is_for_everybody_once_the_report_is_public(self, client, photo, reporter):
        file(reporter=reporter, photos=[photo], visibility="public")

        for size in SIZES:
            assert self.see(client, photo, size=size).status_code == 200

    def test_is_for_those_who_handle_it_while_the_report_is_private(self, client, photo, reporter):
        county = staffed_county()
        file(county, reporter=reporter, photos=[photo], visibility="private")

        assert self.see(client, photo).status_code == 404
        assert self.see(client, photo, PersonFactory()).status_code == 404
        assert self.see(client, photo, county.worker).status_code == 200
        assert self.see(client, photo, reporter).status_code == 200

    def test_of_what_was_asked_for_is_for_the_parties_alone(self, client, photo, reporter):
        county = staffed_county()
        report = file(county, reporter=reporter, visibility="public")
        at = on_monday("10:00")
        reports.ask_reporter(report=report, by=county.worker, text="Which door?", at=at)
        report.refresh_from_db()
        reports.supplement(report=report, by=reporter, text="This one.", photos=[photo], at=at)

        assert self.see(client, photo).status_code == 404
        assert self.see(client, photo, PersonFactory()).status_code == 404
        assert self.see(client, photo, county.worker).status_code == 200
        assert self.see(client, photo, reporter)["Cache-Control"] == "private, no-store"

    def test_asks_office_holders_for_their_second_key(self, client, photo, reporter):
        county = staffed_county()
        file(county, reporter=reporter, photos=[photo], visibility="private")
        enter(client, county.worker, has_second_key=False)

        assert client.get(reverse("community:photo", args=[photo.pk, "large"])).status_code == 404

    def test_is_over_for_the_public_when_the_report_turns_private(self, client, photo, reporter):
        report = file(reporter=reporter, photos=[photo], visibility="public")

        type(report).objects.filter(pk=report.pk).update(visibility="private")

        assert self.see(client, photo).status_code == 404

    def test_is_not_kept_by_shared_caches_and_runs_nothing(self, client, photo, reporter):
        file(reporter=reporter, photos=[photo], visibility="public")

        answer = self.see(client, photo)

        assert answer["Cache-Control"] == "private, max-age=86400, immutable"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer.body.startswith(b"\xff\xd8")

    def test_knows_three_sizes(self, client, photo, reporter):
        assert self.see(client, photo, reporter, size="uploader").status_code == 404

    def test_whose_file_was_lost_is_not_found(self, client, photo, reporter):
        storages["private"].delete(photo.small.name)
        client.force_login(reporter, BACKEND)

        answer = client.get(reverse("community:photo", args=[photo.pk, "small"]))

        assert answer.status_code == 404

    def test_is_left_to_the_web_server_where_it_can_do_it(self, client, photo, reporter, settings):
        settings.PRIVATE_FILES_PREFIX = "/private/"

        answer = self.see(client, photo, reporter)

        assert answer["X-Accel-Redirect"] == f"/private/{photo.large.name}"
        assert not answer.content


class TestThePhotosOfADraft:
    def test_are_at_most_six(self):
        draft = begun(PersonFactory())
        for _number in range(6):
            add_photo(draft=draft, file=upload(), at=on_monday("09:00"))

        with pytest.raises(DraftIsFull, match="at most 6 photos"):
            add_photo(draft=draft, file=upload(), at=on_monday("09:00"))
        assert Photo.objects.count() == 6

    def test_can_be_put_in_another_order(self):
        draft = begun(PersonFactory())
        first, second, third = (
            add_photo(draft=draft, file=upload(), at=on_monday("09:00")) for _ in range(3)
        )

        put_photo_first(draft=draft, photo_id=str(third.pk))

        places = DraftPhoto.objects.filter(draft=draft).order_by("position")
        assert [place.photo for place in places] == [third, first, second]

    def test_arrive_one_by_one_with_the_reason_when_one_is_refused(self, client):
        person = PersonFactory()
        client.force_login(person, backend=BACKEND)
        url = reverse("community:draft_photos", args=[uuid.uuid4()])

        good = client.post(url, {"photos": upload()})
        bad = client.post(url, {"photos": upload("x.jpg", b"no photo")})

        assert good.status_code == 200
        assert "photos__item" in good.content.decode()
        assert bad.status_code == 422
        assert bad.content.decode().startswith("This file is not a photo we can read")
        assert Draft.objects.get().person == person


class TestTidyingUp:
    def test_deletes_what_was_left_alone_and_keeps_what_was_filed(
        self, django_capture_on_commit_callbacks, monkeypatch
    ):
        person, long_ago = PersonFactory(), on_monday("09:00")
        left = begun(person)
        add_photo(draft=left, file=upload(), at=long_ago)
        stray = keep_photo(uploader=person, file=upload(), at=long_ago)
        used = keep_photo(uploader=person, file=upload(), at=long_ago)
        file(reporter=person, photos=[used], category=CategoryFactory())

        with django_capture_on_commit_callbacks(execute=True):
            tidy_drafts()

        assert not Draft.objects.exists()
        assert list(Photo.objects.all()) == [used]
        assert not storages["private"].exists(files_of(stray)[0])
