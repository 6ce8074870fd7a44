"""Placeholder photographs for the demo: flat drawings of what a sample says it shows.

Real photographs of a real place would show real people. These show a scene in the colours of the
house, by day or by night, from the words of the description.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

SIZE: Final = 1200
BIG: Final = 2
"""Drawn at twice the size and brought down, which makes edges smooth."""

Colour = str
Pen = ImageDraw.ImageDraw

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
    pen = ImageDraw.Draw(image)
    _place(pen, palette)
    scene = next((scene for words, scene in SCENES if any(w in description for w in words)), _sign)
    scene(pen, palette, is_after)
    file = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(file, "JPEG", quality=88)
    file.seek(0)
    return file


def _box(pen: Pen, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    k = SIZE * BIG / 100
    pen.rectangle((x * k, y * k, (x + width) * k, (y + height) * k), fill=fill)


def _shape(pen: Pen, fill: Colour, *points: tuple[float, float]) -> None:
    k = SIZE * BIG / 100
    pen.polygon([(x * k, y * k) for x, y in points], fill=fill)


def _oval(pen: Pen, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    k = SIZE * BIG / 100
    pen.ellipse((x * k, y * k, (x + width) * k, (y + height) * k), fill=fill)


def _line(pen: Pen, fill: Colour, thick: float, *points: tuple[float, float]) -> None:
    k = SIZE * BIG / 100
    pen.line([(x * k, y * k) for x, y in points], fill=fill, width=int(thick * k), joint="curve")


def _place(pen: Pen, p: dict[str, Colour]) -> None:
    """A lane between two white houses with dark roofs: everywhere in the county."""
    _box(pen, 0, 62, 100, 38, p["ground"])
    for x, width in ((0, 26), (78, 22)):
        _box(pen, x, 38, width, 24, p["wall"])
        _shape(pen, p["roof"], (x - 3, 39), (x + 3, 31), (x + width - 3, 31), (x + width + 3, 39))
        _box(pen, x + width * 0.35, 45, 6, 8, p["line"])


def _lamp(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    if is_after:
        _shape(pen, "#6f6d58", (58, 30), (66, 30), (92, 96), (36, 96))
    _line(pen, p["thing"], 1.6, (50, 88), (50, 26), (52, 23), (58, 23))
    _shape(pen, p["line"], (57, 22), (66, 22), (68, 27), (55, 27))
    _shape(pen, p["line"], (42, 92), (58, 92), (55, 87), (45, 87))
    if is_after:
        _oval(pen, 56, 26, 11, 3, LIGHT)


def _steps(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    for number in range(5):
        tone = p["line"] if number % 2 else p["thing"]
        _box(pen, 24 + number * 3, 64 + number * 6, 52 - number * 6, 6, tone)
    _box(pen, 0, 94, 100, 6, p["water"])


def _manhole(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _oval(pen, 32, 70, 36, 16, "#2a3236")
    if is_after:
        _oval(pen, 34, 71, 32, 13, p["thing"])
    else:
        _shape(pen, p["thing"], (34, 76), (64, 62), (70, 68), (40, 83))


def _cone(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _manhole(pen, p, is_after)
    _shape(pen, WARM, (20, 88), (27, 60), (30, 60), (37, 88))
    _shape(pen, "#f6f5ef", (23, 77), (25, 70), (32, 70), (34, 77))
    _box(pen, 17, 87, 23, 3, WARM)


def _weeds(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _box(pen, 0, 58, 100, 42, p["water"])
    _oval(pen, 14, 24, 72, 70, p["line"])
    _oval(pen, 24, 34, 52, 52, p["sky"])
    _box(pen, 0, 62, 100, 38, p["water"])
    _box(pen, 0, 30, 100, 6, p["line"])
    if not is_after:
        for x, y, w in ((26, 70, 22), (42, 76, 26), (34, 84, 30), (60, 70, 14)):
            _oval(pen, x, y, w, 7, LEAF)
            _oval(pen, x + 4, y - 2, w / 2, 5, "#5a9a80")


def _wires(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _box(pen, 20, 8, 60, 54, p["wall"])
    for x in (28, 46, 64):
        _box(pen, x, 18, 9, 12, p["line"])
    if not is_after:
        _line(pen, BRICK, 0.9, (50, 30), (48, 48), (44, 76))
        _line(pen, "#3a3a3a", 0.9, (52, 30), (56, 50), (58, 76))
    _bikes(pen, p, is_after)


def _bikes(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    for x in (14, 34, 54, 74)[: 1 if is_after else 4]:
        _oval(pen, x, 80, 8, 8, p["roof"])
        _oval(pen, x + 11, 80, 8, 8, p["roof"])
        _line(pen, LEAF if x % 3 else WARM, 2.2, (x + 4, 84), (x + 8, 77), (x + 15, 84))
        _line(pen, p["thing"], 1.2, (x + 14, 83), (x + 13, 72), (x + 10, 71))


def _fire_lane(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _shape(pen, p["line"], (30, 62), (70, 62), (96, 100), (4, 100))
    for number in range(4):
        y = 66 + number * 9
        _line(pen, GOLD, 1.2, (34 - number * 6, y), (66 + number * 6, y + 6))
    if not is_after:
        _box(pen, 32, 60, 34, 18, LEAF)
        _shape(pen, "#5a9a80", (36, 61), (41, 52), (58, 52), (63, 61))
        _oval(pen, 35, 74, 8, 8, p["roof"])
        _oval(pen, 55, 74, 8, 8, p["roof"])


def _flower_bed(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    x = 58 if is_after else 36
    _box(pen, x, 72, 38, 16, BRICK)
    for row in (76, 82):
        _line(pen, "#c98a7d", 0.5, (x, row), (x + 38, row))
    for number, colour in enumerate((GOLD, WARM, GOLD, "#e3c7cf")):
        _oval(pen, x + 2 + number * 9, 62, 9, 9, LEAF)
        _oval(pen, x + 4 + number * 9, 61, 4, 4, colour)


def _tricycle(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _flower_bed(pen, p, is_after)
    for x in (8, 26):
        _oval(pen, x, 80, 11, 11, p["roof"])
    _box(pen, 8, 70, 22, 11, LEAF)
    _line(pen, p["thing"], 1.4, (30, 80), (36, 66), (32, 65))


def _pothole(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _shape(pen, p["line"], (20, 62), (80, 62), (100, 100), (0, 100))
    _oval(pen, 30, 72, 42, 17, "#4a5254")
    _oval(pen, 34, 75, 34, 12, p["thing"] if is_after else p["water"])
    _line(pen, p["roof"], 0.7, (20, 97), (32, 88))
    _line(pen, p["roof"], 0.7, (27, 98), (38, 89))


def _sign(pen: Pen, p: dict[str, Colour], is_after: bool) -> None:
    _line(pen, p["thing"], 1.8, (50, 92), (50, 50))
    _box(pen, 32, 30, 36, 24, LEAF if is_after else p["line"])
    _box(pen, 35, 33, 30, 18, p["wall"])
    for y in (37, 41, 45):
        _box(pen, 38, y, 24, 1.6, p["line"])


Scene = Callable[[Pen, dict[str, Colour], bool], None]
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
    (("坑", "刹车印"), _pothole),
)
