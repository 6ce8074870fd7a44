"""The page of messages: what it shows, what opening and reading do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community.kinds import KINDS, Kind
from community.models import Notification
from community.services.notifications import forget_old, mark_read
from community.tasks import forget_old_notifications
from tests.community.test_notifications import tell
from tests.factories import PersonFactory
from tests.times import on_monday

pytestmark = pytest.mark.django_db

LIST = "/notifications/"


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    kind = Kind(
        key="test.lamp_fixed", icon="s-done", tone="warm", title="Fixed: %(title)s", text="Look"
    )
    monkeypatch.setitem(KINDS, kind.key, kind)


@pytest.fixture
def resident(client):
    person = PersonFactory()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def page(client, address=LIST):
    return client.get(address).content.decode()


class TestTheList:
    def test_is_for_those_who_are_signed_in(self, client):
        response = client.get(LIST)

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))

    def test_says_so_when_there_is_nothing(self, client, resident):
        assert "Nothing yet" in page(client)

    def test_has_one_line_a_matter_with_the_newest_first(self, client, resident):
        tell(resident, about="report:7")
        tell(resident, about="report:8")
        tell(resident, about="report:7")

        lines = client.get(LIST).context["lines"]

        assert [(line.count, line.unread) for line in lines] == [(2, 2), (1, 1)]
        assert "2 messages about it" in page(client)

    def test_shows_only_one_s_own(self, client, resident):
        tell(PersonFactory())

        assert "Fixed" not in page(client)

    def test_can_leave_out_what_was_read(self, client, resident):
        tell(resident, about="report:7")
        mark_read(person=resident, groups=["report:7"], at=on_monday("09:30"))
        tell(resident, about="report:8")

        assert len(client.get(LIST).context["lines"]) == 2
        assert len(client.get(LIST, {"show": "unread"}).context["lines"]) == 1

    def test_makes_its_words_when_it_is_read(self, client, resident):
        tell(resident)
        Notification.objects.update(kind="points.long_gone")

        assert "There is something new." in page(client)

    @pytest.mark.parametrize("address", ["?page=0", "?page=999", "?page=x", "?show=nonsense"])
    def test_bears_any_address(self, client, resident, address):
        tell(resident)

        assert "Fixed: 路灯" in page(client, LIST + address)

    def test_costs_the_same_for_one_and_for_many(
        self, client, resident, django_assert_max_num_queries
    ):
        for number in range(40):
            tell(resident, about=f"report:{number}")

        page(client)  # the first page of a visit also writes down that it began

        with django_assert_max_num_queries(12):
            page(client)


class TestOpening:
    def test_leads_to_the_matter_and_reads_all_of_it(self, client, resident):
        tell(resident, about="report:7")
        tell(resident, about="report:7")
        tell(resident, about="report:8")

        response = client.get(f"{LIST}{Notification.objects.first().pk}/open/")

        assert response["Location"] == "/reports/7/"
        assert resident.notifications.unread().count() == 1

    def test_of_somebody_else_s_is_not_there(self, client, resident):
        tell(PersonFactory())

        assert client.get(f"{LIST}{Notification.objects.get().pk}/open/").status_code == 404

    @pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/"])
    def test_never_leads_elsewhere(self, client, resident, path):
        tell(resident)
        Notification.objects.update(path=path)

        response = client.get(f"{LIST}{Notification.objects.get().pk}/open/")

        assert response["Location"] == LIST


class TestReading:
    def test_one_matter_leaves_the_others(self, client, resident):
        tell(resident, about="report:7")
        tell(resident, about="report:8")
        first = Notification.objects.earliest("pk")

        response = client.post(f"{LIST}read/", {"id": first.pk, "query": "show=unread"})

        assert response["Location"] == f"{LIST}?show=unread"
        assert resident.notifications.unread().get().group == "report:8"

    def test_all_leaves_none(self, client, resident):
        tell(resident, about="report:7")
        tell(resident, about="report:8")

        client.post(f"{LIST}read/")

        assert not resident.notifications.unread().exists()

    @pytest.mark.parametrize("nonsense", ["x", "999999", "-1", "²"])
    def test_of_nonsense_reads_nothing(self, client, resident, nonsense):
        tell(resident)

        assert client.post(f"{LIST}read/", {"id": nonsense}).status_code == 302
        assert resident.notifications.unread().exists()

    def test_of_somebody_else_s_reads_nothing(self, client, resident):
        tell(PersonFactory())

        client.post(f"{LIST}read/", {"id": Notification.objects.get().pk})

        assert Notification.objects.unread().exists()

    def test_takes_a_post(self, client, resident):
        assert client.get(f"{LIST}read/").status_code == 405


class TestTheBell:
    def test_counts_matters_not_messages(self, client, resident):
        tell(resident, about="report:7")
        tell(resident, about="report:7")

        assert (
            '<live-badge class="tool__badge" topic="me"><span class="badge" aria-hidden="true">1<'
            in page(client, "/")
        )


class TestOldNotifications:
    def test_go_three_months_after_they_were_read_and_a_year_after_they_came(self, resident):
        tell(resident, about="read long ago")
        tell(resident, about="read lately")
        tell(resident, about="never read")
        tell(resident, about="from another year")
        rows = {row.group: row for row in Notification.objects.all()}
        Notification.objects.filter(pk=rows["read long ago"].pk).update(
            read_at=on_monday("09:00").replace(year=2025)
        )
        Notification.objects.filter(pk=rows["read lately"].pk).update(read_at=on_monday("09:00"))
        Notification.objects.filter(pk=rows["from another year"].pk).update(
            created_at=on_monday("09:00").replace(year=2024)
        )

        assert forget_old(at=on_monday("10:00")) == 2
        assert set(Notification.objects.values_list("group", flat=True)) == {
            "read lately",
            "never read",
        }

    def test_go_all_in_one_night_however_many_there_are(self, resident, monkeypatch):
        for number in range(5):
            tell(resident, about=f"read long ago {number}")
        Notification.objects.update(read_at=on_monday("09:00").replace(year=2025))
        monkeypatch.setattr("community.services.notifications.FORGET_BATCH", 2)

        forget_old_notifications()

        assert not Notification.objects.exists()
