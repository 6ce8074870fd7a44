"""What the body of a page is made of: few kinds of blocks, each of which prints and reads aloud."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture, with the words for those who do not see it: they are not optional."""

    image = ImageChooserBlock(label=_("picture"))
    alt_text = blocks.CharBlock(
        label=_("what can be seen"),
        max_length=120,
        help_text=_("One sentence for people who cannot see the picture. It is read aloud."),
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=120, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class ContactBlock(blocks.StructBlock):
    """Whom to ask: an office, never somebody's private number."""

    name = blocks.CharBlock(label=_("office or person in office"), max_length=60)
    phone = blocks.CharBlock(
        label=_("office phone"),
        max_length=30,
        required=False,
        help_text=_("A number of the office. Private numbers do not belong on a public page."),
    )
    place = blocks.CharBlock(label=_("where"), max_length=80, required=False)
    hours = blocks.CharBlock(label=_("when"), max_length=80, required=False)

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "cms/blocks/contact.html"


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("what it is"), max_length=80)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Attachment")
        template = "cms/blocks/attachment.html"


class TableBlock(TypedTableBlock):
    """A table whose cells know their column: on a phone each row becomes a card."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        heads = [column["heading"] for column in value.columns]
        context["rows"] = [list(zip(heads, row, strict=True)) for row in value.rows]
        return context


class BodyBlock(blocks.StreamBlock):
    """The body of a notice or an ordinary page."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=60, icon="title", template="cms/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"), features=["bold", "ol", "ul", "link", "document-link"], icon="pilcrow"
    )
    steps = blocks.ListBlock(
        blocks.CharBlock(label=_("item"), max_length=200),
        label=_("List"),
        icon="list-ul",
        template="cms/blocks/list.html",
    )
    picture = PictureBlock()
    table = TableBlock(
        [("text", blocks.CharBlock(label=_("text"), required=False))],
        label=_("Table"),
        icon="table",
        template="cms/blocks/table.html",
    )
    contact = ContactBlock()
    attachment = AttachmentBlock()

    class Meta:
        block_counts: ClassVar[dict[str, dict[str, int]]] = {"table": {"max_num": 3}}
