"""Wagtail's own search, as an editor uses it, and what our change of it stands on."""

from __future__ import annotations

from importlib import import_module, metadata

import pytest
from django.db import connection
from wagtail.search.backends import get_search_backend

from cms.adapters import searching
from cms.models import NoticePage
from tests.factories.cms import a_notice
from tests.factories.community import county_with_a_village

pytestmark = pytest.mark.django_db(transaction=True)  # Wagtail indexes once it is committed

NOTICE = "关于小区加装电梯的议事公告"


@pytest.fixture
def notice():
    return a_notice(county_with_a_village().village, title=NOTICE)


class TestAnEditor:
    @pytest.mark.parametrize(
        "question", ["电梯", "梯", "加装电梯", "公告", '"电梯"', '电梯"', "小区 公告"]
    )
    def test_finds_a_notice_by_any_of_its_words(self, notice, question):
        assert [page.pk for page in NoticePage.objects.search(question)] == [notice.pk]

    @pytest.mark.parametrize("question", ['"', " ", "", "'", "楼道", "“”"])
    def test_finds_nothing_by_nothing_and_breaks_nothing(self, notice, question):
        assert list(NoticePage.objects.search(question)) == []

    def test_is_helped_while_typing(self, notice):
        assert [page.pk for page in NoticePage.objects.autocomplete("电")] == [notice.pk]


class TestWhatItStandsOn:
    """`modelsearch` has no hook for how a text is made into terms: we replace a module global."""

    def test_is_the_version_that_was_read(self):
        major, minor = map(int, metadata.version("modelsearch").split(".")[:2])

        assert (major, minor) < (1, 4)

    def test_is_still_the_indexer_that_the_backend_uses(self):
        get_search_backend()
        module = import_module(searching.MODULES[connection.vendor])

        assert module.ObjectIndexer.makes_terms
