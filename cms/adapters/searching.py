"""Wagtail's own search, which editors use, taught to find Chinese.

Its database backends cut a text at blanks and punctuation, so that 电梯 does not find 小区加装电梯,
and on SQLite a question with a quote in it is a syntax error. Here texts and questions are put into
our terms (`community.terms`) before its backends see them. They have no hook for that: the module
global `ObjectIndexer` is replaced, which is why `modelsearch` is pinned.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from django.db import connection
from wagtail.search.backends import database
from wagtail.search.query import MATCH_NONE, And, Not, Or, Phrase, PlainText, SearchQuery

from community.terms import Wanted, folded, terms_of

MODULES: Final = {
    "sqlite": "modelsearch.backends.database.sqlite.sqlite",
    "postgresql": "modelsearch.backends.database.postgres.postgres",
}


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  # the name that Wagtail looks for
    """Return the backend of our database, with Chinese made into terms on the way in and out."""
    module: Any = import_module(MODULES[connection.vendor])
    if not getattr(module.ObjectIndexer, "makes_terms", False):
        module.ObjectIndexer = _in_terms(module.ObjectIndexer)
    backend = database.SearchBackend(params)
    backend.query_compiler_class = _understanding(backend.query_compiler_class)
    backend.autocomplete_query_compiler_class = _understanding(
        backend.autocomplete_query_compiler_class
    )
    return backend


def _in_terms(indexer: type[Any]) -> type[Any]:
    class TermIndexer(indexer):
        makes_terms = True

        def prepare_value(self, value: Any) -> str:
            return " ".join(sorted(terms_of(folded(super().prepare_value(value)))))

    return TermIndexer


@lru_cache
def _understanding(compiler: type[Any]) -> type[Any]:
    class UnderstandingCompiler(compiler):
        def __init__(self, queryset: Any, query: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__(queryset, query, *args, **kwargs)
            self.query: Any = understood(self.query)

    return UnderstandingCompiler


def understood(query: SearchQuery) -> SearchQuery:
    """Return a query of Wagtail's with its texts as terms; a text of nothing finds nothing."""
    if isinstance(query, PlainText | Phrase):
        terms = " ".join(term.text for term in Wanted.in_words(query.query_string).terms())
        operator = getattr(query, "operator", "and")
        return PlainText(terms, operator=operator) if terms else MATCH_NONE
    if isinstance(query, And | Or):
        return type(query)([understood(part) for part in query.subqueries])
    return Not(understood(query.subquery)) if isinstance(query, Not) else query
