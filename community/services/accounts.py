"""Joining, changing the number or the name, and leaving."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from community.events.accounts import AccountClosed, PersonJoined, PhoneChanged, PhoneReleased
from community.live import hang_up
from community.models import Draft, Person, Photo, Residence
from community.policies.accounts import PhoneTaken, objection_to_closing, objection_to_name
from community.publishing import publish
from community.services.filing import discard_draft
from community.services.photos import forget_photo

ALIASES: Final = (
    "芦花", "菱角", "荷叶", "白鹭", "乌篷", "桑葚", "青团", "稻香", "石桥", "春笋",
    "茭白", "银杏", "桂子", "莼菜", "翠鸟", "红蓼", "蚕豆", "棉田", "水杉", "橘灯",
)  # fmt: skip
"""Things of this country: an alias that says "a neighbour" and nothing about which one."""

CLOSED_NAME: Final = "已注销的邻居"


def new_alias() -> str:
    """Return a name that says nothing about whoever gets it."""
    return f"邻居{secrets.choice(ALIASES)}{secrets.randbelow(90) + 10}"


@transaction.atomic
def join(*, phone: str, at: datetime) -> Person:
    """Return the person with this confirmed number, who joins now if nobody has it.

    Two requests at once for one number make one person.
    """
    person, is_new = Person.objects.get_or_create(
        phone=phone,
        defaults={
            "phone_verified_at": at,
            "display_name": new_alias(),
            "joined_at": at,
            "password": "!",  # nobody signs in with a password
        },
    )
    if is_new:
        publish(PersonJoined(at=at, actor_id=person.pk, subject_id=person.pk))
    return person


@transaction.atomic
def confirm_phone(*, person: Person, phone: str, at: datetime) -> None:
    """Note that whoever holds this account holds its number; only the first time is kept."""
    assert person.phone == phone
    if person.phone_verified_at is None:
        person.phone_verified_at = at
        person.save(update_fields=["phone_verified_at"])


@transaction.atomic
def change_phone(*, person: Person, phone: str, at: datetime) -> None:
    """Give the account a new, confirmed number.

    :raises PhoneTaken: another account has it.
    """
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(phone=phone, phone_verified_at=at)
    except IntegrityError:  # the number is unique, also among those who ask at the same moment
        raise PhoneTaken from None
    person.phone, person.phone_verified_at = phone, at
    publish(PhoneChanged(at=at, actor_id=person.pk, subject_id=person.pk))


@transaction.atomic
def release_phone(*, phone: str, at: datetime) -> None:
    """Take a recycled number off the account of whoever had it before.

    The account stays as it is; its holder comes back with the grid worker's help.
    """
    holder = Person.objects.select_for_update().filter(phone=phone).first()
    if holder is None:
        return
    holder.phone = holder.phone_verified_at = None
    holder.save(update_fields=["phone", "phone_verified_at"])
    publish(PhoneReleased(at=at, subject_id=holder.pk))


@transaction.atomic
def rename(*, person: Person, display_name: str) -> None:
    """Change what neighbours see.

    :raises NameRefused: the name is too short or too long, a number, or poses as an office.
    """
    if objection := objection_to_name(display_name):
        raise objection
    person.display_name = display_name
    person.save(update_fields=["display_name"])


@transaction.atomic
def close_account(*, person: Person, at: datetime) -> None:
    """Close the account: what could name the person goes, what was done in the village stays.

    Rows of others that point here keep an id that leads to nobody (个人信息保护法 art. 47).

    :raises StillInOffice: an office has to be handed over first.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if objection := objection_to_closing(person, at=at):
        raise objection
    for bonds in (person.memberships, person.agencies, person.principals, person.wards):
        bonds.current(at=at).update(ends_at=at)
    person.notifications.all().delete()
    _forget_what_was_not_sent(person)
    _forget_keys_and_devices(person)
    person.phone = person.phone_verified_at = person.born_on = None
    person.registered_in = person.lives_in = None
    person.residence = Residence.NEW_RESIDENT
    person.name = person.gender = ""
    person.display_name, person.is_active = CLOSED_NAME, False
    person.save()
    publish(AccountClosed(at=at, actor_id=person.pk, subject_id=person.pk))


def _forget_what_was_not_sent(person: Person) -> None:
    """Delete drafts and photos that are nobody's business; what was reported stays a report."""
    for draft in Draft.objects.of(person).open():
        discard_draft(draft=draft)
    Draft.objects.of(person).delete()
    for photo in Photo.objects.of(person).drafts():
        forget_photo(photo=photo)


def _forget_keys_and_devices(person: Person) -> None:
    """Delete the second keys and end every session, with the open pages that they hold."""
    # By name: the domain does not import the library that keeps keys and devices.
    apps.get_model("mfa.Authenticator")._default_manager.filter(user=person).delete()
    devices = apps.get_model("usersessions.UserSession")._default_manager.filter(user=person)
    Session.objects.filter(session_key__in=devices.values("session_key")).delete()
    devices.delete()
    hang_up(person_id=person.pk)
