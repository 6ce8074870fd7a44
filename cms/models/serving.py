"""How a page comes to be drawn.

Wagtail finds the page and asks it to serve itself; what a page looks like needs the person who
asks and what other apps know, and both lie above the models. So a view says which page it draws,
and the page hands the request on, in the same way for readers and for the editor's preview.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction

View = Callable[[HttpRequest, Any], HttpResponse]

VIEWS: Final[dict[type[Page], View]] = {}


def serves(model: type[Page]) -> Callable[[View], View]:
    """Have the decorated view draw every page of that type."""

    def register(view: View) -> View:
        assert model not in VIEWS, f"two views draw {model.__name__}"
        VIEWS[model] = view
        return view

    return register


class ServedByView:
    """Mixin of our page types: drawn by the view that `serves` them."""

    drawn_with: ClassVar[tuple[str, ...]] = ()
    """What is fetched together with the page, because its view shows it."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return VIEWS[type(self)](request, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return none: no page of ours has Wagtail's kind of privacy, so nothing need be asked."""
        return PageViewRestriction.objects.none()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.serve(request)
