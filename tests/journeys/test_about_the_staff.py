"""A complaint about the village's own staff goes past them, from the filing page to the inbox."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from community.models import EventRecord, Notification, Office, Report
from community.publishing import deliver_event
from community.workflow import Level
from tests.factories.community import PersonFactory
from tests.factories.reports import CategoryFactory, SubcategoryFactory, staffed_county
from tests.support.keys import enter

pytestmark = pytest.mark.django_db

OF_THE_UNIT = (
    Office.GRID_WORKER,
    Office.GRID_LEADER,
    Office.VILLAGE_COMMITTEE,
    Office.VILLAGE_SECRETARY,
    Office.MEDIATOR,
    Office.VOLUNTEER,
)


@pytest.fixture
def county():
    return staffed_county()


@pytest.fixture
def complaint(county) -> Report:
    """What a resident has filed, page by page, about the staff of the village."""
    kind = SubcategoryFactory(category=CategoryFactory(skips_own_staff=True))
    device = enter(Client(), PersonFactory(lives_in=county.line.village))
    first = reverse("community:draft", args=[uuid.uuid4()])
    entries = {"subcategory": kind.pk, "area": county.line.micro_grid.pk, "body": "They shouted."}
    check = device.post(first, {"act": "check", **entries}).url
    assert 'name="about_level"' in device.get(check).content.decode()
    device.post(check, {"visibility": "private", "about_level": Level.VILLAGE})
    for record in EventRecord.objects.order_by("at", "recorded_at"):
        deliver_event(event_id=str(record.pk))
    return Report.objects.get()


def test_goes_to_the_town(county, complaint):
    device = enter(Client(), county.dispatcher)

    assert complaint.owner_level == Level.TOWN
    assert complaint.title in device.get(reverse("community:inbox")).content.decode()
    assert Notification.objects.filter(person=county.dispatcher).exists()


@pytest.mark.parametrize("office", OF_THE_UNIT)
def test_is_nowhere_for_those_whom_it_is_about(county, complaint, office):
    holder = county.somebody(office)
    device = enter(Client(), holder)

    assert complaint.title not in device.get(reverse("community:inbox")).content.decode()
    assert complaint.title not in device.get(reverse("community:home")).content.decode()
    assert device.get(complaint.get_absolute_url()).status_code == 404
    assert not Notification.objects.filter(person=holder).exists()
