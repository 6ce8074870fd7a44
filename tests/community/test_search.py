"""Finding things, and never what is not for you."""

from __future__ import annotations

import pytest
from django.db import transaction

from community.forms.search import SearchForm
from community.models import Area, Report, SearchEntry
from community.models.search import State
from community.queries.search import Narrowing, search, suggest
from community.search import Reader
from community.services import reports
from community.services.search import reindex
from community.terms import Wanted
from tests.factories.cms import a_notice, a_plain_page
from tests.factories.community import PersonFactory, county_with_a_village
from tests.factories.reports import as_it_stands, file, staffed_county
from tests.times import on_monday

pytestmark = pytest.mark.django_db

NOON = on_monday("12:00")
NOTICE = "关于小区加装电梯的议事公告"


def reader(person=None, at=NOON) -> Reader:
    return Reader(person=person, offices=person.offices(at=at) if person else (), at=at)


def found(question, person=None, at=NOON, **narrowing):
    return search(
        Wanted.in_words(question), reader=reader(person, at), narrowing=Narrowing(**narrowing)
    )


def titles(question, person=None, **more) -> list[str]:
    return [entry.title for entry in found(question, person, **more).entries]


@pytest.fixture
def village():
    return county_with_a_village().village


class TestANotice:
    @pytest.mark.parametrize(
        "question", ["电梯", "梯", "加装电梯", "小区 公告", '"电梯"', "议事公告", "　电梯　"]
    )
    def test_is_found_by_any_of_its_words(self, village, question):
        a_notice(village, title=NOTICE)

        assert titles(question) == [NOTICE]

    @pytest.mark.parametrize("question", ["装梯", "电梯维修", "梯电", "小区物业"])
    def test_is_not_found_by_what_it_does_not_say(self, village, question):
        a_notice(village, title=NOTICE)

        assert titles(question) == []

    def test_is_not_found_by_pairs_that_only_stand_apart(self, village):
        a_notice(village, title="装电机和电梯，加装一台")

        assert titles("加装电梯") == []

    def test_is_found_from_the_moment_it_is_published(self, village):
        notice = a_notice(village, title=NOTICE, live=False)
        assert titles("电梯") == []

        notice.save_revision().publish()

        assert titles("电梯") == [NOTICE]

    def test_is_not_found_before_it_begins(self, village):
        a_notice(village, title=NOTICE, starts_at=on_monday("13:00"))

        assert titles("电梯", at=on_monday("12:59")) == []
        assert titles("电梯", at=on_monday("13:00")) == [NOTICE]

    def test_is_over_at_its_end_without_being_saved(self, village):
        a_notice(village, title=NOTICE, ends_at=on_monday("13:00"))

        assert found("电梯", at=on_monday("12:59")).states() == {State.CURRENT: 1}
        assert found("电梯", at=on_monday("13:00")).states() == {State.PAST: 1}

    def test_is_not_found_any_more_once_taken_down(self, village):
        notice = a_notice(village, title=NOTICE)

        notice.unpublish()

        assert titles("电梯") == []

    def test_is_found_by_its_new_words_alone_after_a_correction(self, village):
        notice = a_notice(village, title=NOTICE)

        notice.title = "关于楼道照明的公告"
        notice.save_revision().publish()

        assert titles("电梯") == []
        assert titles("楼道照明") == ["关于楼道照明的公告"]

    def test_is_gone_with_its_page(self, village):
        notice = a_notice(village, title=NOTICE)

        notice.delete()

        assert not SearchEntry.objects.filter(kind="notice").exists()

    def test_for_residents_is_neither_found_nor_counted_by_others(self, village):
        a_notice(village, title=NOTICE, audience="residents")

        answer = found("电梯", PersonFactory())

        assert list(answer.entries) == []
        assert answer.total == 0
        assert not answer.kinds()
        assert not answer.villages()
        assert suggest("电", reader=reader()) == []

    def test_for_residents_is_found_by_one(self, village):
        a_notice(village, title=NOTICE, audience="residents")

        assert titles("电梯", PersonFactory(lives_in=village)) == [NOTICE]


class TestAPage:
    def test_is_found_by_its_body(self, village):
        a_plain_page(village, title="关于我们", body=[("heading", "老年食堂")])

        assert titles("老年食堂") == ["关于我们"]

    def test_of_a_village_is_found_by_the_villages_name(self):
        village = county_with_a_village().village
        Area.objects.filter(pk=village.pk).update(name="桥下村")
        village.refresh_from_db()
        a_notice(village, title="别的事")

        assert "桥下村" in titles("桥下村")


