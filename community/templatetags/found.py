"""Marking a question in what was found."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from community.components import search
from community.terms import Chunk

register = template.Library()


@register.simple_tag
def marked(text: str, chunks: tuple[Chunk, ...]) -> SafeString:
    """Return `text`, escaped, with the question marked in it."""
    return search.marked(text, chunks)
