"""What must be true of every page, and how to find all of them.

`crawl` follows the links from the first page, as somebody would who taps everything; new pages
are found by themselves. `faults_of` reads one page and says what is wrong with it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

NOT_OURS = (
    "/_util/",
    "/static/",
    "/media/",
    "/cms/",
    "/documents/",
    "/django-admin/",
    "/accounts/logout/",
)
"""Files, Wagtail's own back office, and the way out."""

EACH_ROUTE_MAX = 3
PAGES_MAX = 250
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
NEED_A_NAME = ("a", "button", "summary")
NAMED_BY = ("aria-label", "aria-labelledby", "title")
LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button", "image", "reset")


class Visited(NamedTuple):
    address: str
    route: str
    status: int
    html: str


class Reader(HTMLParser):
    """Reads one page, and gathers what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.counts: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.fields: list[tuple[str, dict[str, str]]] = []
        self.lang = self.title = ""
        self._open: list[str] = []
        self._named: list[list[str]] = []
        self._form_is_safe: bool | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.counts[tag] += 1
        if "id" in given:
            self.ids[given["id"]] += 1
        self._check_safety(tag, given)
        self._check_forms(tag, given)
        self._gather(tag, given)
        if tag in NEED_A_NAME:
            self._named.append([tag, *(given[name] for name in NAMED_BY if given.get(name))])
        elif self._named:
            self._named[-1] += [given.get("alt", ""), given.get("aria-label", "")]
        if tag not in VOID:
            self._open.append(tag)

    def _gather(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "img" and "alt" not in given:
            self.faults.append(f"a picture without words: {given.get('src')}")
        if tag == "main" and given.get("id") != "main":
            self.faults.append("main is not #main, where the skip link leads")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            if self._form_is_safe is False:
                self.faults.append("a form that posts without a token")
            self._form_is_safe = None
        if tag in NEED_A_NAME and self._named:
            _tag, *names = self._named.pop()
            if not any(name.strip() for name in names):
                self.faults.append(f"a {tag} without a name")
        while self._open and self._open.pop() != tag:
            pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if self._named:
            self._named[-1].append(data)

    def _check_safety(self, tag: str, given: dict[str, str]) -> None:
        """The CSP would refuse all of these; here each is named."""
        if "style" in given or tag == "style":
            self.faults.append(f"an inline style on <{tag}>")
        if tag == "script" and not given.get("src") and given.get("type") != "application/json":
            self.faults.append("an inline script")
        self.faults += [f"a handler {name}= on <{tag}>" for name in given if name.startswith("on")]
        sources = [given.get("src", ""), given.get("action", "")]
        sources += re.split(r"[ ,]+", given.get("srcset", ""))
        if tag in ("link", "use", "image"):
            sources += [given.get("href", ""), given.get("xlink:href", "")]
        self.faults += [f"another host: {source}" for source in sources if urlsplit(source).netloc]

    def _check_forms(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form" and given.get("method", "").lower() == "post":
            self._form_is_safe = False
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            self._form_is_safe = True
        if tag == "label" and given.get("for"):
            self.labels.add(given["for"])
        if tag in LABELLED and given.get("type") not in UNLABELLED_TYPES:
            is_named = "label" in self._open or any(given.get(name) for name in NAMED_BY)
            if not is_named:
                self.fields.append((tag, given))

    def verdict(self) -> list[str]:
        faults = list(self.faults)
        faults += [f"the same id twice: {key}" for key, number in self.ids.items() if number > 1]
        faults += [
            f"{number} <{tag}>, not one"
            for tag in ("h1", "main", "title")
            if (number := self.counts[tag]) != 1
        ]
        faults += [
            f"a field without a label: {given.get('name')}"
            for _tag, given in self.fields
            if given.get("id") not in self.labels
        ]
        if not self.lang:
            faults.append("no language")
        if not self.title.strip().strip("-").strip():
            faults.append("no title")
        return faults


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def faults_of(html: str) -> list[str]:
    return read(html).verdict()


def crawl(client: Client, start: str = "/") -> Iterator[Visited]:
    """Yield every page that can be reached from the first one, few of each kind."""
    waiting, seen, routes = deque([start]), {start}, Counter[str]()
    while waiting and routes.total() < PAGES_MAX:
        address = waiting.popleft()
        route = route_of(address)
        if routes[route] >= EACH_ROUTE_MAX:
            continue
        routes[route] += 1
        answer = client.get(address, follow=True)
        if answer.streaming or not is_page(answer):
            answer.close()
            continue
        html = answer.content.decode()
        yield Visited(address, route, answer.status_code, html)
        for link in read(html).links:
            target = urlsplit(urljoin(address, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if not target.netloc and path.startswith("/") and path not in seen:
                seen.add(path)
                if not path.startswith(NOT_OURS):
                    waiting.append(path)


def is_page(answer: HttpResponseBase) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def route_of(address: str) -> str:
    """Return the pattern that answers an address; pages of the tree by their depth."""
    path = urlsplit(address).path
    try:
        route = resolve(path).route
    except Resolver404:
        return path
    return f"{route} {path.count('/')}" if route.startswith("^") else route


def plain_addresses() -> list[str]:
    """Return every address of ours that needs no argument."""
    return sorted(
        address
        for address in _walk(get_resolver().url_patterns, "/")
        if not address.startswith(NOT_OURS)
    )


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        piece = str(pattern.pattern)
        if re.search(r"[<(^\\$*?]", piece):
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + piece)
        else:
            yield prefix + piece
