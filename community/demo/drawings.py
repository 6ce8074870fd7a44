"""Placeholder photographs for the demo: flat drawings of what a sample says it shows.

Real photographs of a real place would show real people. These show a scene in the colours of the
house, by day or by night, from the words of the description.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

SIZE: Final = 1000
BIG: Final = 2
"""Drawn at twice the size and brought down, which makes edges smooth."""

NIGHT: Final = {
    "sky": "#25323f",
    "ground": "#1f2a33",
    "water": "#2b4255",
    "wall": "#3c4c55",
    "roof": "#182229",
    "line": "#5f7480",
    "thing": "#6d7f88",
}
DAY: Final = {
    "sky": "#dfe8e4",
    "ground": "#c3c2b4",
    "water": "#9dbcc2",
    "wall": "#f6f5ef",
    "roof": "#34434a",
    "line": "#8a9590",
    "thing": "#6b7a78",
}
LEAF, WARM, GOLD, BRICK, LIGHT = "#3f8069", "#c4703b", "#d9a441", "#a8483b", "#ffe9ad"


def draw(description: str, *, is_night: bool, is_after: bool = False) -> io.BytesIO:
    """Return a JPEG of the scene that the description speaks of."""
    palette = NIGHT if is_night or "夜" in description or "晚" in description else DAY
    image = Image.new("RGB", (SIZE * BIG, SIZE * BIG), palette["sky"])
    on = Canvas(ImageDraw.Draw(image), palette, is_after)
    _place(on)
    scene = next((scene for words, scene in SCENES if any(w in description for w in words)), _sign)
    scene(on)
    file = io.BytesIO()
    image.reduce(BIG).save(file, "JPEG", quality=88)
    file.seek(0)
    return file


K: Final = SIZE * BIG / 100
"""Everything is drawn in hundredths of the side."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(frozen=True)
class Canvas:
    """The sheet, its colours, and whether the scene is as it is after the handling."""

    pen: ImageDraw.ImageDraw
    colours: Mapping[str, str]
    is_after: bool

    def __getitem__(self, name: str) -> str:
        return self.colours[name]

    def box(self, at: Box, fill: str) -> None:
        self.pen.rectangle(_corners(at), fill=fill)

    def oval(self, at: Box, fill: str) -> None:
        self.pen.ellipse(_corners(at), fill=fill)

    def shape(self, fill: str, *points: Point) -> None:
        self.pen.polygon([(x * K, y * K) for x, y in points], fill=fill)

    def line(self, fill: str, thick: float, *points: Point) -> None:
        ends = [(x * K, y * K) for x, y in points]
        self.pen.line(ends, fill=fill, width=int(thick * K), joint="curve")


def _corners(at: Box) -> Box:
    x, y, width, height = at
    return x * K, y * K, (x + width) * K, (y + height) * K


def _place(on: Canvas) -> None:
    """A lane between two white houses with dark roofs: everywhere in the county."""
    on.box((0, 62, 100, 38), on["ground"])
    for x, width in ((0, 26), (78, 22)):
        on.box((x, 38, width, 24), on["wall"])
        on.shape(on["roof"], (x - 3, 39), (x + 3, 31), (x + width - 3, 31), (x + width + 3, 39))
        on.box((x + width * 0.35, 45, 6, 8), on["line"])


def _lamp(on: Canvas) -> None:
    if on.is_after:
        on.shape("#6f6d58", (58, 30), (66, 30), (92, 96), (36, 96))
    on.line(on["thing"], 1.6, (50, 88), (50, 26), (52, 23), (58, 23))
    on.shape(on["line"], (57, 22), (66, 22), (68, 27), (55, 27))
    on.shape(on["line"], (42, 92), (58, 92), (55, 87), (45, 87))
    if on.is_after:
        on.oval((56, 26, 11, 3), LIGHT)


def _steps(on: Canvas) -> None:
    for number in range(5):
        tone = on["line"] if number % 2 else on["thing"]
        on.box((24 + number * 3, 64 + number * 6, 52 - number * 6, 6), tone)
    on.box((0, 94, 100, 6), on["water"])


def _manhole(on: Canvas) -> None:
    on.oval((32, 70, 36, 16), "#2a3236")
    if on.is_after:
        on.oval((34, 71, 32, 13), on["thing"])
    else:
        on.shape(on["thing"], (34, 76), (64, 62), (70, 68), (40, 83))


def _cone(on: Canvas) -> None:
    _manhole(on)
    on.shape(WARM, (20, 88), (27, 60), (30, 60), (37, 88))
    on.shape("#f6f5ef", (23, 77), (25, 70), (32, 70), (34, 77))
    on.box((17, 87, 23, 3), WARM)


