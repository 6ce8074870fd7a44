"""Who is told when a door plate was replaced: those who print and hang it."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.kinds import Kind, register_kind
from community.models import EventRecord, Plate
from community.publishing import subscribe
from community.queries.people import first_on_the_ladder
from community.services.notifications import notify

REPLACED: Final = register_kind(
    Kind(
        key="community.plate_replaced",
        icon="qr",
        tone="warm",
        title=_("A plate in your grid was replaced"),
        text=_("The new one, %(code)s, waits to be printed and hung."),
    )
)


@subscribe("community.plate_replaced")
def tell_who_hangs_it(event: EventRecord) -> None:
    plate = Plate.objects.select_related("household__micro_grid", "micro_grid").get(
        pk=event.facts["plate_id"]
    )
    notify(
        persons=first_on_the_ladder(plate.place, at=event.at, without=event.actor_id),
        kind=REPLACED.key,
        event=event,
        group=f"plate:{plate.pk}",
        path=reverse("community:plate", args=[plate.pk]),
        facts={"code": plate.code},
        at=event.at,
    )
