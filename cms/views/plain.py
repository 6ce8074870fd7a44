from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from cms.models import PlainPage
from cms.models.serving import serves


@serves(PlainPage)
def plain_page(request: HttpRequest, page: PlainPage) -> HttpResponse:
    above: Page = page.get_parent()
    below = page.get_children().live().order_by("path")
    return render(request, "cms/plain/page.html", {"page": page, "above": above, "below": below})
