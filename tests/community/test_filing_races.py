"""Two taps at the same moment, on a database that lets both in."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from community.models import Draft, Evidence, Photo, Report
from community.services.filing import add_photo, begin_draft, file_draft, keep_draft
from community.services.photos import keep_photo
from tests.factories.community import PersonFactory
from tests.factories.reports import SubcategoryFactory, staffed_county
from tests.photo_files import upload
from tests.times import on_monday

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TAPS = 4


def all_at_once(act):
    """Do `act(number)` in as many threads as there are taps, and return what they were given."""
    together = Barrier(TAPS)

    def tap(number):
        together.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(TAPS) as threads:
        return list(threads.map(tap, range(TAPS)))


class TestADoubleTap:
    def test_files_once_and_tells_everybody_the_same_number(self):
        county, sort, person = staffed_county(), SubcategoryFactory(), PersonFactory()
        draft = Draft(
            pk=uuid.uuid4(),
            person=person,
            created_at=on_monday("09:00"),
            category=sort.category,
            subcategory=sort,
            area=county.line.micro_grid,
            evidence=Evidence.CHOSEN,
        )
        keep_draft(draft=draft, at=on_monday("09:00"))

        filed = all_at_once(lambda _number: file_draft(draft=draft, at=on_monday("09:01")))

        assert len({report.number for report in filed}) == 1
        assert Report.objects.count() == 1


class TestPhotosSentAtTheSameTime:
    def test_begin_one_draft_and_all_arrive_in_it(self):
        person, draft_id = PersonFactory(), uuid.uuid4()

        def send(_number):
            draft = Draft(pk=draft_id, person=person, created_at=on_monday("09:00"))
            draft = begin_draft(draft=draft, at=on_monday("09:00"))
            return add_photo(draft=draft, file=upload(), at=on_monday("09:00"))

        all_at_once(send)

        [draft] = Draft.objects.all()
        positions = draft.photos.values_list("position", flat=True)
        assert sorted(positions) == list(range(TAPS))

    def test_are_kept_once_when_it_is_the_same_one(self):
        person, photo_id = PersonFactory(), uuid.uuid4()

        kept = all_at_once(
            lambda _number: keep_photo(
                uploader=person, file=upload(), at=on_monday("09:00"), photo_id=photo_id
            )
        )

        assert {photo.pk for photo in kept} == {photo_id}
        assert Photo.objects.count() == 1
