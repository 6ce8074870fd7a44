"""How fast searching is with many documents, beside a plain `icontains`, on both engines.

Usage: python -m bench.search [--documents 20000] [--rounds 5]

Makes a small county and that many reports in a database of its own (SQLite in a temporary folder,
then a private PostgreSQL), writes the index, and asks a set of questions as a resident: the rows
of the first page and all counts, then the same by `icontains`, then suggestions. Prints p50, p95.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = [
    *("梯", "电梯", "路灯", "停车位", "加装电梯", "小区", "垃圾分类", "wifi", "3幢", "水管漏水"),
    *("没有的词", "12345", "电梯 维修", "邻里 食堂", "桥下村 路灯"),
]
WORDS = [
    *("小区", "电梯", "加装", "路灯", "维修", "停车位", "垃圾分类", "楼道", "堆放", "消防通道"),
    *("漏水", "水管", "井盖", "破损", "噪音", "邻里", "食堂", "老人", "体检", "公告", "议事"),
    *("巡逻", "志愿", "积分", "桥下村", "河道", "绿化", "树枝", "充电桩", "物业", "收费", "WiFi"),
    *("5G", "12345", "3幢", "13幢", "门禁", "监控", "快递", "广场", "路面", "坑洼", "积水"),
    *("下水道", "照明", "夜里", "孩子", "学校", "门口", "石桥", "农田", "灌溉", "道路", "施工"),
]
COMMON = [chr(0x4E00 + 7 * n) for n in range(1500)]
CHARACTERS = 180


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--here", action="store_true", help="measure the database of DATABASE_URL")
    options = parser.parse_args()
    if options.here:
        measure(options.documents, options.rounds)
        return
    numbers = ["--documents", str(options.documents), "--rounds", str(options.rounds)]
    again = [sys.executable, "-m", "bench.search", "--here", *numbers]
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "SECRET_KEY": "bench"}
    with tempfile.TemporaryDirectory() as folder:
        environment |= {**os.environ, "LINLI_DATA": folder, "DATABASE_URL": "", "REDIS_URL": ""}
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        if options.engine != "postgresql":
            subprocess.run(again, cwd=ROOT, env=environment, check=True)
        if options.engine != "sqlite":
            with_postgres = [sys.executable, "-m", "scripts.services", *again]
            subprocess.run(with_postgres, cwd=ROOT, env=environment, check=True)


def measure(documents: int, rounds: int) -> None:
    import django  # noqa: PLC0415 (after the environment is set)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    reader = fill(documents)
    started = time.perf_counter()
    from community.services.search import reindex  # noqa: PLC0415

    counts = dict(reindex(["report"]))
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\n{connection.vendor}: {counts['report']} documents, indexed in {seconds:.1f} s")
    for label, ask in ways(reader).items():
        times = [took(ask, question) for _ in range(rounds) for question in QUESTIONS]
        worst = {q: statistics.median(took(ask, q) for _ in range(3)) for q in QUESTIONS}
        slowest = max(worst, key=lambda q: worst[q])
        p95 = statistics.quantiles(times, n=20)[-1]
        print(
            f"  {label:<34} p50 {statistics.median(times):6.1f} ms  p95 {p95:6.1f} ms"
            f"  slowest {slowest} {worst[slowest]:.1f} ms"
        )


def took(ask: Callable[[str], Any], question: str) -> float:
    """Return milliseconds: of the processor on SQLite, where others on the machine do not count."""
    from django.db import connection  # noqa: PLC0415

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    started = clock()
    ask(question)
    return (clock() - started) * 1000


def ways(reader: Any) -> dict[str, Callable[[str], Any]]:
    from django.db.models import Q  # noqa: PLC0415

    from community.models import Report  # noqa: PLC0415
    from community.queries.search import Narrowing, search, suggest  # noqa: PLC0415
    from community.terms import Wanted  # noqa: PLC0415

    def whole(question: str) -> Any:
        found = search(Wanted.in_words(question), reader=reader, narrowing=Narrowing())
        return list(found.entries[:20])

    def rows(question: str) -> Any:
        from community.queries.search import readable_entries  # noqa: PLC0415

        wanted = Wanted.in_words(question)
        found = readable_entries(reader).matching(wanted).best_first(wanted)
        return list(found.defer("terms", "folded", "folded_title")[:20])

    def contains(question: str) -> Any:
        found = Report.objects.visible_to(reader.person, at=reader.at, offices=())
        for word in question.split():
            found = found.filter(Q(title__icontains=word) | Q(body__icontains=word))
        return found.count(), list(found.order_by("-filed_at", "-pk")[:20])

    return {
        "search: rows and all counts": whole,
        "search: rows": rows,
        "suggestions": lambda question: suggest(question, reader=reader),
        "icontains: rows and one count": contains,
    }


def fill(documents: int) -> Any:
    from django.utils import timezone  # noqa: PLC0415

    from community.models import Area, Category, Kind, Person, Report  # noqa: PLC0415
    from community.search import Reader  # noqa: PLC0415

    chance, now = random.Random(7), timezone.now()
    county = Area.objects.create(kind=Kind.COUNTY, code="C", name="长安县", path="1/")
    Area.objects.filter(pk=county.pk).update(path=f"{county.pk}/")
    county.refresh_from_db()
    villages = [village(county, number) for number in range(20)]
    persons = [
        Person.objects.create(phone=f"+861000600{n:04d}", display_name=f"居民{n}")
        for n in range(50)
    ]
    Category.objects.create(
        code="B1", name="道路设施", icon="road", accept_limit=4, finish_limit=5, hard_limit=15
    )
    Report.objects.bulk_create(
        (
            report(n, chance, now - timedelta(minutes=37 * n), villages[n % 20], persons[n % 50])
            for n in range(documents)
        ),
        batch_size=500,
    )
    return Reader(person=persons[0], offices=(), at=now)


def village(county: Any, number: int) -> Any:
    from community.models import Area, Kind  # noqa: PLC0415

    area = Area.objects.create(
        kind=Kind.VILLAGE,
        code=f"V{number}",
        name=f"第{number}村",
        parent=county,
        path=f"new:{number}",
    )
    area.path = f"{county.path}{area.pk}/"
    area.save(update_fields=["path"])
    return area


def report(n: int, chance: random.Random, at: Any, area: Any, person: Any) -> Any:
    from community.models import Report  # noqa: PLC0415

    is_over = n % 10 != 0
    return Report(
        number=f"R-{at:%Y%m}-{10_000 + n}",
        client_id=uuid.UUID(int=n + 1),
        reporter=person,
        category_id=_category(),
        title="".join(chance.choices(WORDS, k=3))[:60],
        body=words(chance),
        area=area,
        evidence="chosen",
        status="resolved" if is_over else "handling",
        visibility="private" if n % 7 == 0 else "public",
        owner_level="village",
        owner_office="village_committee",
        owner_area=area,
        filed_at=at,
        changed_at=at,
        accept_due_at=at,
        hard_due_at=at,
        over_at=at if is_over else None,
    )


@cache
def _category() -> int:
    from community.models import Category  # noqa: PLC0415

    return Category.objects.get(code="B1").pk


def words(chance: random.Random) -> str:
    text = ""
    while len(text) < CHARACTERS:
        text += "".join(chance.choices(COMMON, k=chance.randint(10, 40)))
        text += chance.choice(WORDS) + chance.choice(["", "", "，", "。"])
    return text


if __name__ == "__main__":
    main()
