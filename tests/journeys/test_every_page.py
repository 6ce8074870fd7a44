"""Every page, as everybody who may see it: found by following the links, never listed here."""

from __future__ import annotations

from http import HTTPStatus

from django.test import Client

from community.models import Person
from tests.support.keys import enter
from tests.support.pages import Visited, crawl, faults_of, is_page, plain_addresses

PERSONAS = {
    "guest": None,
    "resident": "+8610000000002",
    "resident in large type": "+8610000000001",
    "grid worker": "+8610000000014",
    "committee member": "+8610000000008",
    "village editor": "+8610000000010",
    "dispatcher": "+8610000000016",
    "administrator": "+8610000000021",
    "auditor": "+8610000000022",
}
"""Who looks, by the phone of a demo person."""


def device_of(persona: str) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    phone = PERSONAS[persona]
    if phone is not None:
        enter(client, Person.objects.get(phone=phone))
    return client


def told(faults: list[tuple[str, str, str]]) -> str:
    return "\n".join(f"{address} as {persona}: {fault}" for persona, address, fault in faults)


def faults_in(page: Visited) -> list[str]:
    broken = [] if page.status == HTTPStatus.OK else [f"a dead link ({page.status})"]
    return broken + faults_of(page.html)


def test_every_page_that_a_link_leads_to_is_sound(demo):
    """No dead link, no other host, nothing inline, one h1, a name and a label for everything."""
    faults, seen = [], set()
    for persona in PERSONAS:
        for page in crawl(device_of(persona)):
            seen.add(page.address.split("?")[0])
            faults += [(persona, page.address, fault) for fault in faults_in(page)]

    assert not faults, told(faults)
    assert {"/", "/me/", "/me/preferences/"} <= seen, "the crawl does not get far"


def test_every_address_that_needs_no_argument_answers(demo):
    """What no link leads to as well: a page, a way to sign in, or a refusal; never a fault."""
    faults = []
    for persona in PERSONAS:
        device = device_of(persona)
        for address in plain_addresses():
            answer = device.get(address)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                faults.append((persona, address, f"answers {answer.status_code}"))
            if is_page(answer) and answer.content:
                faults += [
                    (persona, address, fault) for fault in faults_of(answer.content.decode())
                ]

    assert not faults, told(faults)