class TestAReport:
    def public(self, **given) -> Report:
        return file(title="楼下路灯不亮", body="晚上很暗。", visibility="public", **given)

    def test_is_found_by_everybody_when_it_is_public(self):
        self.public()

        assert titles("路灯") == ["楼下路灯不亮"]

    def test_that_is_private_is_found_by_its_reporter_alone(self):
        report = file(title="楼下路灯不亮", visibility="private")

        assert titles("路灯") == []
        assert titles("路灯", PersonFactory()) == []
        assert titles("路灯", report.reporter) == ["楼下路灯不亮"]

    def test_that_is_private_is_found_by_the_office_that_has_it(self):
        place = staffed_county()
        file(place, title="楼下路灯不亮", visibility="private")

        assert titles("路灯", place.worker) == ["楼下路灯不亮"]

    def test_that_is_private_is_in_no_number_of_others(self):
        file(title="楼下路灯不亮", visibility="private")

        answer = found("路灯")

        assert (answer.total, answer.is_any) == (0, False)
        assert not answer.kinds() + answer.states() + answer.villages()
        assert set(answer.times().values()) == {0}
        assert suggest("路", reader=reader()) == []

    def test_that_is_withdrawn_is_found_by_its_reporter_alone(self):
        report = self.public()

        reports.withdraw(report=report, by=report.reporter, at=on_monday("09:30"))

        assert titles("路灯") == []
        assert titles("路灯", report.reporter) == ["楼下路灯不亮"]

    def test_that_becomes_private_is_lost_to_others_even_while_its_entry_is_behind(self):
        report = self.public()

        as_it_stands(report, visibility="private")  # no signal hears of it

        assert titles("路灯") == []

    def test_is_shown_as_it_stands(self):
        place = staffed_county()
        report = self.public(place=place)
        assert found("路灯").states() == {State.OPEN: 1}

        report.status, report.over_at = "resolved", on_monday("11:00")
        report.save()

        assert found("路灯").states() == {State.SOLVED: 1}

    def test_is_found_by_its_number_and_category(self):
        report = self.public()

        assert titles(report.number) == ["楼下路灯不亮"]
        assert titles(report.category.name) == ["楼下路灯不亮"]

    def test_is_found_neither_by_reporter_nor_by_exact_place(self):
        self.public(reporter=PersonFactory(display_name="沈桂芳"), place_note="三幢五楼西边户")

        assert titles("沈桂芳") == []
        assert titles("西边户") == []

    def test_keeps_the_numbers_in_it_masked(self):
        file(title="找 13812345678 的车主", visibility="public")

        assert titles("13812345678") == []
        assert "13812345678" not in SearchEntry.objects.get(kind="report").folded

    def test_that_is_rolled_back_leaves_nothing(self):
        with transaction.atomic():
            self.public()
            transaction.set_rollback(True)

        assert not SearchEntry.objects.filter(kind="report").exists()


class TestTheOrder:
    def test_is_titles_first_and_then_the_newest(self, village):
        a_notice(village, title="旧的电梯", starts_at=on_monday("08:00"))
        a_notice(village, title="别的", body=[("heading", "电梯")], starts_at=on_monday("11:00"))
        a_notice(village, title="新的电梯", starts_at=on_monday("10:00"))

        assert titles("电梯") == ["新的电梯", "旧的电梯", "别的"]

    def test_puts_the_words_in_a_row_before_the_words_apart(self, village):
        a_notice(village, title="加装一部电梯", starts_at=on_monday("11:00"))
        a_notice(village, title="加装电梯", starts_at=on_monday("08:00"))

        assert titles("加装 电梯") == ["加装电梯", "加装一部电梯"]


class TestNarrowing:
    def test_counts_every_kind_with_the_others_narrowed(self, village):
        a_notice(village, title=NOTICE)
        a_notice(county_with_a_village().village, title="电梯年检")
        file(title="电梯坏了", visibility="public")

        answer = found("电梯", kind="notice", village=village.pk)

        assert [entry.title for entry in answer.entries] == [NOTICE]
        assert answer.total == 1
        assert answer.kinds() == {"notice": 1}
        assert sum(answer.villages().values()) == 2

    def test_of_time_holds_the_shorter_in_the_longer(self, village):
        a_notice(village, title=NOTICE, starts_at=on_monday("08:00"))
        a_notice(village, title="电梯年检", starts_at=on_monday("08:00").replace(month=2, day=12))

        assert found("电梯").times() == {"week": 1, "month": 2, "year": 2}
        assert titles("电梯", since="week") == [NOTICE]

    def test_agrees_with_what_is_listed(self, village):
        for hour in range(8, 12):
            a_notice(village, title=f"{NOTICE}{hour}", starts_at=on_monday(f"{hour:02}:00"))
        file(title="电梯坏了", visibility="public")

        for narrowing in ({}, {"kind": "notice"}, {"state": "open"}, {"since": "week"}):
            answer = found("电梯", **narrowing)
            assert answer.total == answer.entries.count()


