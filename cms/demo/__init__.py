"""The demo county's pages: grown, written and published as its editors would.

The words are in `demo_data/pages.yaml`; titles and days of the announcements come from the demo
data that the other parts share.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.core.files.images import ImageFile
from django.utils.timezone import localtime, make_aware
from PIL import Image as Pillow
from PIL import ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from cms.models import AreaPage, Audience, NoticePage, PlainPage, Urgency
from cms.policies.editors import editors_appointments
from cms.services.notices import announce
from cms.services.places import grow_page
from community.demo.context import data, read
from community.models import Area, Office, Person
from community.models.places import TOWN_KINDS, UNIT_KINDS

WORDS: Final = Path(__file__).parents[1] / "demo_data" / "pages.yaml"

Data = dict[str, Any]


def load(at: datetime) -> None:
    """Grow every page, say what each place is, and publish notices and ordinary pages."""
    words: Data = read(WORDS.read_text(encoding="utf-8"))
    kinds = ("county", *TOWN_KINDS, *UNIT_KINDS)
    for area in Area.objects.filter(kind__in=kinds).order_by("path").select_related("parent"):
        _introduce(area, words["places"].get(area.code, {}))
    announced = data("samples.yaml")["announcements"]
    said = [{**row, **words["notices"][row["code"]]} for row in announced]
    for row in sorted((*said, *words["extra_notices"]), key=lambda row: row["day"]):
        _publish_notice(row, at)
    for row in words["pages"]:
        parent = AreaPage.objects.get(area__code=row["under"])
        page = PlainPage(title=row["title"], slug=row["slug"], lead=row["lead"])
        _publish(page, parent, row["body"], _editor_of(parent.area, at))


def _introduce(area: Area, words: Data) -> None:
    page = grow_page(area=area, slug=words.get("slug", ""))
    for name in ("introduction", "office_place", "office_hours"):
        setattr(page, name, words.get(name, ""))
    page.save_revision().publish()


def _publish_notice(row: Data, at: datetime) -> None:
    parent = AreaPage.objects.select_related("area", "collection").get(area__code=row["unit"])
    notice = NoticePage(
        title=row["title"],
        kind=row["kind"],
        urgency=Urgency.URGENT if row.get("urgent") else Urgency.ORDINARY,
        audience=row.get("audience", Audience.EVERYONE),
        area=Area.objects.get(code=row.get("area", row["unit"])),
        starts_at=_moment(row, "", at),
        ends_at=_moment(row, "ends_", at) or _moment(row, "expires_", at),
        happens_at=_moment(row, "happens_", at),
        happens_where=row.get("happens_where", ""),
    )
    _publish(notice, parent, row["body"], _editor_of(parent.area, at))
    announce(notice=notice, at=min(notice.starts_at, at))


def _publish(page: Any, parent: AreaPage, body: list[Data], editor: Person | None) -> None:
    page.body = [_block(block, parent.collection) for block in body]
    page.owner = editor
    page.live = False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor)
    page.refresh_from_db()


def _editor_of(area: Area, at: datetime) -> Person | None:
    """Return who would write there: the area's own editor, else the nearest one above."""
    offices = editors_appointments(at=at).filter(area__in=area.ancestor_ids)
    found = sorted(
        offices.select_related("person", "area").order_by("pk"),
        key=lambda held: (-len(held.area.path), held.office != Office.VILLAGE_EDITOR),
    )
    return found[0].person if found else None


def _moment(row: Data, prefix: str, at: datetime) -> datetime | None:
    """Return the moment of a day counted from the day of loading, and a clock time."""
    if f"{prefix}day" not in row:
        return None
    clock = time.fromisoformat(row.get(f"{prefix}time", "18:00"))
    day = localtime(at).date() + timedelta(days=row[f"{prefix}day"])
    return make_aware(datetime.combine(day, clock))


def _block(block: Data, collection: Collection) -> tuple[str, Any]:
    """Return one block of a body in the shape StreamField takes from code."""
    [(kind, value)] = block.items()
    shape = SHAPES.get(kind)
    return kind, shape(value, collection) if shape else value


def _paragraph(text: str, _collection: Collection) -> Any:
    return NoticePage.body.field.stream_block.child_blocks["paragraph"].to_python(f"<p>{text}</p>")


def _table(value: Data, _collection: Collection) -> Any:
    table = NoticePage.body.field.stream_block.child_blocks["table"]
    return table.to_python(
        {
            "caption": value["caption"],
            "columns": [{"type": "text", "heading": head} for head in value["columns"]],
            "rows": [{"values": row} for row in value["rows"]],
        }
    )


def _contact(value: Data, _collection: Collection) -> Data:
    return {"name": "", "phone": "", "place": "", "hours": "", **value}


def _picture(value: Data, collection: Collection) -> Data:
    file = ImageFile(_poster(), name=f"{value['file']}.png")
    image = get_image_model().objects.create(
        title=value["alt"], description=value["alt"], file=file, collection=collection
    )
    return {"image": image, "alt_text": value["alt"], "caption": value["caption"]}


SHAPES: Final[dict[str, Callable[[Any, Collection], Any]]] = {
    "paragraph": _paragraph,
    "table": _table,
    "contact": _contact,
    "picture": _picture,
}


def _poster() -> BytesIO:
    """Draw the bridge, two houses and a row of stalls, in the colours of the house."""
    sheet = Pillow.new("RGB", (1200, 675), "#f4f4ef")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 430, 1200, 675), fill="#cfdfe3")
    for left, width in ((70, 220), (900, 240)):
        pen.rectangle((left, 250, left + width, 430), fill="#ffffff")
        roof = (
            (left - 24, 258),
            (left + 40, 190),
            (left + width - 40, 190),
            (left + width + 24, 258),
        )
        pen.polygon(roof, fill="#2e403e")
        pen.rectangle((left + width // 2 - 22, 340, left + width // 2 + 22, 430), fill="#8c9d98")
    pen.pieslice((330, 220, 870, 640), 180, 360, fill="#2e403e")
    pen.pieslice((450, 290, 750, 570), 180, 360, fill="#f4f4ef")
    pen.arc((450, 290, 750, 570), 0, 180, fill="#8c9d98", width=10)
    for number, hue in enumerate(("#14614f", "#b3440d", "#a9740a", "#235f8b")):
        left = 170 + number * 230
        pen.rectangle((left, 545, left + 150, 620), fill="#ffffff")
        pen.polygon(
            ((left - 16, 545), (left + 20, 495), (left + 130, 495), (left + 166, 545)), fill=hue
        )
    file = BytesIO()
    sheet.save(file, "PNG")
    file.seek(0)
    return file
