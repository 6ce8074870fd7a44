"""What a text is found by, and what a question asks for: the same on every database.

A text is folded (NFKC, small letters, no blank between Han and Latin: "5G 基站" is "5g基站") and
cut into *units*, a Han character or a word of letters and digits. Its terms are its units and its
pairs of neighbours: 加装电梯 is found by 加, 加装, 装电, 电梯… No dictionary has to know the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Self

HAN: Final = "〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
CHUNK: Final = re.compile(r"[^\W_]+")
UNIT: Final = re.compile(f"[{HAN}]|[^\\W_{HAN}]{{1,40}}")  # PostgreSQL refuses endless words
SEAM: Final = re.compile(f"(?<=[{HAN}])\\s+(?=[^\\W_{HAN}])|(?<=[^\\W_{HAN}])\\s+(?=[{HAN}])")
PAIR: Final = 2
CHUNKS_MOST: Final = 8
"""As many words as a question may have; what comes after them is not asked for."""


@lru_cache(maxsize=1 << 15)
def folded_sign(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign).casefold()


def folded(text: str) -> str:
    """Return `text` in the one form in which texts and questions are compared."""
    return SEAM.sub("", "".join(map(folded_sign, text)))


def terms_of(folded_text: str) -> set[str]:
    """Return everything a folded text is found by."""
    terms: set[str] = set()
    for chunk in CHUNK.findall(folded_text):
        units = UNIT.findall(chunk)
        terms.update(units, _pairs(units))
    return terms


@dataclass(frozen=True)
class Term:
    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Chunk:
    """One run of a question without a blank: it must stand in a text as it is."""

    text: str
    is_typing: bool = False

    @property
    def units(self) -> list[str]:
        return UNIT.findall(self.text)

    @property
    def is_open(self) -> bool:
        """Whether its last word may go on: letters may (wif: WiFi), numbers only while typing."""
        last = self.units[-1]
        is_word = not re.match(f"[{HAN}]", last)
        return is_word and (self.is_typing or (len(last) > 1 and last[-1].isalpha()))

    @property
    def is_told_by_terms(self) -> bool:
        """Whether its terms alone prove that it stands there; longer runs are looked at again."""
        return len(self.units) <= PAIR

    def terms(self) -> Iterator[Term]:
        units = self.units
        *others, last = list(_pairs(units)) or units
        yield from map(Term, others)
        yield Term(last, is_prefix=self.is_open)


@dataclass(frozen=True)
class Wanted:
    """A question, understood. Quotes and punctuation only part words; an empty one asks nothing."""

    chunks: tuple[Chunk, ...]

    @classmethod
    def in_words(cls, question: str, *, is_typing: bool = False) -> Self:
        """Understand what somebody typed; while they type, the last word may go on."""
        found = list(
            dict.fromkeys(text for word in question.split() for text in CHUNK.findall(folded(word)))
        )[:CHUNKS_MOST]
        last = len(found) - 1
        return cls(tuple(Chunk(text, is_typing and n == last) for n, text in enumerate(found)))

    def __bool__(self) -> bool:
        return bool(self.chunks)

    def terms(self) -> tuple[Term, ...]:
        return tuple(dict.fromkeys(term for chunk in self.chunks for term in chunk.terms()))

    def loosened(self) -> Self:
        """Return the question without the order of its signs: 电梯加装 then finds 加装电梯."""
        units = dict.fromkeys(unit for chunk in self.chunks for unit in chunk.units)
        return type(self)(tuple(map(Chunk, units)))

    @property
    def is_loose(self) -> bool:
        """Whether there is no order left to give up."""
        return all(len(chunk.units) == 1 for chunk in self.chunks)


def spans(text: str, chunks: Iterable[Chunk]) -> list[tuple[int, int]]:
    """Return where in `text` a question's chunks stand, merged and in order: what to highlight."""
    form, places = _folded_with_places(text)
    found = sorted(
        (places[at], places[at + len(chunk.text) - 1] + 1)
        for chunk in chunks
        for at in _occurrences(form, chunk)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _occurrences(form: str, chunk: Chunk) -> Iterator[int]:
    """Find a chunk where its words begin as words, and end so unless they may go on."""
    latin = f"[^\\W_{HAN}]"
    before = f"(?<!{latin})" if re.match(latin, chunk.text) else ""
    after = f"(?!{latin})" if re.match(latin, chunk.text[-1]) and not chunk.is_open else ""
    for match in re.finditer(before + re.escape(chunk.text) + after, form):
        yield match.start()


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Fold `text`, and say for every sign of the outcome where it came from."""
    signs = [(sign, at) for at, source in enumerate(text) for sign in folded_sign(source)]
    form = "".join(sign for sign, _at in signs)
    seams = {at for match in SEAM.finditer(form) for at in range(*match.span())}
    kept = [pair for at, pair in enumerate(signs) if at not in seams]
    return "".join(sign for sign, _at in kept), [at for _sign, at in kept]


def _pairs(units: list[str]) -> Iterator[str]:
    return (one + other for one, other in pairwise(units))
