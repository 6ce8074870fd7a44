"""The door of all pages in Wagtail's tree, in place of Wagtail's own.

Wagtail asks for the site, the site's first page, and then for the page; there is one site here,
and where it begins Wagtail keeps in its cache. It also asks whether a page is private in its own
way, which none of ours is (`cms.models.serving`).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page, Site

from cms.models.serving import VIEWS


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Draw the published page at an address: found by its whole path, however deep it lies."""
    beginnings = [root.root_path for root in Site.get_site_root_paths()]
    found = get_object_or_404(Page.objects.live(), url_path__in=[top + path for top in beginnings])
    model = found.cached_content_type.model_class()
    if model not in VIEWS:
        raise Http404
    drawn = get_object_or_404(model.objects.select_related(*model.drawn_with), pk=found.pk)
    answer: HttpResponse = drawn.serve(request)
    return answer
