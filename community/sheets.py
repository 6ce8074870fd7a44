"""A4 sheets of plates as PDF: ten to a sheet, vector codes, marks to cut along.

A white wall under dark tiles. What every plate of a village shares is drawn once and used again,
so a plate costs its code and six letters. Chinese is set in a TrueType font that is found on the
machine and put into the file as the few characters that are used; without one the file names the
standard font that every reader of PDF brings for Chinese (docs/adr/0100).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import reportlab
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from community import qr

COLUMNS, ROWS = 2, 5
A_SHEET: Final = COLUMNS * ROWS
WIDTH, HEIGHT = 95 * mm, 55 * mm
LEFT, BOTTOM = (A4[0] - COLUMNS * WIDTH) / 2, (A4[1] - ROWS * HEIGHT) / 2
CODE_SIDE: Final = 42 * mm
"""Of a code with its quiet zone: modules of a millimetre are read from two metres."""

ROOF, INK, FAINT, MARK = (HexColor(c) for c in ("#2e403e", "#182826", "#596763", "#8c9d98"))
CHINESE, LETTERS = "linli-chinese", "linli-letters"
NOT_EMBEDDED: Final = "STSong-Light"
FONTS: Final = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
)
"""Fonts with TrueType outlines, where Debian, Fedora and macOS keep them; others cannot be set."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """What one plate shows. There is nothing else to know about it here."""

    code: str
    address: str
    """What the code to scan says."""
    village: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What every plate says, in the language of the lane."""

    call: str
    lines: tuple[str, ...]
    by_hand: str
    """How to get there without a camera."""
    foot: str
    """Below the sheet, with ``%(sheet)d`` and ``%(sheets)d``; it is cut off."""


