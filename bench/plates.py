"""How long ten thousand door plates take, and how much memory: `python bench/plates.py [number]`.

The codes are drawn from the alphabet of the plates, the addresses are as long as a county's. Each
number is that of a process of its own, the font and Python included; nothing is written down but
the PDF, whose size is said.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from community.sheets import Face, Words, draw, is_embedded

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SECONDS_MOST, MEGABYTES_MOST = 120, 300
WORDS = Words(
    call="扫一扫，报件事",
    lines=("路灯不亮、路面破损、垃圾没人收，", "扫码选一选、拍张照，就能报给村里。"),
    by_hand="扫不了？打开 linli.example.gov.cn/scan 输入短码",
    foot="沿角线裁开 · 第 %(sheet)d 张，共 %(sheets)d 张",
)


def faces(number: int) -> Iterator[Face]:
    rng = random.Random(0)
    for n in range(number):
        code = "".join(rng.choices(ALPHABET, k=6))
        address = f"https://linli.example.gov.cn/d/{code}/"
        yield Face(code=code, address=address, village=f"东溪{n // 1000}村")


def main(number: int) -> int:
    start, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryFile() as out:
        for _done in draw(faces(number), total=number, words=WORDS, out=out):
            pass
        size = out.tell() / 1e6
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number} plates, {size:.1f} MB of PDF, Chinese font inside: {is_embedded()}")
    print(f"{seconds:.1f} s ({cpu:.1f} s of CPU), {peak:.0f} MB at the most")
    is_good = seconds < SECONDS_MOST and peak < MEGABYTES_MOST
    print("good" if is_good else f"asked for: {SECONDS_MOST} s, {MEGABYTES_MOST} MB")
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
