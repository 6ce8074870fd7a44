"""What Django says by a field, said in our way.

The project's catalogue comes before Django's own, so it is enough that these stand in it.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

DJANGO_SAYS: Final = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
)
