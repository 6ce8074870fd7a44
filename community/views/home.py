"""The first page: what waits for me, then what is new in my village."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "community/home/index.html", {"active_tab": "home"})
