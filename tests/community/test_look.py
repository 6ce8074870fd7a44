"""The small marks every page is made of, and every component in every state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template

from community.components import lists, marks, telling
from community.components.base import Part
from community.components.gallery import GALLERY, exhibit
from community.components.lists import Pager
from community.components.marks import Due, Meter, Ring, Share, StatusMark
from tests.times import on_monday

NOW = on_monday("21:00")


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context({"now": NOW, **context})).strip()


def say(moment: object, style: str = "") -> str:
    drawn = draw("{% time moment style %}", moment=moment, style=style)
    return drawn.split(">")[1].split("<")[0]


class TestAMoment:
    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            (on_monday("17:20"), "Today 17:20"),
            (on_monday("17:20") - timedelta(days=1), "Yesterday 17:20"),
            (on_monday("17:20") + timedelta(days=1), "Tomorrow 17:20"),
            (on_monday("17:20") - timedelta(days=2), "28 February 17:20"),
            (on_monday("17:20").replace(year=2025), "2 March 2025 17:20"),
            (datetime(2026, 3, 1, 16, 30, tzinfo=UTC), "Today 00:30"),
            (on_monday("17:20").date(), "Today"),
        ],
    )
    def test_is_told_as_seen_from_the_village(self, moment, words):
        assert say(moment) == words

    def test_can_leave_the_clock_out(self):
        assert say(on_monday("17:20") - timedelta(days=3), "day") == "27 February"

    def test_can_be_told_in_full(self):
        assert say(on_monday("17:20"), "full") == "Monday, 2 March 2026"

    def test_is_exact_for_machines(self):
        drawn = draw("{% time moment %}", moment=on_monday("17:20"))

        assert 'datetime="2026-03-02T17:20+08:00"' in drawn


class TestABadge:
    def test_is_absent_when_nothing_waits(self):
        assert draw("{% badge 0 %}") == ""

    def test_stops_at_ninety_nine(self):
        assert ">99<" in draw("{% badge 99 %}")
        assert ">99+<" in draw("{% badge 100 %}")


class TestAField:
    class Form(forms.Form):
        name = forms.CharField(label="Name", help_text="As neighbours say it.")
        kind = forms.ChoiceField(
            label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
        )
        is_quiet = forms.BooleanField(label="Quiet", required=False)
        token = forms.CharField(widget=forms.HiddenInput, required=False)

    def draw(self, name: str, data: dict | None = None) -> str:
        return draw("{% field bound %}", bound=self.Form(data)[name])

    def test_has_its_label_and_its_help(self):
        drawn = self.draw("name")

        assert '<label class="field__label" for="id_name">Name</label>' in drawn
        assert 'aria-describedby="id_name-help"' in drawn
        assert '<p class="field__help" id="id_name-help">' in drawn
        assert "aria-invalid" not in drawn

    def test_says_what_is_wrong_and_keeps_what_was_typed(self):
        drawn = self.draw("name", {"name": "", "kind": "c"})

        assert 'aria-invalid="true"' in drawn
        assert 'aria-describedby="id_name-help id_name-error"' in drawn
        assert 'id="id_name-error"' in drawn

    def test_is_a_group_with_a_legend_when_one_is_chosen_of_several(self):
        drawn = self.draw("kind", {"name": "x", "kind": "b"})

        assert "<legend" in drawn
        assert drawn.count('class="chip"') == 2
        assert drawn.count("data-on") == 1

    def test_is_a_tick_with_its_words_beside_it(self):
        assert 'class="pick"' in self.draw("is_quiet")

    def test_is_nothing_but_itself_when_it_is_hidden(self):
        assert self.draw("token") == '<input type="hidden" name="token" id="id_token">'


class TestTheGallery:
    @pytest.mark.parametrize("key", GALLERY)
    def test_shows_every_state_without_a_database(self, key):
        for state, example in GALLERY[key].examples():
            assert str(state)
            assert example.render_html({}).strip()

    def test_shows_every_component(self):
        shown = {type(example) for one in GALLERY.values() for _s, example in one.examples()}
        ours = {
            part
            for module in (lists, marks, telling)
            for part in vars(module).values()
            if isinstance(part, type) and issubclass(part, Part) and part is not Part
        }

        assert {part.__name__ for part in ours - shown} == set()

    def test_takes_a_name_once(self):
        with pytest.raises(AssertionError, match="two exhibits"):
            exhibit("ring", title="Ring", notes="")


class TestAStatus:
    def test_is_persimmon_only_where_it_is_the_reader_s_turn(self):
        assert StatusMark("done").family == "you"
        assert StatusMark("done", is_yours=False).family == "doing"

    def test_of_others_keeps_its_colour(self):
        assert StatusMark("resolved", is_yours=False).family == "closed"


class TestARing:
    def test_is_closed_only_when_every_part_is_done(self):
        assert "circle" not in Ring(parts=4, total=5, label="…").render_html()
        assert "circle" in Ring(parts=5, total=5, label="…").render_html()

    def test_marks_the_part_that_waits_for_the_reader(self):
        looks = [arc.look for arc in Ring(parts=2, total=4, you=True, label="…").arcs()]

        assert looks == ["ring__fg", "ring__fg", "ring__you", "ring__bg"]

    def test_of_a_share_survives_a_total_of_none(self):
        assert Share(count=0, total=0, label="…").percent == 0

    def test_of_a_share_says_both_numbers_and_no_percentage(self):
        html = Share(count=3, total=9, label="…").render_html()

        assert "<b>3</b>/ 9" in html
        assert "%" not in html

    def test_of_a_meter_never_runs_over(self):
        assert Meter(count=70, total=55, label="…").width == "100%"


class TestADeadline:
    @pytest.mark.parametrize(
        ("level", "icon"),
        [("", "clock"), ("yellow", "clock"), ("orange", "warn"), ("red", "stop")],
    )
    def test_has_a_shape_of_its_own(self, level, icon):
        assert f"#i-{icon}" in Due(level, "…").render_html()


class TestAPager:
    def page(self, number: int):
        return Paginator(list(range(50)), 20).page(number)

    def test_keeps_the_filters_in_the_address(self):
        pager = Pager(page=self.page(2), query=QueryDict("state=done&page=2"))

        assert pager.earlier_url == "?state=done&page=1"
        assert pager.later_url == "?state=done&page=3"

    def test_has_no_way_beyond_the_ends(self):
        assert Pager(page=self.page(1)).earlier_url == ""
        assert Pager(page=self.page(3)).later_url == ""

    def test_is_absent_when_all_fits(self):
        assert Pager(page=Paginator([1], 20).page(1)).render_html().strip() == ""
