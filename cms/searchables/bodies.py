"""The text of a page's body, for finding it."""

from __future__ import annotations

from wagtail.blocks import StreamValue


def text_of(body: StreamValue) -> str:
    """Return the words of a body, one block a line, without markup."""
    return "\n".join(body.stream_block.get_searchable_content(body))
