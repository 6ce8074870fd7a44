"""What a text is found by, and what a question asks for."""

from __future__ import annotations

import pytest

from community.terms import Chunk, Term, Wanted, folded, spans, terms_of


class TestFolding:
    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("ＷｉＦｉ", "wifi"),
            ("5G 基站", "5g基站"),
            ("3 幢 2 单元", "3幢2单元"),
            ("street lamp", "street lamp"),
            ("１２３４５", "12345"),
            ("加装　电梯", "加装 电梯"),
        ],
    )
    def test_brings_what_is_written_differently_to_one_form(self, text, form):
        assert folded(text) == form


class TestTerms:
    def test_are_the_characters_and_the_pairs(self):
        assert terms_of("装电梯") == {"装", "电", "梯", "装电", "电梯"}

    def test_join_a_word_to_the_character_beside_it(self):
        assert terms_of("3幢") == {"3", "幢", "3幢"}

    def test_do_not_reach_across_punctuation(self):
        assert "梯维" not in terms_of("电梯,维修")

    def test_are_never_longer_than_a_database_takes(self):
        assert max(len(term) for term in terms_of("a" * 5000)) <= 80

    def test_hold_a_rare_character_of_a_name(self):
        assert "𬭎" in terms_of("李𬭎")


class TestAQuestion:
    @pytest.mark.parametrize("nothing", ["", "  ", '"', "“”", "、，。", "'; --", "\u3000"])
    def test_of_blanks_and_quotes_asks_nothing(self, nothing):
        assert not Wanted.in_words(nothing)

    def test_loses_its_quotes(self):
        assert Wanted.in_words('"加装电梯"') == Wanted.in_words("加装电梯")

    def test_asks_for_pairs_where_there_are_any(self):
        assert Wanted.in_words("装电梯").terms() == (Term("装电"), Term("电梯"))

    def test_keeps_words_apart_that_were_typed_apart(self):
        assert [chunk.text for chunk in Wanted.in_words("电梯 wifi").chunks] == ["电梯", "wifi"]

    def test_lets_a_latin_word_go_on_but_no_number(self):
        assert Wanted.in_words("wif 12").terms() == (Term("wif", is_prefix=True), Term("12"))

    def test_lets_the_last_number_go_on_while_somebody_types(self):
        assert Wanted.in_words("12", is_typing=True).terms() == (Term("12", is_prefix=True),)

    def test_asks_for_eight_words_at_most(self):
        assert len(Wanted.in_words(" ".join("甲乙丙丁戊己庚辛壬癸")).chunks) == 8

    def test_can_give_up_its_order(self):
        assert [chunk.text for chunk in Wanted.in_words("梯电").loosened().chunks] == ["梯", "电"]


class TestHighlighting:
    def marked(self, text: str, question: str) -> list[str]:
        return [text[a:b] for a, b in spans(text, Wanted.in_words(question).chunks)]

    def test_marks_the_whole_run_and_not_its_pairs(self):
        assert self.marked("关于小区加装电梯的议事公告", "加装电梯") == ["加装电梯"]

    def test_marks_the_original_however_it_is_written(self):
        assert self.marked("免费 ＷｉＦｉ 开通", "wifi") == ["ＷｉＦｉ"]

    def test_marks_across_a_blank_that_means_nothing(self):
        assert self.marked("新建 5G 基站", "5g基站") == ["5G 基站"]

    def test_does_not_mark_a_number_within_a_number(self):
        assert self.marked("13幢和3幢", "3幢") == ["3幢"]

    def test_merges_what_overlaps(self):
        assert self.marked("电梯间", "电梯 梯间") == ["电梯间"]

    def test_finds_nothing_in_nothing(self):
        assert spans("", [Chunk("电梯")]) == []
