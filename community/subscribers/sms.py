"""Those who run the platform are told when the day's money for text messages is spent."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.kinds import Kind, register_kind
from community.models import Appointment, EventRecord, Office
from community.publishing import subscribe
from community.services.notifications import notify

SPENT = register_kind(
    Kind(
        key="community.sms_budget_spent",
        icon="warn",
        tone="brick",
        title=_("Today's money for text messages is spent"),
        text=_(
            "Since %(clock)s nobody new can sign in. The cap is %(cap)s yuan; "
            "it can be raised in the settings."
        ),
    )
)
FEN_A_YUAN = 100


@subscribe("community.sms_budget_spent")
def tell_those_who_run_it(record: EventRecord) -> None:
    admins = Appointment.objects.current(at=record.at).filter(office=Office.SYSTEM_ADMIN)
    notify(
        persons=admins.values_list("person_id", flat=True),
        kind=SPENT.key,
        event=record,
        group=f"sms:{timezone.localdate(record.at)}",
        path="/",
        facts={
            "clock": f"{timezone.localtime(record.at):%H:%M}",
            "cap": f"{record.facts['cap_fen'] / FEN_A_YUAN:.2f}",
        },
        at=record.at,
    )
