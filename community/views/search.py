"""The search page, and what it suggests while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from community.auth import SECOND_FACTOR, OfficeView, guest_or_person, office_view
from community.components.lists import Choice, Filters, Pager
from community.components.search import FoundRow
from community.components.telling import Action, Empty
from community.forms.search import NARROWINGS, QUESTION_MOST, SearchForm
from community.models.search import SearchEntry, State
from community.queries.search import DAYS, Findings, search, suggest
from community.search import SOURCES, Reader, sources
from community.terms import Wanted

ROWS: Final = 20
PAGES_MOST: Final = 50
VILLAGES_SHOWN: Final = 8


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what was found, with how many of what there are."""
    form = SearchForm(request.GET)
    reader = reader_of(request, at=timezone.now())
    context: dict[str, object] = {"form": form, "now": reader.at}
    if form.is_valid() and form.wanted:
        context |= _found(request, form, reader)
    return render(request, "community/search/index.html", context)


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """List the few titles that what is being typed may mean; a piece of the page, for htmx."""
    typed = request.GET.get("q", "")[:QUESTION_MOST].replace("\0", "")
    if not typed.strip():
        return HttpResponse()
    wanted = Wanted.in_words(typed, is_typing=True)
    rows = [
        {"entry": entry, "icon": SOURCES[entry.kind].icon}
        for entry in suggest(typed, reader=reader_of(request, at=timezone.now()))
    ]
    context = {"rows": rows, "chunks": wanted.chunks, "typed": typed.strip()}
    return render(request, "community/search/suggestions.html", context)


def reader_of(request: HttpRequest, *, at: datetime) -> Reader:
    """Return who searches. An office that needs a second factor finds nothing without one."""
    person = guest_or_person(request)
    if person is None:
        return Reader(person=None, offices=(), at=at)
    held = person.offices(at=at)
    if any(office.office in SECOND_FACTOR for office in held) and (
        office_view(request) != OfficeView.FULL
    ):
        held = [office for office in held if office.office not in SECOND_FACTOR]
    return Reader(person=person, offices=held, at=at)


def _found(request: HttpRequest, form: SearchForm, reader: Reader) -> dict[str, object]:
    wanted = form.wanted
    found = search(wanted, reader=reader, narrowing=form.narrowing)
    is_near = not found.is_any and not wanted.is_loose
    if is_near:
        found = search(wanted.loosened(), reader=reader, narrowing=form.narrowing)
    paginator: Paginator[SearchEntry] = Paginator(found.entries, ROWS)
    paginator.count = min(found.total, ROWS * PAGES_MOST)  # known already: it is not asked again
    page = paginator.get_page(request.GET.get("page"))
    return {
        "found": found,
        "is_near": is_near and found.is_any,
        "filters": _filters(request.GET, found),
        "narrowed": any(form.cleaned_data.get(name) for name in NARROWINGS),
        "rows": [_row(entry, found.wanted, reader.at) for entry in page],
        "pager": Pager(page=page, query=request.GET),
        "nothing": _nothing(form, found),
    }


def _row(entry: SearchEntry, wanted: Wanted, at: datetime) -> FoundRow:
    source = SOURCES[entry.kind]
    is_past = entry.ends_at is not None and entry.ends_at <= at
    state = State.PAST if is_past else State(entry.state)
    return FoundRow(
        title=entry.title,
        text=entry.text,
        wanted=wanted,
        url=entry.url,
        icon=source.icon,
        kind=source.label,
        place=(entry.unit or entry.area).name,
        at=entry.at,
        stands="" if state == State.CURRENT else state.label,
    )


def _filters(query: QueryDict, found: Findings) -> list[Filters]:
    """Return the chips: what, how it stands, since when, where; a row with one choice is none."""
    chosen = found.narrowing
    kinds = [(s.kind, s.label, found.kinds()[s.kind]) for s in sources()]
    states = [(s.value, s.label, found.states()[s.value]) for s in State]
    words = {"week": _("Last 7 days"), "month": _("Last 30 days"), "year": _("Last 12 months")}
    times = [(since, words[since], found.times()[since]) for since in DAYS]
    villages = [
        (str(pk), name, count)
        for (pk, name), count in found.villages().most_common()
        if pk is not None
    ]
    return [
        _chips(query, "kind", _("What"), kinds, chosen.kind),
        _chips(query, "village", _("Where"), villages[:VILLAGES_SHOWN], str(chosen.village or "")),
        _chips(query, "state", _("How it stands"), states, chosen.state),
        _chips(query, "since", _("Since when"), times, chosen.since),
    ]


def _chips(
    query: QueryDict,
    name: str,
    label: str,
    choices: Sequence[tuple[str, str | Promise, int]],
    chosen: str,
) -> Filters:
    def url(value: str) -> str:
        wide = query.copy()
        wide.pop("page", None)
        wide.pop(name, None)
        if value:
            wide[name] = value
        return f"?{wide.urlencode()}"

    every = Choice(label=pgettext("every choice", "All"), url=url(""), is_chosen=not chosen)
    there = [
        Choice(label=words, url=url(value), count=count, is_chosen=value == chosen)
        for value, words, count in choices
        if count or value == chosen
    ]
    return Filters(label=label, choices=[every, *there] if there else [])


def _nothing(form: SearchForm, found: Findings) -> Empty:
    """Say what to do when nothing was found: widen it, say it otherwise, or report it."""
    if found.is_any:
        wide = QueryDict(mutable=True)
        wide["q"] = form.cleaned_data["q"]
        return Empty(
            title=_("Nothing of that kind"),
            text=_("Something was found, but not in what you narrowed it to."),
            action=Action(label=_("Show all that was found"), url=f"?{wide.urlencode()}"),
        )
    return Empty(
        title=_("Nothing was found for “%(question)s”") % {"question": form.cleaned_data["q"]},
        text=_(
            "Try fewer or other words: often two characters are enough. If something is broken or "
            "in the way and nobody has reported it yet, report it."
        ),
        action=Action(
            label=_("Report something"), url=reverse("community:file_report"), icon="photo"
        ),
    )
