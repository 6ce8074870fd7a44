"""Sheets of plates: what is on them, read back by eyes that know nothing of how they were drawn."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from PIL import Image

from community import qr, sheets
from community.sheets import A_SHEET, Face, Words, draw, is_embedded

WORDS = Words(
    call="扫一扫，报件事",
    lines=("路灯不亮、路面破损、垃圾没人收，", "扫码选一选、拍张照，就能报给村里。"),
    by_hand="扫不了？打开 linli.example/scan 输入短码",
    foot="第 %(sheet)d 张，共 %(sheets)d 张",
)
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")


def code_number(n):
    return f"K7M2{'23456789ABCDEFGHJKMNPQRSTUVWXYZ'[n // 8]}{'23456789'[n % 8]}"


def faces(number, **more):
    for n in range(number):
        code = code_number(n)
        address = f"https://linli.example.gov.cn/d/{code}/"
        yield Face(code=code, address=address, village="东溪村", **more)


def drawn(given, total):
    out = io.BytesIO()
    heard = list(draw(given, total=total, words=WORDS, out=out))
    return out.getvalue(), heard


def rendered(pdf, tmp_path, dpi=150):
    """Return the pages as pictures, drawn by poppler."""
    path = tmp_path / "plates.pdf"
    path.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", path, tmp_path / "page"], check=True, timeout=60
    )
    return [Image.open(io.BytesIO(p.read_bytes())) for p in sorted(tmp_path.glob("page*.png"))]


class TestASheet:
    @needs_poppler
    def test_is_read_back_whole_from_a_rendering(self, tmp_path):
        pdf, _heard = drawn(faces(23), 23)

        pages = rendered(pdf, tmp_path)

        read = [sorted(qr.read(page)) for page in pages]
        expected = [face.address for face in faces(23)]
        assert [len(codes) for codes in read] == [10, 10, 3]
        assert sorted(code for codes in read for code in codes) == sorted(expected)

    @needs_poppler
    def test_is_read_even_from_a_poor_rendering(self, tmp_path):
        pdf, _heard = drawn(faces(10), 10)

        [page] = rendered(pdf, tmp_path, dpi=72)

        assert len(qr.read(page)) == 10

    @needs_poppler
    def test_has_its_codes_as_lines_and_not_as_pictures(self, tmp_path):
        pdf, _heard = drawn(faces(10), 10)
        path = tmp_path / "plates.pdf"
        path.write_bytes(pdf)

        listed = subprocess.run(["pdfimages", "-list", path], capture_output=True, check=True)

        assert len(listed.stdout.splitlines()) == 2  # the heads of the columns

    @needs_poppler
    def test_is_of_a4(self, tmp_path):
        pdf, _heard = drawn(faces(1), 1)

        [page] = rendered(pdf, tmp_path, dpi=72)

        assert page.size == (596, 842)

    @needs_poppler
    def test_says_what_residents_read_and_the_code_in_letters(self, tmp_path):
        if not is_embedded():
            pytest.skip("needs a Chinese font")
        pdf, _heard = drawn(faces(1, label="路灯 12 号"), 1)
        path = tmp_path / "plates.pdf"
        path.write_bytes(pdf)

        said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)

        text = said.stdout.decode()
        for words in ("东溪村", "扫一扫，报件事", "路灯 12 号", code_number(0), "第 1 张，共 1 张"):
            assert words in text

    @needs_poppler
    def test_leaves_the_place_of_a_revoked_plate_white(self, tmp_path):
        first, _gone, third = faces(3)

        pdf, heard = drawn([first, None, third], 3)

        [page] = rendered(pdf, tmp_path)
        assert set(qr.read(page)) == {first.address, third.address}
        assert heard == [3]

    def test_tells_after_each_how_many_plates_are_drawn(self):
        _pdf, heard = drawn(faces(25), 25)

        assert heard == [A_SHEET, 2 * A_SHEET, 25]

    @needs_poppler
    def test_has_its_font_inside_and_only_what_is_used_of_it(self, tmp_path):
        if not is_embedded():
            pytest.skip("needs a Chinese font")
        pdf, _heard = drawn(faces(10), 10)
        path = tmp_path / "plates.pdf"
        path.write_bytes(pdf)

        fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True)

        rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
        assert len(pdf) < 200_000
        assert all(row[-5] == "yes" for row in rows if "Helvetica" not in row[0])


class TestWithoutAChineseFont:
    @pytest.fixture
    def bare(self, monkeypatch):
        monkeypatch.setattr(sheets, "FONTS", ())
        sheets.chinese.cache_clear()
        yield
        sheets.chinese.cache_clear()

    @needs_poppler
    def test_the_codes_are_drawn_all_the_same(self, bare, tmp_path):
        pdf, _heard = drawn(faces(10), 10)

        [page] = rendered(pdf, tmp_path)

        assert len(qr.read(page)) == 10
        assert not is_embedded()

    def test_the_file_names_the_standard_one(self, bare):
        pdf, _heard = drawn(faces(1), 1)

        assert b"STSong-Light" in pdf

    def test_a_font_that_cannot_be_put_into_a_file_is_passed_over(self, bare, tmp_path):
        nonsense = tmp_path / "font.ttf"
        nonsense.write_bytes(b"OTTO" + bytes(100))

        assert not is_embedded(str(nonsense))