class TestSuggestions:
    def test_are_titles_that_have_what_was_typed(self, village):
        a_notice(village, title=NOTICE)
        a_notice(village, title="别的", body=[("heading", "加装")])

        assert [entry.title for entry in suggest("加装", reader=reader())] == [NOTICE]

    def test_let_the_last_word_go_on(self, village):
        a_notice(village, title="WiFi 覆盖 12345 热线")

        assert suggest("wi", reader=reader())
        assert suggest("1234", reader=reader())

    def test_name_a_title_once(self, village):
        for _time in range(3):
            a_notice(village, title=NOTICE)

        assert len(suggest("电梯", reader=reader())) == 1


class TestReindexing:
    def test_finds_what_was_never_saved_and_drops_what_is_gone(self, village):
        a_notice(village, title=NOTICE)
        report = file(title="电梯坏了", visibility="public")
        Report.objects.filter(pk=report.pk).update(title="电梯修好了")
        SearchEntry.objects.filter(kind="notice").delete()
        SearchEntry.objects.create(
            kind="report", object_id=10**9, area=village, state="open", title="幽灵"
        )

        counts = dict(reindex())

        assert counts["report"] == counts["notice"] == 1
        assert sorted(titles("电梯")) == sorted([NOTICE, "电梯修好了"])
        assert not SearchEntry.objects.filter(title="幽灵").exists()

    def test_knows_a_village_by_its_new_name(self, village):
        a_notice(village, title=NOTICE)
        Area.objects.filter(pk=village.pk).update(name="新桥村")

        list(reindex(kinds=["notice"]))

        assert titles("新桥村 电梯") == [NOTICE]


class TestTheForm:
    def test_narrows_nothing_by_what_does_not_exist(self):
        form = SearchForm(
            {"q": "电梯", "kind": "secret", "village": "x", "state": "?", "since": "ever"}
        )

        assert form.is_valid()
        assert form.narrowing == Narrowing()


class TestThePage:
    def test_finds_and_marks(self, client, village):
        a_notice(village, title=NOTICE)

        html = client.get("/search/", {"q": "电梯"}).content.decode()

        assert "关于小区加装<mark>电梯</mark>的议事公告" in html

    def test_escapes_what_it_marks(self, client, village):
        a_notice(village, title="<b>电梯</b><script>")

        html = client.get("/search/", {"q": "电梯"}).content.decode()

        assert "&lt;b&gt;<mark>电梯</mark>&lt;/b&gt;&lt;script&gt;" in html

    @pytest.mark.parametrize(
        "question",
        ["", " ", '"', "'", '电梯"', "\\", "%", "_", "*", "AND", "NEAR(电 梯)", "电&梯", "😀", "-"],
    )
    def test_stands_whatever_is_typed(self, client, question):
        assert client.get("/search/", {"q": question}).status_code == 200
        assert client.get("/search/suggestions/", {"q": question}).status_code == 200

    @pytest.mark.parametrize("question", ["电" * 61])
    def test_says_why_it_cannot_search_and_keeps_what_was_typed(self, client, question):
        page = client.get("/search/", {"q": question})

        assert page.status_code == 200
        assert 'aria-invalid="true"' in page.content.decode()

    def test_says_what_to_do_when_nothing_is_found(self, client):
        html = client.get("/search/", {"q": "没有的事"}).content.decode()

        assert "Nothing was found for “没有的事”" in html
        assert "/reports/new/" in html

    def test_offers_what_has_every_character_instead(self, client, village):
        a_notice(village, title=NOTICE)

        html = client.get("/search/", {"q": "电梯加装"}).content.decode()

        assert "Nothing has just these words in a row." in html
        assert "/search/" in html
        assert "议事公告" in html

    def test_turns_its_pages_and_keeps_the_question(self, client, village):
        for number in range(21):
            a_notice(village, title=f"电梯 {number}")

        first = client.get("/search/", {"q": "电梯", "kind": "notice"}).content.decode()
        second = client.get("/search/", {"q": "电梯", "page": "2"}).content.decode()

        assert "page=2" in first
        assert "kind=notice" in first
        assert second.count('class="row found"') == 1

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_twelve_queries_at_most(
        self, client, village, rows, django_assert_max_num_queries
    ):
        for number in range(rows):
            file(title=f"电梯 {number}", visibility="public")
        client.force_login(
            PersonFactory(lives_in=village), "django.contrib.auth.backends.ModelBackend"
        )
        client.get("/search/", {"q": "电梯"})

        with django_assert_max_num_queries(12):
            client.get("/search/", {"q": "电梯"})

    def test_hides_an_offices_reports_until_the_second_factor_is_shown(self, client):
        place = staffed_county()
        file(place, title="楼下路灯不亮", visibility="private")
        client.force_login(place.worker, "django.contrib.auth.backends.ModelBackend")

        html = client.get("/search/", {"q": "路灯"}).content.decode()

        assert "楼下" not in html

    def test_suggests_links(self, client, village):
        notice = a_notice(village, title=NOTICE)

        html = client.get("/search/suggestions/", {"q": "电"}).content.decode()

        assert notice.get_url() in html
        assert "<mark>电</mark>" in html
