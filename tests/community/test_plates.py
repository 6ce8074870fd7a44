"""Door plates: given out, revoked, replaced, and printed once by whoever comes to it."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community import sheets
from community.consumers.plates import admit, snapshot
from community.errors import Refusal
from community.hub import Unknown
from community.models import (
    AuditEntry,
    EventRecord,
    Notification,
    Office,
    Plate,
    PlatePrint,
    PlateReason,
    PrintChoice,
    PrintJob,
    PrintState,
)
from community.models.photos import private_files
from community.models.plates import DOOR_CODE_ALPHABET, SHEETS_KEPT
from community.policies.plates import (
    HasAPlate,
    NewPlateOnItsWay,
    NothingToPrint,
    NotYourPlate,
    NotYourPlates,
    PlateHangsThere,
    PlateRevokedAlready,
    TooManyPlates,
)
from community.queries.places import locate
from community.queries.plates import counted, faces_of
from community.services import print_jobs
from community.services.plates import (
    issue_plate,
    issue_plates,
    put_up_plate,
    replace_plate,
    revoke_plate,
)
from community.services.print_jobs import ask_for_print, finish_print, note_progress, take_up
from community.tasks.plates import drive_print_jobs, print_plates
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
)
from tests.support.worker import environment
from tests.times import on_monday

NOW, LATER = on_monday("09:00"), on_monday("10:00")
ORIGIN = "https://linli.example/"
LOST = PlateReason.LOST


@pytest.fixture
def line(db):
    return county_with_a_village()


@pytest.fixture
def home(line):
    return HouseholdFactory(micro_grid=line.micro_grid)


@pytest.fixture
def resident(home):
    return MembershipFactory(household=home).person


@pytest.fixture
def grid_worker(line):
    return somebody_serving(line.grid)


def plate_of(household):
    return Plate.objects.current().get(household=household)


def asked(area, by, choice=PrintChoice.ALL, at=NOW, **more):
    return ask_for_print(area=area, choice=choice, by=by, origin=ORIGIN, at=at, **more)


def kept(job):
    """Return the file of a job."""
    with private_files().open(PrintJob.objects.get(pk=job.pk).file.name) as file:
        return file.read()


def signed_in(person, *, has_second_factor=True):
    client, now = Client(), timezone.now().timestamp()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["seen_at"] = now
    session["account_authentication_methods_user"] = str(person.pk)
    proved = [{"method": "mfa", "at": now}]
    session["account_authentication_methods"] = proved if has_second_factor else []
    session.save()
    return client


class TestAPlate:
    def test_hangs_once_at_a_door(self, home, grid_worker):
        with pytest.raises(HasAPlate):
            issue_plate(household=home, by=grid_worker, at=NOW)

    def test_is_one_at_a_door_by_constraint(self, home):
        with pytest.raises(IntegrityError, match="plate"), transaction.atomic():
            Plate.objects.create(household=home, code="ZZZZZ2", issued_at=NOW)

    def test_hangs_at_one_thing(self, home, line):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plate.objects.create(
                household=home, micro_grid=line.micro_grid, label="x", code="ZZZZZ2", issued_at=NOW
            )

    def test_is_revoked_with_a_reason(self, home):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plate.objects.filter(household=home).update(revoked_at=LATER)

    def test_of_a_lamp_post_places_a_report_and_says_what_it_is_about(self, line, grid_worker):
        plate = put_up_plate(micro_grid=line.micro_grid, label="Lamp 12", by=grid_worker, at=NOW)

        assert locate(door_code=plate.code, at=NOW).area == line.micro_grid
        assert plate.where == "Lamp 12"

    def test_of_a_lamp_post_cannot_be_mixed_up(self, line, grid_worker):
        put_up_plate(micro_grid=line.micro_grid, label="Lamp 12", by=grid_worker, at=NOW)

        with pytest.raises(PlateHangsThere, match="Lamp 12"):
            put_up_plate(micro_grid=line.micro_grid, label="Lamp 12", by=grid_worker, at=NOW)

    def test_is_put_up_by_those_who_serve_there(self, line, resident):
        with pytest.raises(NotYourPlates):
            put_up_plate(micro_grid=line.micro_grid, label="Lamp 12", by=resident, at=NOW)

    def test_is_given_to_many_households_in_few_queries(self, line, django_assert_max_num_queries):
        homes = HouseholdFactory.create_batch(60, micro_grid=line.micro_grid)
        Plate.objects.all().delete()

        with django_assert_max_num_queries(5):
            plates = issue_plates(households=homes, at=NOW)

        assert len({plate.code for plate in plates}) == 60
        assert set("".join(plate.code for plate in plates)) <= set(DOOR_CODE_ALPHABET)
        assert {plate.household for plate in plates} == set(homes)


class TestReplacing:
    def test_takes_the_old_code_out_of_use_and_gives_a_new_one(self, home, grid_worker):
        old = plate_of(home)

        fresh = replace_plate(plate=old, reason=LOST, by=grid_worker, at=LATER, note="storm")

        old.refresh_from_db()
        assert home.door_code == fresh.code != old.code
        assert (old.revoked_at, old.revoked_by, old.note) == (LATER, grid_worker, "storm")
        assert locate(door_code=old.code, at=LATER) is None

    def test_is_in_the_audit_and_told(self, home, grid_worker):
        replace_plate(plate=plate_of(home), reason=LOST, by=grid_worker, at=LATER)

        acts = set(AuditEntry.objects.values_list("act", flat=True))
        assert acts == {"plate.revoke", "plate.issue"}
        assert EventRecord.objects.filter(name="community.plate_replaced").count() == 1

    def test_is_for_those_who_live_there(self, home, resident):
        fresh = replace_plate(plate=plate_of(home), reason=LOST, by=resident, at=LATER)

        assert home.plates.exclude(pk=fresh.pk).get().revoked_by == resident

    def test_is_not_for_neighbours(self, home):
        with pytest.raises(NotYourPlate):
            replace_plate(plate=plate_of(home), reason=LOST, by=PersonFactory(), at=LATER)

    def test_of_a_lamp_is_not_for_residents(self, line, grid_worker, resident):
        lamp = put_up_plate(micro_grid=line.micro_grid, label="Lamp", by=grid_worker, at=NOW)

        with pytest.raises(NotYourPlate):
            replace_plate(plate=lamp, reason=LOST, by=resident, at=LATER)

    def test_is_asked_for_once_until_the_new_one_is_printed(self, home, resident, grid_worker):
        fresh = replace_plate(plate=plate_of(home), reason=LOST, by=resident, at=NOW)

        with pytest.raises(NewPlateOnItsWay):
            replace_plate(plate=fresh, reason=LOST, by=resident, at=LATER)
        print_plates(job_id=asked(fresh.place, grid_worker).pk)
        assert replace_plate(plate=fresh, reason=LOST, by=resident, at=LATER)

    def test_happens_once(self, home, grid_worker):
        old = plate_of(home)
        replace_plate(plate=old, reason=LOST, by=grid_worker, at=LATER)

        with pytest.raises(PlateRevokedAlready):
            replace_plate(plate=old, reason=LOST, by=grid_worker, at=LATER)

    def test_is_told_to_the_grid_worker(
        self, home, resident, grid_worker, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            fresh = replace_plate(plate=plate_of(home), reason=LOST, by=resident, at=NOW)

        [message] = Notification.objects.filter(kind="community.plate_replaced")
        assert (message.person, message.path) == (grid_worker, f"/plates/{fresh.pk}/")

    def test_is_told_in_the_village_only_where_nobody_serves_the_grid(
        self, line, home, resident, django_capture_on_commit_callbacks
    ):
        secretary = somebody_serving(line.village, Office.VILLAGE_SECRETARY)

        with django_capture_on_commit_callbacks(execute=True):
            replace_plate(plate=plate_of(home), reason=LOST, by=resident, at=NOW)

        assert [told.person for told in Notification.objects.all()] == [secretary]

    def test_is_no_news_to_who_did_it(self, home, grid_worker, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            replace_plate(plate=plate_of(home), reason=LOST, by=grid_worker, at=NOW)

        assert not Notification.objects.filter(person=grid_worker).exists()


class TestRevoking:
    def test_for_good_leaves_the_door_without_a_plate(self, home, grid_worker):
        revoke_plate(plate=plate_of(home), reason=PlateReason.REMOVED, by=grid_worker, at=LATER)

        assert home.door_code == ""
        assert issue_plate(household=home, by=grid_worker, at=LATER).household == home

    def test_is_for_those_who_serve_there(self, home, resident):
        with pytest.raises(NotYourPlates):
            revoke_plate(plate=plate_of(home), reason=LOST, by=resident, at=LATER)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.mark.parametrize("_round", range(5))
    def test_replacing_the_same_plate_make_one_new_one(self, _round):
        line = county_with_a_village()
        home, worker = HouseholdFactory(micro_grid=line.micro_grid), somebody_serving(line.grid)
        plate = plate_of(home)

        outcomes = _at_once(
            lambda: replace_plate(plate=plate, reason=LOST, by=worker, at=LATER).code, 4
        )

        assert sorted(map(type, outcomes), key=str).count(PlateRevokedAlready) == 3
        assert Plate.objects.filter(household=home).count() == 2
        assert Plate.objects.current().filter(household=home).count() == 1

    def test_issuing_to_the_same_household_hang_one_up(self):
        line = county_with_a_village()
        home, worker = HouseholdFactory(micro_grid=line.micro_grid), somebody_serving(line.grid)
        Plate.objects.filter(household=home).delete()

        outcomes = _at_once(lambda: issue_plate(household=home, by=worker, at=NOW).code, 4)

        assert [type(outcome) for outcome in outcomes].count(HasAPlate) == 3
        assert Plate.objects.filter(household=home).count() == 1

    def test_asking_for_the_same_sheets_are_given_one_job(self):
        line = county_with_a_village()
        HouseholdFactory(micro_grid=line.micro_grid)
        worker = somebody_serving(line.grid)

        outcomes = _at_once(lambda: asked(line.grid, worker).pk, 4)

        assert len(set(outcomes)) == 1
        assert PrintJob.objects.count() == 1

    def test_taking_up_a_job_leave_it_to_one(self):
        line = county_with_a_village()
        HouseholdFactory(micro_grid=line.micro_grid)
        job = asked(line.grid, somebody_serving(line.grid))

        outcomes = _at_once(lambda: take_up(job=job, at=NOW), 4)

        assert sum(outcome is not None for outcome in outcomes) == 1


def _at_once(act, times):
    """Return what came of doing the same in several threads, refusals included."""

    def one(_number):
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


class TestAPrintJob:
    def test_fixes_the_places_of_the_plates_when_it_is_asked_for(self, line, home, grid_worker):
        job = asked(line.grid, grid_worker)
        HouseholdFactory(micro_grid=line.micro_grid)

        assert list(job.plates.all()) == [plate_of(home)]
        assert (job.state, job.total) == (PrintState.WAITING, 1)

    def test_is_drawn_and_kept(self, line, home, grid_worker):
        job = asked(line.grid, grid_worker)

        print_plates(job_id=job.pk)

        job.refresh_from_db()
        assert (job.state, job.done) == (PrintState.DONE, 1)
        assert kept(job).startswith(b"%PDF-")

    def test_says_nothing_of_the_household(self, line, grid_worker):
        HouseholdFactory(micro_grid=line.micro_grid, code="SECRET-7", address="Willow Lane 7")
        job = asked(line.grid, grid_worker)

        [face] = faces_of(job)

        shown = f"{face.code} {face.address} {face.village} {face.label}"
        assert "SECRET" not in shown
        assert "Willow" not in shown
        assert face.village == line.village.name
        assert face.address == f"https://linli.example/d/{face.code}/"

    def test_prints_new_plates_once(self, line, home, grid_worker):
        print_plates(job_id=asked(line.grid, grid_worker).pk)
        assert counted(line.village).new == 0
        with pytest.raises(NothingToPrint):
            asked(line.grid, grid_worker, PrintChoice.NEW)

        fresh = replace_plate(plate=plate_of(home), reason=LOST, by=grid_worker, at=LATER)

        assert list(asked(line.grid, grid_worker, PrintChoice.NEW).plates.all()) == [fresh]

    def test_of_one_plate_is_not_for_one_that_was_revoked(self, line, home, grid_worker):
        old = plate_of(home)
        replace_plate(plate=old, reason=LOST, by=grid_worker, at=LATER)
        old.refresh_from_db()

        with pytest.raises(PlateRevokedAlready):
            asked(line.micro_grid, grid_worker, PrintChoice.ONE, plate=old)

    def test_leaves_out_what_was_revoked_meanwhile(self, line, home, grid_worker):
        job = asked(line.grid, grid_worker)
        replace_plate(plate=plate_of(home), reason=LOST, by=grid_worker, at=LATER)

        assert list(faces_of(job)) == [None]

    def test_is_not_for_other_areas(self, line, home):
        elsewhere = somebody_serving(county_with_a_village(line.county).grid)

        with pytest.raises(NotYourPlates):
            asked(line.grid, elsewhere)

    def test_has_an_end(self, line, home, grid_worker, monkeypatch):
        monkeypatch.setattr(print_jobs, "PLATES_MOST", 0)

        with pytest.raises(TooManyPlates):
            asked(line.grid, grid_worker)

    def test_is_asked_for_once_at_a_time(self, line, home, grid_worker):
        assert asked(line.grid, grid_worker) == asked(line.grid, grid_worker)

    @pytest.mark.parametrize("count", [30, 90])
    def test_costs_the_same_queries_whatever_their_number(
        self, line, grid_worker, django_assert_max_num_queries, count
    ):
        HouseholdFactory.create_batch(count, micro_grid=line.micro_grid)

        with django_assert_max_num_queries(10):
            job = asked(line.grid, grid_worker)
        with django_assert_max_num_queries(2):
            assert len(list(faces_of(job))) == count


class TestAJobLeftByItsWorker:
    @pytest.fixture
    def job(self, line, home, grid_worker):
        return asked(line.grid, grid_worker)

    def test_is_not_taken_while_somebody_holds_it(self, job):
        assert take_up(job=job, at=NOW)

        assert take_up(job=job, at=NOW + print_jobs.LEASE - timedelta(seconds=1)) is None

    def test_is_taken_up_again_and_the_first_one_has_lost_it(self, job):
        dead = take_up(job=job, at=NOW)
        later = NOW + print_jobs.LEASE
        alive = take_up(job=job, at=later)

        assert not note_progress(job=dead, done=1, at=later)
        assert not finish_print(job=dead, file=io.BytesIO(b"dead"), at=later)
        assert finish_print(job=alive, file=io.BytesIO(b"alive"), at=later)
        assert not finish_print(job=alive, file=io.BytesIO(b"again"), at=later)
        assert kept(job) == b"alive"

    def test_is_held_for_longer_by_whoever_speaks(self, job):
        held = take_up(job=job, at=NOW)
        spoke = NOW + print_jobs.LEASE - timedelta(seconds=1)
        assert note_progress(job=held, done=1, at=spoke)

        assert take_up(job=job, at=spoke + timedelta(minutes=1)) is None

    def test_is_given_up_in_the_end(self, job):
        at = NOW
        for _attempt in range(print_jobs.ATTEMPTS_MAX):
            assert take_up(job=job, at=at)
            at += print_jobs.LEASE

        assert take_up(job=job, at=at) is None
        job.refresh_from_db()
        assert job.state == PrintState.FAILED

    def test_is_handed_out_by_the_clock(self, job):
        drive_print_jobs()

        job.refresh_from_db()
        assert job.state == PrintState.DONE

    def test_is_not_drawn_again_once_it_is_done(self, job):
        print_plates(job_id=job.pk)
        job.refresh_from_db()
        finished_at = job.finished_at

        print_plates(job_id=job.pk)
        drive_print_jobs()

        job.refresh_from_db()
        assert (job.finished_at, job.attempt) == (finished_at, 1)

    def test_stops_when_somebody_else_has_taken_it_over(self, job, monkeypatch):
        def taken_over(*_args, **_more):
            PrintJob.objects.filter(pk=job.pk).update(attempt=7)
            yield 1

        monkeypatch.setattr("community.tasks.plates.SPEAKS_EVERY", timedelta(0))
        monkeypatch.setattr("community.tasks.plates.draw", taken_over)

        print_plates(job_id=job.pk)

        job.refresh_from_db()
        assert (job.state, job.file.name) == (PrintState.RUNNING, "")


class TestAFile:
    def test_is_let_go_of_after_a_week(
        self, line, home, grid_worker, django_capture_on_commit_callbacks
    ):
        job = asked(line.grid, grid_worker)
        print_plates(job_id=job.pk)
        job.refresh_from_db()
        name = job.file.name
        PrintJob.objects.update(finished_at=timezone.now() - SHEETS_KEPT)

        with django_capture_on_commit_callbacks(execute=True):
            drive_print_jobs()

        assert not private_files().exists(name)
        assert counted(line.village).new == 0, "it was printed all the same"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_a_job_that_is_finished_once():
    line = county_with_a_village()
    HouseholdFactory.create_batch(600, micro_grid=line.micro_grid)
    job = asked(line.grid, somebody_serving(line.grid), at=timezone.now())
    words = (
        "import django; django.setup(); from datetime import timedelta;"
        "from community.tasks import plates; plates.SPEAKS_EVERY = timedelta(0);"
        f"plates.print_plates(job_id='{job.pk}')"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", words], cwd=settings.BASE_DIR, env=environment()
    )
    give_up_at = time.monotonic() + 60
    while not PrintJob.objects.filter(done__gt=0).exists():
        assert time.monotonic() < give_up_at
        assert worker.poll() is None, "it ended before it could be killed"
        time.sleep(0.002)

    worker.send_signal(signal.SIGKILL)
    worker.wait()
    job.refresh_from_db()
    assert (job.state, job.file.name) == (PrintState.RUNNING, "")
    drive_print_jobs()
    assert PrintJob.objects.get().attempt == 1, "its time is not over yet"
    PrintJob.objects.update(leased_until=timezone.now())
    drive_print_jobs()
    drive_print_jobs()

    job.refresh_from_db()
    assert (job.state, job.done, job.attempt) == (PrintState.DONE, 600, 2)
    assert PlatePrint.objects.count() == 600
    assert kept(job).rstrip().endswith(b"%%EOF")


class TestScanning:
    def test_leads_to_the_form(self, client, home):
        answer = client.get(f"/d/{home.door_code}/")

        assert answer.url == f"/reports/new/?door={home.door_code}"

    def test_a_revoked_code_says_so_and_never_where(self, client, line, home, grid_worker):
        code = home.door_code
        replace_plate(plate=plate_of(home), reason=LOST, by=grid_worker, at=LATER, note="storm")

        answer = client.get(f"/d/{code}/")

        shown = answer.content.decode().partition("<main")[2].partition("</main")[0]
        assert answer.status_code == 410
        assert "This plate is out of use" in shown
        secrets = (home.address, line.micro_grid.name, line.village.name, "storm", home.door_code)
        assert [said for said in secrets if said in shown] == []

    def test_an_unknown_code_is_another_thing(self, client, db):
        assert client.get("/d/ZZZZZZ/").status_code == 404


class TestMyPlate:
    def test_is_said_to_be_gone_from_my_household(self, client, home, resident):
        client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        code = home.door_code
        assert reverse("community:plate_lost") in client.get("/household/").content.decode()

        answer = client.post(reverse("community:plate_lost"), follow=True)

        assert "Your grid worker brings you the new plate" in answer.content.decode()
        assert home.door_code not in {code, ""}

    def test_is_not_replaced_by_looking_at_the_page(self, client, home, resident):
        client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        code = home.door_code

        assert code in client.get(reverse("community:plate_lost")).content.decode()

        assert home.door_code == code

    def test_that_is_on_its_way_is_not_asked_for_again(self, client, home, resident):
        client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        client.post(reverse("community:plate_lost"))
        code = home.door_code

        shown = client.get(reverse("community:plate_lost")).content.decode()
        client.post(reverse("community:plate_lost"))

        assert "A new plate waits to be printed already" in shown
        assert home.door_code == code

    def test_is_nothing_to_somebody_without_a_household(self, client, db):
        client.force_login(PersonFactory(), backend="django.contrib.auth.backends.ModelBackend")

        assert client.get(reverse("community:plate_lost")).status_code == 404


class TestTheDesk:
    @pytest.fixture
    def desk(self, grid_worker):
        return signed_in(grid_worker)

    def test_leads_to_the_area_that_is_served(self, desk, line):
        assert desk.get("/plates/").url == f"/plates/areas/{line.grid.pk}/"

    def test_counts_and_lists_what_hangs(self, desk, line, home):
        shown = desk.get(f"/plates/areas/{line.grid.pk}/").content.decode()

        assert home.address in shown
        assert home.door_code in shown
        assert "Only the 1 new one" in shown

    def test_shows_who_said_that_a_plate_is_gone(self, desk, line, home, resident):
        replace_plate(plate=plate_of(home), reason=LOST, by=resident, at=LATER)

        shown = desk.get(f"/plates/areas/{line.grid.pk}/").content.decode()

        assert f"said by {resident.get_full_name()}" in shown

    def test_asks_for_the_second_factor(self, grid_worker, line):
        weak = signed_in(grid_worker, has_second_factor=False)

        assert "second-factor" in weak.get(f"/plates/areas/{line.grid.pk}/").url

    @pytest.mark.parametrize("page", ["", "areas/{area}/", "{plate}/", "{plate}/replacement/",
                                      "{plate}/plate.svg", "sheets/{job}/", "sheets/{job}/list/",
                                      "sheets/{job}/plates.pdf"])  # fmt: skip
    def test_is_closed_to_everybody_else(self, line, home, resident, grid_worker, page):
        job = asked(line.grid, grid_worker)
        path = "/plates/" + page.format(area=line.grid.pk, plate=plate_of(home).pk, job=job.pk)
        elsewhere = somebody_serving(county_with_a_village(line.county).grid)

        assert signed_in(resident).get(path).status_code == 409
        if page:
            assert signed_in(elsewhere).get(path).status_code == 409
        assert Client().get(path).url.startswith("/accounts/login/")

    @pytest.mark.django_db(transaction=True)
    def test_prints_and_hands_out_the_file(self, desk, line, home):
        answer = desk.post(f"/plates/areas/{line.grid.pk}/print/", {"choice": "new"}, follow=True)

        shown = answer.content.decode()
        job = PrintJob.objects.get()
        assert "Fetch the PDF" in shown
        pdf = desk.get(f"/plates/sheets/{job.pk}/plates.pdf")
        assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
        assert pdf["Content-Disposition"].startswith('attachment; filename="plates-')

    def test_says_why_there_is_nothing_to_print(self, desk, line):
        answer = desk.post(f"/plates/areas/{line.grid.pk}/print/", {"choice": "all"}, follow=True)

        assert "There is no plate to print here." in answer.content.decode()

    def test_knows_no_other_choice(self, desk, line):
        answer = desk.post(f"/plates/areas/{line.grid.pk}/print/", {"choice": "some"})

        assert answer.status_code == 404

    def test_shows_how_far_a_job_is_without_a_script(self, desk, line, home, grid_worker):
        job = asked(line.grid, grid_worker)

        shown = desk.get(f"/plates/sheets/{job.pk}/").content.decode()

        assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in shown
        assert '<progress class="plates__bar" id="progress" max="1" value="0">' in shown
        assert desk.get(f"/plates/sheets/{job.pk}/plates.pdf").status_code == 302

    def test_says_when_a_file_is_gone(self, desk, line, home, grid_worker):
        job = asked(line.grid, grid_worker)
        print_plates(job_id=job.pk)
        PrintJob.objects.update(file="")

        assert "is gone" in desk.get(f"/plates/sheets/{job.pk}/").content.decode()
        assert desk.get(f"/plates/sheets/{job.pk}/plates.pdf").status_code == 409

    def test_says_when_a_job_failed(self, desk, line, home, grid_worker):
        job = asked(line.grid, grid_worker)
        PrintJob.objects.update(state=PrintState.FAILED, finished_at=NOW)

        shown = desk.get(f"/plates/sheets/{job.pk}/").content.decode()

        assert "The sheets could not be drawn" in shown

    def test_says_that_a_machine_has_no_chinese_font(
        self, desk, line, home, grid_worker, monkeypatch
    ):
        monkeypatch.setattr("community.views.plate_sheets.is_embedded", lambda font: False)
        job = asked(line.grid, grid_worker)
        print_plates(job_id=job.pk)

        assert "no Chinese font" in desk.get(f"/plates/sheets/{job.pk}/").content.decode()

    def test_lists_which_plate_goes_where(self, desk, line, home, grid_worker):
        job = asked(line.grid, grid_worker)

        shown = desk.get(f"/plates/sheets/{job.pk}/list/").content.decode()

        assert home.address in shown
        assert "sheet 1, place 1" in shown

    def test_replaces_a_plate(self, desk, home):
        old = plate_of(home)

        answer = desk.post(f"/plates/{old.pk}/replacement/", {"reason": "lost", "note": "x"})

        assert answer.url == f"/plates/{plate_of(home).pk}/"
        assert desk.get(f"/plates/{old.pk}/").status_code == 200
        again = desk.post(f"/plates/{old.pk}/replacement/", {"reason": "lost", "note": "my words"})
        assert "my words" in again.content.decode()
        assert "has been revoked already" in again.content.decode()

    def test_revokes_for_good_what_is_no_more(self, desk, home):
        desk.post(f"/plates/{plate_of(home).pk}/replacement/", {"reason": "removed"})

        assert home.door_code == ""

    def test_asks_what_is_wrong(self, desk, home):
        assert desk.post(f"/plates/{plate_of(home).pk}/replacement/", {}).status_code == 422

    def test_puts_up_a_plate_in_the_lane(self, desk, line):
        path = f"/plates/areas/{line.micro_grid.pk}/new/"

        desk.post(path, {"label": "Lamp 12"})
        again = desk.post(path, {"label": "Lamp 12"})

        assert Plate.objects.get(micro_grid=line.micro_grid).label == "Lamp 12"
        assert again.status_code == 422

    @pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
    def test_gives_one_code_as_a_picture(self, desk, home, form, begins):
        answer = desk.get(f"/plates/{plate_of(home).pk}/plate.{form}")

        assert answer.content.startswith(begins)

    @pytest.mark.parametrize("count", [3, 40])
    def test_costs_the_same_queries_whatever_hangs(
        self, desk, line, grid_worker, django_assert_max_num_queries, count
    ):
        homes = HouseholdFactory.create_batch(count, micro_grid=line.micro_grid)
        for home in homes[:3]:
            replace_plate(plate=plate_of(home), reason=LOST, by=grid_worker, at=LATER)
        asked(line.grid, grid_worker)
        desk.get(f"/plates/areas/{line.grid.pk}/")

        with django_assert_max_num_queries(22):
            desk.get(f"/plates/areas/{line.grid.pk}/")


class TestTheBar:
    def test_is_for_those_who_may_print(self, line, home, resident, grid_worker):
        job = asked(line.grid, grid_worker)

        topic = admit(grid_worker, str(job.pk), NOW)

        assert snapshot(grid_worker, topic, NOW) == {"state": "waiting", "done": 0, "total": 1}
        for nobody in (None, resident):
            with pytest.raises(Unknown):
                admit(nobody, str(job.pk), NOW)

    @pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000"])
    def test_of_no_job_is_unknown(self, grid_worker, key):
        with pytest.raises(Unknown):
            admit(grid_worker, key, NOW)

    def test_moves_as_sheets_are_drawn(
        self, line, grid_worker, monkeypatch, django_capture_on_commit_callbacks
    ):
        said = []
        monkeypatch.setattr("community.live.publish", lambda topic, text: said.append(text))
        monkeypatch.setattr("community.tasks.plates.SPEAKS_EVERY", timedelta(0))
        HouseholdFactory.create_batch(sheets.A_SHEET + 1, micro_grid=line.micro_grid)
        job = asked(line.grid, grid_worker)

        with django_capture_on_commit_callbacks(execute=True):
            print_plates(job_id=job.pk)

        assert said[0] == '{"state":"running","done":0,"total":11}'
        assert said[1] == '{"state":"running","done":10,"total":11}'
        assert said[-1] == '{"state":"done","done":11,"total":11}'
