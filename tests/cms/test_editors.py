"""Editors write for their own village, and see nothing of another's."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.admin.urls import pages as wagtail_page_urls
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry

from cms.models import NoticePage
from community.models import Appointment, AuditEntry, Office
from tests.factories import PersonFactory, county_with_a_village, somebody_serving
from tests.factories.cms import a_notice, a_plain_page, page_of

pytestmark = pytest.mark.django_db

SECRET = "Nobody elsewhere knows this yet"
PAGE_URL_NAMES = sorted({p.name for p in wagtail_page_urls.urlpatterns if p.name})


@pytest.fixture
def line():
    return county_with_a_village()


@pytest.fixture
def neighbour(line):
    """Another village of the same county, with a draft of which nobody else may know."""
    return county_with_a_village(county=line.county)


@pytest.fixture
def draft(neighbour):
    return a_notice(neighbour.village, title=SECRET, live=False)


@pytest.fixture
def editor(line):
    page_of(line.village)
    return somebody_serving(line.village, Office.VILLAGE_EDITOR)


def page_urls(page):
    """Every address of Wagtail's that leads to something about one page."""
    revision = page.latest_revision
    other = {
        "content_type_app_name": "cms",
        "content_type_model_name": "noticepage",
        "parent_page_id": page.get_parent().pk,
    }
    known = {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "destination_id": page.get_parent().pk,
        "revision_id": revision.pk,
        "revision_id_a": revision.pk,
        "revision_id_b": revision.pk,
        "task_state_id": 1,
        "action_name": "approve",
        "workflow_state_id": 1,
        **other,
    }
    for pattern in wagtail_page_urls.urlpatterns:
        names = pattern.pattern.converters
        if names and set(names) <= set(known):
            kwargs = {name: known[name] for name in names}
            yield reverse(f"wagtailadmin_pages:{pattern.name}", kwargs=kwargs)
    yield reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    yield reverse("wagtailadmin_explore_results", args=[page.get_parent().pk])
    yield reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk])
    yield reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]) + "?page_type="
    yield reverse("wagtailadmin_choose_page") + f"?q={SECRET}"
    yield reverse("wagtailadmin_choose_page_search") + "?q=Nobody"
    yield reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}"
    yield reverse("wagtailadmin_pages:search") + "?q=Nobody"
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_api:pages:listing") + "?fields=*"
    yield reverse("wagtailadmin_api:pages:detail", args=[page.pk])
    yield reverse("wagtailadmin_reports:site_history")
    yield reverse("wagtailadmin_reports:aging_pages")
    yield reverse("wagtailadmin_reports:locked_pages")
    for action in ("delete", "move", "publish", "unpublish"):
        yield (
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"
        )


def as_stored():
    return list(
        Page.objects.order_by("pk").values_list(
            "pk", "path", "title", "draft_title", "live", "latest_revision", "locked"
        )
    )


