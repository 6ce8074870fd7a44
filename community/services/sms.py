"""Sending a text message within the limits: per phone, per address, overall, and in money.

The decision and the count are one short transaction; the message goes out after it, from the
request itself (docs/adr/0031): a queue would have to hold the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.events.sms import SmsBudgetSpent
from community.models import SmsDay, SmsMessage, SmsPurpose, SmsStatus
from community.models.sms import SmsMessageQuerySet
from community.phones import masked
from community.publishing import publish
from community.sms import NotSent, Sms, sender

COOLDOWN: Final = timedelta(seconds=60)


class AskedTooSoon(Refusal):
    reason = _("A code is on its way. You can ask for another one in %(seconds)s seconds.")


class TooManyCodes(Refusal):
    reason = _("This number has asked for many codes. Please try again in %(minutes)s minutes.")


class TooManyFromHere(Refusal):
    reason = _("Many codes were asked for from this network. Please try again in an hour.")


class SmsTooBusy(Refusal):
    reason = _("Very many people are signing in right now. Please try again in a minute.")


class SmsCapReached(Refusal):
    reason = _(
        "No more text messages can be sent today, so nobody new can sign in until midnight. "
        "Those who are signed in are not affected. In urgent matters, please call your grid worker."
    )


class SmsNotSent(Refusal):
    reason = _("The message could not be sent. Please try again in a few minutes.")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `count` within `window`, counted for one phone, one address or everybody."""

    count: int
    window: timedelta
    refusal: type[Refusal]


HOUR: Final = timedelta(hours=1)
PHONE_LIMITS: Final = (
    Limit(count=5, window=HOUR, refusal=TooManyCodes),
    Limit(count=10, window=timedelta(days=1), refusal=TooManyCodes),
)
ADDRESS_LIMIT: Final = Limit(count=60, window=HOUR, refusal=TooManyFromHere)
"""Generous: a whole village may come from one address of the operator's (CGNAT)."""

OVERALL_LIMIT: Final = Limit(count=300, window=timedelta(minutes=1), refusal=SmsTooBusy)


def send_sms(
    *,
    phone: str,
    purpose: SmsPurpose,
    template: str,
    values: dict[str, str],
    address: str = "",
    at: datetime,
) -> SmsMessage:
    """Send one message, or refuse; what was decided is counted either way.

    Not one transaction: the provider's network must not hold the day's lock.

    :raises AskedTooSoon: the last code for this number is younger than the cooldown.
    :raises TooManyCodes: this number has had its share.
    :raises TooManyFromHere: this address has had its share.
    :raises SmsTooBusy: everybody together has had this minute's share.
    :raises SmsCapReached: today's money is spent.
    :raises SmsNotSent: the provider did not take it.
    """
    message = _reserve(phone=phone, purpose=purpose, address=address, at=at)
    if isinstance(message, Refusal):
        raise message
    try:
        sender().send(Sms(id=message.pk, phone=phone, template=template, values=values))
    except NotSent as problem:
        _note(message, status=SmsStatus.FAILED, error=problem.code)
        raise SmsNotSent from None
    _note(message, status=SmsStatus.SENT)
    return message


@transaction.atomic
def _reserve(
    *, phone: str, purpose: SmsPurpose, address: str, at: datetime
) -> SmsMessage | Refusal:
    """Count the message in before it is sent, or say why it may not be.

    Failed ones stay counted: a provider that answers late may have sent them all the same.
    """
    phone_hash, address_hash = _hashed(phone), _hashed(address) if address else ""
    day = _locked_day(at=at)
    if purpose != SmsPurpose.NOTICE and (
        refusal := _objection(phone_hash=phone_hash, address_hash=address_hash, at=at)
    ):
        return refusal
    if day.spent_fen + settings.SMS_PRICE_FEN > day.cap_fen:
        _tell_staff_once(day, at=at)
        return SmsCapReached()
    day.spent_fen += settings.SMS_PRICE_FEN
    day.save(update_fields=["spent_fen"])
    return SmsMessage.objects.create(
        purpose=purpose,
        phone_hash=phone_hash,
        phone_masked=masked(phone),
        address_hash=address_hash,
        sent_at=at,
        cost_fen=settings.SMS_PRICE_FEN,
    )


def _locked_day(*, at: datetime) -> SmsDay:
    """Return today's row, locked; a cap changed in the settings holds from the next message."""
    today = timezone.localdate(at)
    SmsDay.objects.get_or_create(day=today, defaults={"cap_fen": settings.SMS_DAILY_CAP_FEN})
    day = SmsDay.objects.select_for_update().get(day=today)
    if day.cap_fen != settings.SMS_DAILY_CAP_FEN:
        day.cap_fen = max(settings.SMS_DAILY_CAP_FEN, day.spent_fen)
        day.save(update_fields=["cap_fen"])
    return day


def _objection(*, phone_hash: str, address_hash: str, at: datetime) -> Refusal | None:
    codes = SmsMessage.objects.codes()
    mine = codes.to_phone(phone_hash)
    last = mine.order_by("-sent_at", "-pk").values_list("sent_at", flat=True).first()
    if last and (wait := last + COOLDOWN - at) > timedelta():
        return AskedTooSoon(seconds=ceil(wait.total_seconds()))
    for limit in PHONE_LIMITS:
        if refusal := _beyond(mine, limit, at=at):
            return refusal
    from_here = codes.filter(address_hash=address_hash)
    if address_hash and (refusal := _beyond(from_here, ADDRESS_LIMIT, at=at)):
        return refusal
    return _beyond(codes, OVERALL_LIMIT, at=at)


def _beyond(messages: SmsMessageQuerySet, limit: Limit, *, at: datetime) -> Refusal | None:
    sent = messages.since(at - limit.window).order_by("-sent_at", "-pk")
    oldest = sent.values_list("sent_at", flat=True)[limit.count - 1 : limit.count].first()
    if oldest is None:
        return None
    return limit.refusal(minutes=ceil((oldest + limit.window - at) / timedelta(minutes=1)))


def _tell_staff_once(day: SmsDay, *, at: datetime) -> None:
    if day.refused_at is None:
        day.refused_at = at
        day.save(update_fields=["refused_at"])
        publish(SmsBudgetSpent(at=at, spent_fen=day.spent_fen, cap_fen=day.cap_fen))


def _note(message: SmsMessage, *, status: SmsStatus, error: str = "") -> None:
    message.status, message.error = status, error[:60]
    message.save(update_fields=["status", "error"])


def _hashed(text: str) -> str:
    return salted_hmac("community.sms", text, algorithm="sha256").hexdigest()