def draw(
    faces: Iterable[Face | None], *, total: int, words: Words, out: BinaryIO, font: str = ""
) -> Iterator[int]:
    """Write the sheets to `out`, yielding after each how many plates are drawn.

    A face that is None leaves its place white. The file is whole when the last sheet is yielded.
    """
    pen = Pen(Canvas(out, pagesize=A4, pageCompression=1), words, chinese(font))
    sheets = -(-total // A_SHEET)
    done = 0
    for done, face in enumerate(faces, start=1):
        if face is not None:
            pen.plate(face, place=(done - 1) % A_SHEET)
        if done % A_SHEET == 0:
            pen.end_sheet(done // A_SHEET, sheets)
            yield done
    if done % A_SHEET:
        pen.end_sheet(sheets, sheets)
    pen.canvas.save()
    yield done


def is_embedded(font: str = "") -> bool:
    """Whether a font was found to put into the file."""
    return chinese(font) == CHINESE


@cache
def chinese(path: str = "") -> str:
    """Return the name to set Chinese with: a font of this machine, else the standard one."""
    letters = Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf"
    pdfmetrics.registerFont(TTFont(LETTERS, str(letters)))
    for candidate in (path, *FONTS) if path else FONTS:
        if Path(candidate).exists():
            try:
                pdfmetrics.registerFont(TTFont(CHINESE, candidate))
            except TTFError:
                continue
            return CHINESE
    pdfmetrics.registerFont(UnicodeCIDFont(NOT_EMBEDDED))
    return NOT_EMBEDDED


class Pen:
    """What draws on the sheets of one file."""

    def __init__(self, canvas: Any, words: Words, font: str) -> None:
        self.canvas, self.words, self.font = canvas, words, font
        self._walls: dict[str, str] = {}
        canvas.setTitle(words.call)
        canvas.setCreator("Linli")

    def plate(self, face: Face, *, place: int) -> None:
        """Draw one plate; places count from left to right, from the top down."""
        canvas = self.canvas
        canvas.saveState()
        row, column = divmod(place, COLUMNS)
        canvas.translate(LEFT + column * WIDTH, BOTTOM + (ROWS - 1 - row) * HEIGHT)
        canvas.doForm(self._wall_of(face.village))
        canvas.setFillColor(INK)
        if face.label:
            self._line(face.label, x=48.5 * mm, y=37.2 * mm, size=8.5, most=42 * mm)
        canvas.setFont(LETTERS, 20)
        canvas.drawString(48.3 * mm, 8.2 * mm, face.code, charSpace=1.6)
        self._code(face.address)
        canvas.restoreState()

    def end_sheet(self, number: int, sheets: int) -> None:
        """Draw the marks to cut along, and the line at the foot."""
        self._cut_marks()
        self.canvas.setFillColor(FAINT)
        self.canvas.setFont(self.font, 7)
        words = self.words.foot % {"sheet": number, "sheets": sheets}
        self.canvas.drawCentredString(A4[0] / 2, 4 * mm, words)
        self.canvas.showPage()

    def _code(self, address: str) -> None:
        rows = qr.modules(address)
        module = CODE_SIDE / (len(rows) + 2 * qr.QUIET_MODULES)
        canvas = self.canvas
        canvas.translate(4 * mm + qr.QUIET_MODULES * module, 2.4 * mm + qr.QUIET_MODULES * module)
        canvas.scale(module, module)
        path = canvas.beginPath()
        for y, row in enumerate(reversed(rows)):
            for x, length in _runs(row):
                path.rect(x, y, length, 1)
        canvas.setFillColor(black)
        canvas.drawPath(path, stroke=0, fill=1)

    def _wall_of(self, village: str) -> str:
        """Draw what the plates of a village share, the first time; return what it is called."""
        if village not in self._walls:
            name = self._walls[village] = f"wall-{len(self._walls)}"
            self.canvas.beginForm(name, 0, 0, WIDTH, HEIGHT)
            self._eave()
            self._words(village)
            self.canvas.endForm()
        return self._walls[village]

    def _eave(self) -> None:
        canvas = self.canvas
        canvas.setFillColor(ROOF)
        canvas.setStrokeColor(ROOF)
        left, right, low = 4 * mm, WIDTH - 4 * mm, 47.4 * mm
        tip, top = low + 2.2 * mm, low + 3.4 * mm
        roof = canvas.beginPath()  # the ridge is straight, the corners turn up
        roof.moveTo(left - 1.2 * mm, tip)
        roof.curveTo(left, low + 0.6 * mm, left + 1 * mm, low, left + 3 * mm, low)
        roof.lineTo(right - 3 * mm, low)
        roof.curveTo(right - 1 * mm, low, right, low + 0.6 * mm, right + 1.2 * mm, tip)
        roof.curveTo(right, low + 2.6 * mm, right - 2 * mm, top, right - 5 * mm, top)
        roof.lineTo(left + 5 * mm, top)
        roof.curveTo(left + 2 * mm, top, left, low + 2.6 * mm, left - 1.2 * mm, tip)
        canvas.drawPath(roof, stroke=0, fill=1)
        step, x = 2.9 * mm, left + 4.35 * mm
        while x < right - 3.5 * mm:  # the ends of the tiles
            canvas.circle(x, low, 0.95 * mm, stroke=0, fill=1)
            x += step
        canvas.setStrokeColor(white)
        canvas.setLineWidth(0.25 * mm)
        canvas.line(left + 3 * mm, low + 1.7 * mm, right - 3 * mm, low + 1.7 * mm)

    def _words(self, village: str) -> None:
        canvas, x, most = self.canvas, 48.5 * mm, 42.5 * mm
        canvas.setFillColor(INK)
        self._line(village, x=x, y=41.2 * mm, size=10.5, most=most)
        self._line(self.words.call, x=x, y=30.2 * mm, size=16.5, most=most, is_bold=True)
        canvas.setFillColor(FAINT)
        for number, line in enumerate(self.words.lines):
            self._line(line, x=x, y=(25.2 - 3.9 * number) * mm, size=8, most=most)
        self._line(self.words.by_hand, x=x, y=4.2 * mm, size=6.4, most=most)

    def _line(
        self, words: str, *, x: float, y: float, size: float, most: float, is_bold: bool = False
    ) -> None:
        """Set one line, smaller when it would be too long."""
        width = pdfmetrics.stringWidth(words, self.font, size)
        text = self.canvas.beginText(x, y)
        text.setFont(self.font, min(size, size * most / max(width, 1)))
        if is_bold:
            text.setTextRenderMode(2)
            text.setStrokeColor(INK)
            self.canvas.setLineWidth(0.45)
        text.textOut(words)
        if is_bold:
            text.setTextRenderMode(0)
        self.canvas.drawText(text)

    def _cut_marks(self) -> None:
        """Draw short lines outside the plates, and crosses where four of them meet."""
        canvas = self.canvas
        canvas.setStrokeColor(MARK)
        canvas.setLineWidth(0.2 * mm)
        xs = [LEFT + n * WIDTH for n in range(COLUMNS + 1)]
        ys = [BOTTOM + n * HEIGHT for n in range(ROWS + 1)]
        for x in xs:
            canvas.line(x, ys[0] - 4 * mm, x, ys[0] - 1 * mm)
            canvas.line(x, ys[-1] + 1 * mm, x, ys[-1] + 4 * mm)
        for y in ys:
            canvas.line(xs[0] - 5 * mm, y, xs[0] - 1 * mm, y)
            canvas.line(xs[-1] + 1 * mm, y, xs[-1] + 5 * mm, y)
        for x in xs[1:-1]:
            for y in ys[1:-1]:
                canvas.line(x - 1.5 * mm, y, x + 1.5 * mm, y)
                canvas.line(x, y - 1.5 * mm, x, y + 1.5 * mm)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where black begins, and how far it goes: a rectangle each, rather than a module."""
    start: int | None = None
    for x, is_black in enumerate([*row, False]):
        if is_black and start is None:
            start = x
        elif not is_black and start is not None:
            yield start, x - start
            start = None
