"""Every component as a typed value, in every state: for those who build pages, and for tests."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from community.components.gallery import GALLERY
from community.forms.styleguide import SampleForm


def styleguide(request: HttpRequest) -> HttpResponse:
    wrong = SampleForm({"phone": "138", "note": "x"})
    return render(
        request,
        "community/styleguide/styleguide.html",
        {
            "exhibits": [
                (exhibit, exhibit.examples())
                for exhibit in sorted(GALLERY.values(), key=lambda exhibit: exhibit.key)
            ],
            "sample": SampleForm(prefix="sample"),
            "wrong": wrong,
            "language": get_language(),
        },
    )
