"""How a form says what a service refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from community.errors import Refusal


@contextmanager
def refusals_shown_on(form: forms.BaseForm) -> Iterator[None]:
    """Turn a refusal into a message on the form the person is looking at."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, forms.ValidationError(str(refusal), code=refusal.code))


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Turn a refusal into a message on the next page, where there was nothing to fill in."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))
