"""When something cannot be shown: each page says what happened, and has a way on."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return render(
            request,
            "community/errors/too_large.html",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    return render(request, "community/errors/bad_request.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "community/errors/forbidden.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "community/errors/not_found.html", status=HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, with nothing that could break again: no database, no session."""
    return HttpResponse(
        render_to_string("community/errors/broken.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "community/errors/stale_form.html", status=HTTPStatus.FORBIDDEN)
