"""A school's year: training days and their roll, the project and its counts, the portfolio, graduation, mentoring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from cmcore.api import Authority, NotAllowed, Period, calendar_entries, counted
from cmcore.api.journals import clean
from cmcore.testing import refused
from cmcore_attachment_aware import cohorts, mentoring, portfolios, projects, queries, schools, training
from cmcore_attachment_aware.forms import MentoringAnswers
from cmcore_attachment_aware.records import AwareAttendance, AwareDay, AwareStaff
from cmcore_attachment_aware.schoolwork import AwareMentoring, AwarePicture, AwarePiece, AwareProject, AwareReading
from cmcore_attachment_aware.words import At, Indicator
from plugins.attachment_aware.tests.conftest import PROJECT, Year, a_day, application, piece, reading, somebody

TODAY = date(2026, 11, 10)
MENTORS = MentoringAnswers(mentored_id=0, focus="How we began.", starts_on=TODAY, ends_on=None, came_of_it="")


# ---- training days
def test_a_tap_said_twice_counts_once_and_can_be_taken_back(year: Year) -> None:
    year.join(0)
    year.train(0, days=1)
    with year.stage.work() as work:
        day_, staff = work.db.scalars(select(AwareDay)).one(), work.db.scalars(select(AwareStaff)).first()
        assert staff is not None
        assert not training.mark(work, day_, staff, came=True)
        assert training.mark(work, day_, staff, came=False) and training.mark(work, day_, staff, came=None)
        assert not training.mark(work, day_, staff, came=None)
        assert [one.came for one in training.roll(work, day_)] == [None, True] or len(training.roll(work, day_)) == 2
        assert work.db.scalar(select(func.count(AwareAttendance.id))) == 1
        with refused(None, "It is written down who came"):
            cohorts.call_off_day(work, day_, "Snow.")
        with refused(None, "It is written down who came"):
            cohorts.change_day(work, day_, a_day(date(2026, 9, 30)))


def test_the_roll_is_taken_on_the_day_by_the_virtual_school(year: Year) -> None:
    year.join(0)
    with year.stage.work() as work:
        one = training.add_staff(work, year.place(work), somebody("Rue Wickenby"))
        with refused("R-AAS-12", "The year of this cohort"):
            cohorts.add_day(work, year.cohort(work), a_day(date(2027, 8, 1)))
        ahead = cohorts.add_day(work, year.cohort(work), a_day(date(2026, 12, 1)))
        today = cohorts.add_day(work, year.cohort(work), a_day(TODAY))
        work.db.flush()
        assert list(work.db.scalars(select(AwareDay.id).where(queries.roll_waits(work)))) == [today.id]
        with refused(None, "is still to come"):
            training.mark(work, ahead, one, came=True)
        cohorts.call_off_day(work, ahead, "Snow.")
        authority = work.get(Authority, year.stage.authority_id)
        found = calendar_entries(work, authority, Period(date(2026, 11, 1), date(2026, 12, 31)))
        assert [each.path for each in found if each.kind == "attachment_aware_day"] == [
            f"/attachment-aware-days/{today.id}"
        ]
        keys = (today.id, one.id)
    with year.school() as work, pytest.raises(NotAllowed):
        training.mark(work, work.get(AwareDay, keys[0]), work.get(AwareStaff, keys[1]), came=True)


def test_days_before_somebody_took_part_are_not_expected_of_them(year: Year) -> None:
    year.join(0)
    year.train(0, days=2)
    with year.stage.work() as work:
        place = year.place(work)
        training.add_staff(work, place, somebody("Kit Ferndrake", date(2026, 9, 21)))
        work.db.flush()
        done = queries.done_by(work, [place])[place.id]
        assert sorted((one.days, one.of) for one in done.came.values()) == [(0, 1), (2, 2), (2, 2)]


# ---- the project
def test_periods_that_were_counted_stay_and_a_count_is_replaced(year: Year) -> None:
    year.join(0)
    with year.school() as work:
        place = year.place(work)
        with refused("R-AAS-6", "differ by at most 10"):
            projects.begin_project(work, place, replace(PROJECT, after_to=date(2026, 11, 6)))
        project = projects.begin_project(work, place, PROJECT)
        work.db.flush()
        with refused(None, "has a project already"):
            projects.begin_project(work, place, PROJECT)
        projects.change_project(work, project, replace(PROJECT, before_to=date(2025, 10, 25)))
        projects.count_indicator(work, project, reading(Indicator.suspensions, At.before, 12, 240))
        projects.count_indicator(work, project, reading(Indicator.suspensions, At.before, 11, 240))
        (kept,) = work.db.scalars(select(AwareReading))
        assert (kept.number, kept.out_of, kept.missing) == (11, 240, "")
        with refused(None, "Something was counted in the period before"):
            projects.change_project(work, project, PROJECT)
        with refused(None, "Something was counted for it"):
            projects.remove_project(work, project)
        lost = reading(Indicator.exclusions, At.before, None, None, "The register was lost.")
        projects.remove_reading(work, projects.count_indicator(work, project, lost))


def test_a_period_that_goes_on_is_not_counted_yet(year: Year) -> None:
    year.join(0)
    with year.school() as work:
        later = replace(PROJECT, after_from=date(2026, 10, 5), after_to=date(2026, 11, 20))
        project = projects.begin_project(work, year.place(work), later)
        work.db.flush()
        with refused(None, "goes on until 20 November 2026"):
            projects.count_indicator(work, project, reading(Indicator.exclusions, At.after, 0, 236))


# ---- graduation
def test_a_school_graduates_with_its_days_its_project_and_its_portfolio(year: Year) -> None:
    year.join(0)
    with year.stage.work() as work:
        with refused("R-AAS-7", "0 staff came to 80"):
            schools.graduate(work, year.place(work))
        rules = [one.rule for one in schools.graduation_in_the_way(work, year.place(work))]
        assert rules == ["R-AAS-7", "R-AAS-8", "R-AAS-9"]
    year.train(0)
    year.count(0, but=(Indicator.exclusions, At.after))
    year.write(0)
    with year.stage.work() as work:
        with refused("R-AAS-8", "suspensions and attendance; it takes 3 indicators"):
            schools.graduate(work, year.place(work))
        work.get(Authority, year.stage.authority_id).policy = {"R-AAS-8": {"indicators": 2}}
    with year.stage.work() as work:
        place = schools.graduate(work, year.place(work))
        assert (place.state, place.graduated_on) == ("graduated", TODAY)
        with refused(None, "Graduated"):
            training.add_staff(work, place, somebody("Kit Ferndrake"))
        portfolios.add_piece(work, place, piece("What we do now"))
        authority = work.get(Authority, year.stage.authority_id)
        autumn = Period(date(2026, 9, 1), date(2026, 12, 18))
        told = {
            key: counted(work, f"attachment_aware_{key}", authority, autumn).words
            for key in ("schools", "graduated", "staff")
        }
        assert told == {"schools": "1 of 1", "graduated": "1", "staff": "2"}
        schools.take_graduation_back(work, place, "Said too early.")
        assert (place.state, place.graduated_on, place.ended_on) == ("in_cohort", None, None)


def test_a_school_that_graduated_mentors_another_from_that_day_on(year: Year) -> None:
    year.complete(0)
    year.join(1)
    first, second, third = year.settings[:3]
    with year.stage.work() as work:
        place = year.place(work)
        with refused("R-AAS-10", "Only a school that graduated"):
            mentoring.begin_mentoring(work, year.place(work, 1), replace(MENTORS, mentored_id=third))
        with refused("R-AAS-10", "does not mentor itself"):
            mentoring.begin_mentoring(work, place, replace(MENTORS, mentored_id=first))
        with refused("R-AAS-10", "It graduated on 10 November 2026"):
            mentoring.begin_mentoring(work, place, replace(MENTORS, mentored_id=second, starts_on=date(2026, 11, 9)))
        made = mentoring.begin_mentoring(work, place, replace(MENTORS, mentored_id=second))
        work.db.flush()
        with refused(None, "days of that time"):
            mentoring.begin_mentoring(work, place, replace(MENTORS, mentored_id=second, starts_on=date(2026, 12, 1)))
        over = replace(mentoring.answers_of_mentoring(made), ends_on=date(2026, 11, 30), came_of_it="They greet.")
        mentoring.change_mentoring(work, made, over, made.version)
        with refused(None, "mentors another"):
            schools.take_graduation_back(work, place, "Said too early.")
    for number, many in ((0, 1), (1, 1), (2, 0)):
        with year.school(number) as work:
            assert len(list(work.db.scalars(select(AwareMentoring)))) == many
    with year.school(1) as work, pytest.raises(NotAllowed):
        mentoring.remove_mentoring(work, work.db.scalars(select(AwareMentoring)).one())


# ---- the portfolio
def test_a_shared_piece_is_read_by_every_school_and_changed_by_its_own(year: Year) -> None:
    year.join(0, 1)
    year.write(0, 2)
    with year.school(0) as work:
        shared = portfolios.share_piece(work, work.db.scalars(select(AwarePiece).order_by(AwarePiece.id)).first())
        with refused(None, "Every school can read it"):
            portfolios.remove_piece(work, shared)
        with refused(None, "begins with https://"):
            portfolios.change_piece(work, shared, replace(piece("Other"), link="javascript:alert(1)"))
        key = shared.id
    with year.school(1) as work:
        assert [one.id for one in work.db.scalars(select(AwarePiece))] == [key]
        with refused(None, "another school's"):
            portfolios.change_piece(work, work.get(AwarePiece, key), piece("Mine now"))
    with year.stage.work("referrer", login="social.worker") as work:
        assert not list(work.db.scalars(select(AwarePiece)))
    with year.school(0) as work:
        portfolios.take_piece_back(work, work.get(AwarePiece, key))
        portfolios.remove_piece(work, work.get(AwarePiece, key))
    with year.school(1) as work:
        assert not list(work.db.scalars(select(AwarePiece)))


def test_a_picture_is_cleaned_shows_nobody_and_is_seen_with_its_piece(year: Year) -> None:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    cleaned = clean(drawn.getvalue())
    year.join(0)
    year.write(0, 1)
    with year.school(0) as work:
        kept = work.db.scalars(select(AwarePiece)).one()
        with refused("R-AAS-13", "Somebody can be recognised"):
            portfolios.keep_picture(work, kept, cleaned, "A class.", nobody_in_it=False)
        with refused(None, "Nobody says what it shows"):
            portfolios.keep_picture(work, kept, cleaned, " ", nobody_in_it=True)
        portfolios.keep_picture(work, kept, cleaned, "A quiet corner.", nobody_in_it=True)
        work.db.flush()
        portfolios.keep_picture(work, kept, cleaned, "A corner with cushions.", nobody_in_it=True)
    with year.school(1) as work:
        assert not list(work.db.scalars(select(AwarePicture)))
    with year.school(0) as work:
        portfolios.share_piece(work, work.db.scalars(select(AwarePiece)).one())
    with year.school(1) as work:
        assert [one.shows for one in work.db.scalars(select(AwarePicture))] == ["A corner with cushions."]
    with year.school(0) as work:
        portfolios.remove_picture(work, work.db.scalars(select(AwarePiece)).one())
        assert not list(work.db.scalars(select(AwareProject)))


def test_a_school_applies_again_after_it_left(year: Year) -> None:
    year.join(0)
    with year.stage.work() as work:
        schools.withdraw_school(work, year.place(work), "Next year.")
        later = cohorts.open_cohort(
            work,
            replace(
                cohorts.answers_of_cohort(year.cohort(work)),
                year=2027,
                starts_on=date(2027, 9, 1),
                ends_on=date(2028, 7, 20),
            ),
        )
        work.db.flush()
        assert schools.apply_for(work, later, application(year.settings[0])).state == "applied"