class TestAnEditor:
    def test_is_offered_every_way_that_wagtail_knows(self):
        assert {"edit", "delete", "copy", "move", "history", "view_draft"} <= set(PAGE_URL_NAMES)

    def test_learns_nothing_of_another_villages_draft_at_any_address(self, enter, editor, draft):
        client = enter(editor)

        for url in page_urls(draft):
            answer = client.get(url)
            assert SECRET not in answer.content.decode(), url
            assert answer.status_code in (200, 302, 403, 404, 405), url

    def test_changes_nothing_of_another_villages_pages_at_any_address(
        self, enter, editor, line, neighbour, draft
    ):
        a_plain_page(neighbour.village)
        client, before = enter(editor), as_stored()
        mine = page_of(line.village)
        posted = {
            "title": "Ours now",
            "new_title": "Ours now",
            "new_slug": "ours",
            "new_parent_page": mine.pk,
            "chooser": mine.pk,
            "action-publish": "yes",
        }

        for url in page_urls(draft):
            client.post(url, posted)

        assert as_stored() == before

    def test_cannot_carry_another_villages_page_home(self, enter, editor, line, draft):
        mine, before = page_of(line.village), as_stored()

        url = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, mine.pk])
        enter(editor).post(url)

        assert as_stored() == before

    def test_cannot_put_a_page_under_another_village(self, enter, editor, neighbour):
        foreign, before = page_of(neighbour.village), as_stored()

        url = reverse("wagtailadmin_pages:add", args=["cms", "noticepage", foreign.pk])
        enter(editor).post(url, {"title": "Planted"})

        assert as_stored() == before

    @pytest.mark.parametrize("way", ["delete", "unpublish", "move"])
    def test_cannot_fell_the_page_of_their_own_village(self, enter, editor, line, way):
        client, mine = enter(editor), page_of(line.village)

        client.post(reverse(f"wagtailadmin_pages:{way}", args=[mine.pk]))
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", way])
        client.post(f"{bulk}?id={mine.pk}")

        assert Page.objects.get(pk=mine.pk).live

    def test_can_write_and_publish_a_notice(self, enter, editor, line):
        mine = page_of(line.village)
        url = reverse("wagtailadmin_pages:add", args=["cms", "noticepage", mine.pk])

        answer = enter(editor).post(url, notice_form(line.village))

        notice = NoticePage.objects.get()
        assert answer.status_code == 302
        assert notice.live
        assert notice.owner == editor
        assert notice.announcements.exists()

    def test_is_offered_only_the_areas_of_their_village(self, enter, editor, line, neighbour):
        mine = page_of(line.village)

        url = reverse("wagtailadmin_pages:add", args=["cms", "noticepage", mine.pk])
        field = enter(editor).get(url).context["form"].fields["area"]

        assert set(field.queryset) == {line.village, line.grid, line.micro_grid}

    def test_can_take_a_notice_back_and_it_is_written_down(self, enter, editor, line):
        notice = a_notice(line.village, owner=editor)

        enter(editor).post(reverse("wagtailadmin_pages:delete", args=[notice.pk]))

        assert not NoticePage.objects.exists()
        assert AuditEntry.objects.get(act="page.delete").actor_id == editor.pk

    def test_keeps_no_right_after_the_office_has_ended(self, enter, editor):
        client = enter(editor)
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

        Appointment.objects.filter(person=editor).update(ends_at=timezone.now())

        assert client.get(reverse("wagtailadmin_home")).status_code == 403

    def test_has_no_right_before_the_office_begins(self, enter, line):
        editor = PersonFactory()
        tomorrow = timezone.now() + dt.timedelta(days=1)
        Appointment.objects.create(
            person=editor, office=Office.VILLAGE_EDITOR, area=line.village, starts_at=tomorrow
        )

        assert enter(editor).get(reverse("wagtailadmin_home")).status_code == 403

    def test_sees_in_the_history_only_what_happened_at_home(self, enter, editor, line, draft):
        a_notice(line.village, title="Ours")
        PageLogEntry.objects.log_action(draft, "wagtail.edit")

        answer = enter(editor).get(reverse("wagtailadmin_reports:site_history"))

        assert SECRET not in answer.content.decode()


class TestPicturesAndFiles:
    @pytest.fixture
    def picture(self, neighbour):
        file = BytesIO()
        Pillow.new("RGB", (8, 8)).save(file, "PNG")
        return get_image_model().objects.create(
            title=SECRET,
            file=ImageFile(BytesIO(file.getvalue()), name="secret.png"),
            collection=page_of(neighbour.village).collection,
        )

    @pytest.fixture
    def document(self, neighbour):
        return get_document_model().objects.create(
            title=SECRET,
            file=ContentFile(b"%PDF-1.4", name="secret.pdf"),
            collection=page_of(neighbour.village).collection,
        )

    @pytest.mark.parametrize(
        ("name", "has_id"),
        [
            ("wagtailimages:index", False),
            ("wagtailimages:edit", True),
            ("wagtailimages:delete", True),
            ("wagtailimages:image_usage", True),
            ("wagtailimages:preview", True),
            ("wagtailimages:url_generator", True),
            ("wagtailimages_chooser:choose", False),
            ("wagtailimages_chooser:chosen", True),
            ("wagtailimages_chooser:chosen_multiple", False),
            ("wagtailimages_chooser:choose_results", False),
            ("wagtailimages_chooser:select_format", True),
        ],
    )
    def test_of_another_village_are_not_shown(self, enter, editor, picture, name, has_id):
        args = [picture.pk] if has_id else []
        if name == "wagtailimages:preview":
            args.append("original")

        answer = enter(editor).get(reverse(name, args=args), {"id": picture.pk})

        assert SECRET not in getattr(answer, "content", b"").decode(errors="replace")
        assert answer.get("Content-Type", "") != "image/png"

    @pytest.mark.parametrize(
        ("name", "has_id"),
        [
            ("wagtaildocs:index", False),
            ("wagtaildocs:edit", True),
            ("wagtaildocs:delete", True),
            ("wagtaildocs:document_usage", True),
            ("wagtaildocs_chooser:choose", False),
            ("wagtaildocs_chooser:chosen", True),
            ("wagtaildocs_chooser:chosen_multiple", False),
            ("wagtaildocs_chooser:choose_results", False),
        ],
    )
    def test_as_files_of_another_village_are_not_shown(self, enter, editor, document, name, has_id):
        answer = enter(editor).get(
            reverse(name, args=[document.pk] if has_id else []), {"id": document.pk}
        )

        assert SECRET not in answer.content.decode()

    def test_cannot_be_deleted_from_another_village(self, enter, editor, picture, document):
        client = enter(editor)

        client.post(reverse("wagtailimages:delete", args=[picture.pk]))
        client.post(reverse("wagtaildocs:delete", args=[document.pk]))
        bulk = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
        client.post(f"{bulk}?id={picture.pk}")

        assert get_image_model().objects.exists()
        assert get_document_model().objects.exists()

    @pytest.mark.parametrize("action", ["delete", "add_tags", "add_to_collection"])
    def test_of_another_village_are_not_named_by_actions_on_many(
        self, enter, editor, picture, document, action
    ):
        client = enter(editor)

        for app, model, thing in (
            ("wagtailimages", "image", picture),
            ("wagtaildocs", "document", document),
        ):
            url = reverse("wagtail_bulk_action", args=[app, model, action])
            assert SECRET not in client.get(f"{url}?id={thing.pk}").content.decode()

    def test_are_put_into_the_collection_of_ones_own_village(self, enter, editor, line):
        answer = enter(editor).get(reverse("wagtailimages:add"))

        choices = answer.context["form"].fields.get("collection")
        assert choices is None or set(choices.queryset) == {page_of(line.village).collection}


