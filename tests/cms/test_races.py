"""Two processes that announce the same notice at the same moment."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from cms.models import Announcement, NoticePage
from cms.services.notices import announce
from community.models import EventRecord
from tests.factories import county_with_a_village
from tests.factories.cms import a_notice
from tests.times import on_monday

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class TestAnnouncingTwice:
    def test_tells_the_platform_once(self):
        notice = a_notice(county_with_a_village().village)
        gate = Barrier(2)

        def act():
            try:
                gate.wait(timeout=10)
                announce(notice=NoticePage.objects.get(pk=notice.pk), at=on_monday("12:00"))
            finally:
                connection.close()

        threads = [Thread(target=act) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=20)

        assert Announcement.objects.count() == 1
        assert EventRecord.objects.filter(name="cms.notice_published").count() == 1
