"""What the first page costs with everything that is registered, for everybody in the demo."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.home import PROVIDER_QUERIES
from community.models import Area, Kind, Person
from community.queries.home import figures_of, news_of, todos_of
from tests.journeys.test_every_page import PERSONAS, device_of

HOME_QUERIES_MAX = 11


@pytest.mark.parametrize("persona", PERSONAS)
def test_home_leaves_one_query_of_the_twelve(demo, persona):
    device = device_of(persona)
    device.get("/")
    caches["minute"].clear()

    with CaptureQueriesContext(connection) as asked:
        device.get("/")

    assert len(asked) <= HOME_QUERIES_MAX, "\n".join(query["sql"][:160] for query in asked)


@pytest.mark.parametrize("persona", [name for name, phone in PERSONAS.items() if phone])
def test_the_providers_share_their_part_of_it(demo, persona):
    person = Person.objects.get(phone=PERSONAS[persona])
    village = Area.objects.filter(kind=Kind.VILLAGE).order_by("code")[0]
    now = timezone.now()

    with CaptureQueriesContext(connection) as asked:
        todos_of(person, now)
        news_of(village, person, now)
        figures_of(village, now)

    assert len(asked) <= PROVIDER_QUERIES, "\n".join(query["sql"][:160] for query in asked)