def _weeds(on: Canvas) -> None:
    on.box((0, 58, 100, 42), on["water"])
    on.oval((14, 24, 72, 70), on["line"])
    on.oval((24, 34, 52, 52), on["sky"])
    on.box((0, 62, 100, 38), on["water"])
    on.box((0, 30, 100, 6), on["line"])
    if not on.is_after:
        for x, y, w in ((26, 70, 22), (42, 76, 26), (34, 84, 30), (60, 70, 14)):
            on.oval((x, y, w, 7), LEAF)
            on.oval((x + 4, y - 2, w / 2, 5), "#5a9a80")


def _wires(on: Canvas) -> None:
    on.box((20, 8, 60, 54), on["wall"])
    for x in (28, 46, 64):
        on.box((x, 18, 9, 12), on["line"])
    if not on.is_after:
        on.line(BRICK, 0.9, (50, 30), (48, 48), (44, 76))
        on.line("#3a3a3a", 0.9, (52, 30), (56, 50), (58, 76))
    _bikes(on)


def _bikes(on: Canvas) -> None:
    for x in (14, 34, 54, 74)[: 1 if on.is_after else 4]:
        on.oval((x, 80, 8, 8), on["roof"])
        on.oval((x + 11, 80, 8, 8), on["roof"])
        on.line(LEAF if x % 3 else WARM, 2.2, (x + 4, 84), (x + 8, 77), (x + 15, 84))
        on.line(on["thing"], 1.2, (x + 14, 83), (x + 13, 72), (x + 10, 71))


def _fire_lane(on: Canvas) -> None:
    on.shape(on["line"], (30, 62), (70, 62), (96, 100), (4, 100))
    for number in range(4):
        y = 66 + number * 9
        on.line(GOLD, 1.2, (34 - number * 6, y), (66 + number * 6, y + 6))
    if not on.is_after:
        on.box((32, 60, 34, 18), LEAF)
        on.shape("#5a9a80", (36, 61), (41, 52), (58, 52), (63, 61))
        on.oval((35, 74, 8, 8), on["roof"])
        on.oval((55, 74, 8, 8), on["roof"])


def _flower_bed(on: Canvas) -> None:
    x = 58 if on.is_after else 36
    on.box((x, 72, 38, 16), BRICK)
    for row in (76, 82):
        on.line("#c98a7d", 0.5, (x, row), (x + 38, row))
    for number, colour in enumerate((GOLD, WARM, GOLD, "#e3c7cf")):
        on.oval((x + 2 + number * 9, 62, 9, 9), LEAF)
        on.oval((x + 4 + number * 9, 61, 4, 4), colour)


def _tricycle(on: Canvas) -> None:
    _flower_bed(on)
    for x in (8, 26):
        on.oval((x, 80, 11, 11), on["roof"])
    on.box((8, 70, 22, 11), LEAF)
    on.line(on["thing"], 1.4, (30, 80), (36, 66), (32, 65))


def _pothole(on: Canvas) -> None:
    on.shape(on["line"], (20, 62), (80, 62), (100, 100), (0, 100))
    on.oval((30, 72, 42, 17), "#4a5254")
    on.oval((34, 75, 34, 12), on["thing"] if on.is_after else on["water"])
    on.line(on["roof"], 0.7, (20, 97), (32, 88))
    on.line(on["roof"], 0.7, (27, 98), (38, 89))


def _sign(on: Canvas) -> None:
    on.line(on["thing"], 1.8, (50, 92), (50, 50))
    on.box((32, 30, 36, 24), LEAF if on.is_after else on["line"])
    on.box((35, 33, 30, 18), on["wall"])
    for y in (37, 41, 45):
        on.box((38, y, 24, 1.6), on["line"])


def _rail(on: Canvas) -> None:
    on.box((0, 72, 100, 28), on["water"])
    on.box((0, 68, 100, 6), on["line"])
    for number in range(6):
        lean = 4 if number in (2, 3) and not on.is_after else 0
        x = 8 + number * 16
        on.line(on["thing"], 2, (x, 68), (x + lean, 50))
    on.line(on["thing"], 1.6, (4, 51), (96, 51))


def _heap(on: Canvas) -> None:
    if on.is_after:
        return
    on.box((28, 74, 30, 14), "#8d6f52")
    on.box((31, 66, 24, 9), "#a68463")
    on.shape("#6f5a45", (56, 88), (62, 62), (74, 66), (70, 88))
    on.box((40, 80, 36, 8), on["line"])


Scene = Callable[[Canvas], None]
SCENES: Final[tuple[tuple[tuple[str, ...], Scene], ...]] = (
    (("反光锥",), _cone),
    (("井盖",), _manhole),
    (("灯",), _lamp),
    (("台阶", "扶手"), _steps),
    (("水草", "石桥"), _weeds),
    (("两根线", "窗口"), _wires),
    (("电动车",), _bikes),
    (("消防通道", "禁停"), _fire_lane),
    (("三轮车",), _tricycle),
    (("花坛",), _flower_bed),
    (("护栏",), _rail),
    (("家具", "泡沫箱", "堆"), _heap),
    (("坑", "刹车印"), _pothole),
)
