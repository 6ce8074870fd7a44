"""The first page: composed of what the apps have registered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from community import home
from community.home import (
    PROVIDER_QUERIES,
    Ask,
    Figure,
    FigureProvider,
    News,
    NewsProvider,
    Todo,
    TodoProvider,
    Waiting,
    waiting_in,
)
from community.models import Area, Notification, Person
from community.queries.home import TODOS_MAX, doors_for, figures_of, news_of, todos_of
from community.views.home import greeting
from tests.factories.community import (
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
)
from tests.times import on_monday

pytestmark = pytest.mark.django_db

HOME = "/"
NOW = on_monday("10:00")


@pytest.fixture(autouse=True)
def registries(monkeypatch):
    """Start each test with nothing registered, and put back what was."""
    for name in ("TODO_PROVIDERS", "NEWS_PROVIDERS", "ASKS", "FIGURE_PROVIDERS"):
        monkeypatch.setattr(home, name, {})
        monkeypatch.setattr(f"community.queries.home.{name}", getattr(home, name))


def todo(title: str, due_at=None) -> Todo:
    return Todo(title=title, note="…", icon="bell", url="/x/", action="Go", due_at=due_at)


def provide_todos(key: str, *todos: Todo, count: int | None = None) -> None:
    home.register_todos(
        TodoProvider(
            key=key,
            find=lambda person, at, limit: Waiting(
                rows=todos[:limit], count=len(todos) if count is None else count
            ),
        )
    )


def news(title: str, hours_ago: int, *, is_urgent: bool = False) -> News:
    return News(
        title=title,
        note="…",
        icon="bell",
        url="/x/",
        at=NOW - timedelta(hours=hours_ago),
        is_urgent=is_urgent,
    )


def provide_news(key: str, *items: News) -> None:
    home.register_news(NewsProvider(key=key, rows=lambda area, person, at, limit: items[:limit]))


class TestWhatWaits:
    def test_comes_in_the_order_in_which_it_is_due_whoever_provides_it(self):
        provide_todos("a", todo("next week", NOW + timedelta(days=7)), todo("any time"))
        provide_todos("b", todo("tonight", NOW + timedelta(hours=9)))

        todos = todos_of(PersonFactory(), NOW)

        assert [row.title for row in todos.rows] == ["tonight", "next week", "any time"]

    def test_is_counted_beyond_the_rows_that_are_shown(self):
        provide_todos("a", *(todo(f"{n}") for n in range(TODOS_MAX)), count=23)
        provide_todos("b", todo("one more"))

        todos = todos_of(PersonFactory(), NOW)

        assert len(todos.rows) == TODOS_MAX
        assert todos.count == 24

    def test_is_counted_with_the_query_that_finds_the_rows(self, django_assert_num_queries):
        for _each in range(7):
            PersonFactory(name="Somebody")
        found = Person.objects.filter(name="Somebody").order_by("pk")

        with django_assert_num_queries(1):
            waiting = waiting_in(found, 5, shown_as=lambda person: todo(person.name))

        assert (len(waiting.rows), waiting.count) == (5, 7)
        assert waiting_in(found.none(), 5, shown_as=todo).count == 0

    def test_has_one_persimmon_button(self, client):
        provide_todos("a", todo("first"), todo("second"))
        client.force_login(PersonFactory())

        page = client.get(HOME).content.decode()

        assert page.count('data-kind="call"') == 1
        assert page.index("first") < page.index("second")

    def test_says_so_when_there_is_nothing(self, client):
        client.force_login(PersonFactory())

        assert "Nothing waits for you" in client.get(HOME).content.decode()

    def test_is_not_asked_for_guests(self, client):
        provide_todos("a", todo("private"))

        page = client.get(HOME).content.decode()

        assert "private" not in page
        assert "Sign in" in page


class TestNews:
    def test_tells_what_is_urgent_before_what_is_newest(self):
        provide_news("a", news("fair", 1), news("rules", 48))
        provide_news("b", news("water cut", 30, is_urgent=True))

        told = news_of(county_with_a_village().village, None, NOW)

        assert [item.title for item in told] == ["water cut", "fair", "rules"]

    def test_is_of_the_village_where_the_person_lives(self, client):
        asked: list[Area] = []
        home.register_news(
            NewsProvider(key="a", rows=lambda area, person, at, limit: asked.append(area) or [])
        )
        line = county_with_a_village()
        person = MembershipFactory(household__micro_grid=line.micro_grid).person
        client.force_login(person)

        client.get(HOME)

        assert asked == [line.village]

    def test_has_words_for_a_quiet_village(self, client):
        county_with_a_village()

        assert "A quiet village these days" in client.get(HOME).content.decode()


class TestADoor:
    def test_is_open_only_where_its_app_is(self):
        home.register_ask(
            Ask(key="no", label="No", icon="gift", url_name="nowhere:at_all", order=1)
        )
        home.register_ask(
            Ask(key="yes", label="Yes", icon="home", url_name="community:home", order=2)
        )

        assert [door.ask.key for door in doors_for(None, NOW)] == ["yes"]

    def test_is_first_when_it_is_the_main_one(self):
        for key, is_main in (("small", False), ("large", True)):
            home.register_ask(
                Ask(
                    key=key,
                    label=key,
                    icon="home",
                    url_name="community:home",
                    order=1,
                    is_main=is_main,
                )
            )

        assert [door.ask.key for door in doors_for(None, NOW)] == ["large", "small"]

    def test_is_kept_from_those_it_is_not_for(self):
        home.register_ask(
            Ask(
                key="mine",
                label="Mine",
                icon="me",
                url_name="community:home",
                order=1,
                is_for=lambda person, at: person is not None,
            )
        )

        assert doors_for(None, NOW) == []
        assert len(doors_for(PersonFactory(), NOW)) == 1


class TestAFigure:
    def test_says_out_of_how_many(self, client):
        county_with_a_village()
        home.register_figure(
            FigureProvider(
                key="month",
                figure=lambda area, at: Figure(
                    title="This month",
                    count=121,
                    total=128,
                    out_of="done, of 128",
                    sentence="121 of 128 are done",
                    word="done",
                ),
            )
        )

        page = client.get(HOME).content.decode()

        assert "done, of 128" in page
        assert 'aria-label="121 of 128 are done"' in page

    def test_is_left_out_where_there_is_nothing_to_count(self):
        home.register_figure(FigureProvider(key="none", figure=lambda area, at: None))

        assert figures_of(county_with_a_village().village, NOW) == []


class TestTheGreeting:
    @pytest.mark.parametrize(
        ("clock", "words"),
        [
            ("04:59", "Good evening"),
            ("05:00", "Good morning"),
            ("10:59", "Good morning"),
            ("11:00", "Good day"),
            ("12:59", "Good day"),
            ("13:00", "Good afternoon"),
            ("17:59", "Good afternoon"),
            ("18:00", "Good evening"),
        ],
    )
    def test_fits_the_time_of_the_day(self, clock, words):
        assert greeting(on_monday(clock)) == words


class TestTheCost:
    """Home costs at most twelve queries; the frame takes five, the providers share the rest."""

    FRAME_QUERIES = 5

    @pytest.mark.parametrize("units", [1, 20])
    @pytest.mark.parametrize("messages", [0, 30])
    def test_of_the_frame_is_the_same_however_much_there_is(
        self, client, django_assert_max_num_queries, units, messages
    ):
        line = county_with_a_village()
        for _each in range(units):
            county_with_a_village(line.county)
        person = somebody_serving(line.grid)
        Notification.objects.bulk_create(
            Notification(
                person=person,
                kind="a",
                event_id=f"00000000-0000-4000-8000-{n:012d}",
                group="a",
                path="/",
                created_at=NOW,
            )
            for n in range(messages)
        )
        client.force_login(person)
        client.get(HOME)

        with django_assert_max_num_queries(self.FRAME_QUERIES):
            client.get(HOME)

    def test_of_the_frame_and_the_providers_together_leaves_one_of_the_twelve(self):
        shared = 1  # the number on the inbox is asked of the provider that shows its rows

        assert self.FRAME_QUERIES + PROVIDER_QUERIES - shared <= 11


def test_home_needs_no_county(client):
    assert client.get(reverse("community:home")).status_code == 200