class TestTheDoor:
    def test_sends_a_guest_to_our_own_sign_in(self, client):
        answer = client.get(reverse("wagtailadmin_home"))

        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))

    def test_has_no_login_form_of_its_own(self, client):
        answer = client.get("/cms/login/", {"next": "/cms/"})

        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))

    @pytest.mark.parametrize("path", ["/cms/password_reset/"])
    def test_resets_no_password(self, client, path):
        assert client.get(path).status_code in (302, 404)

    def test_tells_a_resident_why_not_without_a_loop(self, enter):
        answer = enter(PersonFactory()).get(reverse("wagtailadmin_home"))

        assert answer.status_code == 403
        assert answer.context["refusal"].code == "not_an_editor"

    def test_asks_for_the_second_factor(self, enter, editor):
        answer = enter(editor, has_second_factor=False).get(reverse("wagtailadmin_home"))

        assert answer.status_code == 302
        assert "second-factor" in answer.url

    @pytest.mark.parametrize(
        ("office", "level", "is_open"),
        [
            (Office.VILLAGE_EDITOR, "village", True),
            (Office.VILLAGE_COMMITTEE, "village", True),
            (Office.VILLAGE_SECRETARY, "village", True),
            (Office.TOWN_DISPATCHER, "town", True),
            (Office.TOWN_REVIEWER, "town", True),
            (Office.SYSTEM_ADMIN, "county", True),
            (Office.SECURITY_AUDITOR, "county", True),
            (Office.TOWN_HANDLER, "town", False),
            (Office.GRID_WORKER, "grid", False),
            (Office.MICRO_GRID_LEADER, "micro_grid", False),
            (Office.MODERATOR, "village", False),
            (Office.POINTS_ADMIN, "village", False),
            (Office.VILLAGE_EDITOR, "grid", False),
        ],
    )
    def test_opens_for_the_offices_that_write(self, enter, line, office, level, is_open):
        page_of(line.village)
        person = somebody_serving(getattr(line, level), office)

        answer = enter(person).get(reverse("wagtailadmin_home"))

        assert (answer.status_code == 200) is is_open

    def test_shows_the_auditor_no_pages(self, enter, line, draft):
        auditor = somebody_serving(line.county, Office.SECURITY_AUDITOR)

        answer = enter(auditor).get(reverse("wagtailadmin_explore_root"))

        assert SECRET not in answer.content.decode()

    def test_lets_the_town_write_for_its_villages(self, enter, line):
        notice = a_notice(line.village)
        desk = somebody_serving(line.town, Office.TOWN_DISPATCHER)

        answer = enter(desk).get(reverse("wagtailadmin_pages:edit", args=[notice.pk]))

        assert answer.status_code == 200

    @pytest.mark.parametrize("name", ["wagtailusers_users:index", "wagtailusers_groups:index"])
    def test_manages_no_people_even_for_the_county(self, enter, line, name):
        admin = somebody_serving(line.county, Office.SYSTEM_ADMIN)
        try:
            url = reverse(name)
        except NoReverseMatch:
            return

        assert enter(admin).get(url).status_code == 302


def notice_form(area, **changed):
    """What the editor's form sends for a notice with one paragraph."""
    return {
        "title": "Water off tomorrow",
        "kind": "notice",
        "urgency": "ordinary",
        "area": area.pk,
        "audience": "everyone",
        "starts_at": "2026-03-02 08:00",
        "ends_at": "",
        "happens_at": "",
        "happens_where": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "",
        "body-0-value": "From nine to eleven",
        "action-publish": "action-publish",
        **changed,
    }
