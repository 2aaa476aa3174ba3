"""Programme summary and termly return: right numbers inside, nothing hidden told outside, beside all that went out."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed
from cmcore.evidence.actions import give_out
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.disclosure.protecting import told
from cmcore.evidence.published import earlier_tables
from cmcore.evidence.queries import programme_with
from cmcore.evidence.records import PublishedTable
from cmcore.evidence.reports import asking
from cmcore.evidence.reports.asking import Asked, report_on, written
from cmcore.evidence.reports.outputs import OUTPUTS
from cmcore.evidence.reports.report import Report
from cmcore.measures.shipped import EIGHT
from cmcore.safekeeping.records import AuditEntry
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from tests.cmcore.evidence.made_cohorts import KEY, pair, review
from tests.cmcore.reviews.made_enrolments import Ground

pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")


@pytest.fixture
def scored(work: Work, at_work: Ground) -> Work:
    """Seventeen pairs: fourteen improved, three declined; concern lowered from red to green for eight of ten."""
    for number in range(17):
        made = pair(
            work,
            at_work,
            before=2 if number < 14 else 4,
            after=4 if number < 14 else 3,
            minutes=90,
            concern_at_start="red" if number < 10 else None,
        )
        last = review(work, made, "interim", date(2026, 6, 30), 3)
        if number < 10:
            last.concern = "green" if number < 8 else "amber"
    at_work.enrolment(work)
    work.db.flush()
    return work


def numbers(report: Report, caption: str) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for _, one in report.tables() if one.caption == caption for row in one.rows}


def test_inside_it_holds_every_number_and_says_what_it_does_not(scored: Work, stage: Stage) -> None:
    made = report_on(scored, Asked("summary", stage.authority_id, KEY, by="key_stage"), given_out=True)
    assert made.sensitive and made.sections[0].heading == "17 of the 18 who started can be compared"
    moved = numbers(made, "Improved, maintained, declined")
    assert moved["Confidence"] == (17, 14, 0, 0, 3, "82 % (59 to 94) of 17")
    assert numbers(made, "Why others cannot be compared") == {"Never scored": (1,)}
    assert numbers(made, "Concern, from the start to the latest review")["of these, from red to green"] == (8,)
    assert numbers(made, "How many young people changed by how many points")["Confidence"] == (3, 14)
    split = "Improved, out of those with both scores: participation, engagement, confidence and communication"
    assert numbers(made, split)["All"] == ("14 of 17",) * 4
    points = " ".join(f"{what} {why}" for section in made.sections for what, why in section.points)
    for words in (
        "No comparison group.",
        "regression to the mean",
        "1 of 18 who started has no",
        "do not pass this on",
    ):
        assert words in points
    said = json.dumps(json.loads(OUTPUTS["json"].write(made))).lower()
    assert not [word for word in ("because of", "thanks to", "caused", "led to", "effect of") if word in said]
    assert not list(scored.db.scalars(select(PublishedTable)))


def test_outside_no_output_tells_a_hidden_number(scored: Work, stage: Stage) -> None:
    made = report_on(scored, Asked("summary", stage.authority_id, KEY, policy="dfe"), given_out=True)
    moved = numbers(made, "Improved, maintained, declined")["Confidence"]
    assert moved == (17, Symbol.hidden, 0, 0, Symbol.hidden, "c")
    assert made.lead == "No share is shown, as it would tell small numbers."
    # Fourteen improved and three declined: neither stands anywhere, whatever the report is had as.
    cells = [cell for _, figures in made.tables() for row in figures.rows for cell in row]
    assert 14 not in cells and 3 not in cells
    for ending in ("csv", "json", "html"):
        text = OUTPUTS[ending].write(made).decode()
        assert ">14<" not in text and ",14\r" not in text and " 14," not in text, ending
        assert "may be any number" in text
    [concern] = [one for one in made.sections if one.heading.startswith("Concern")]
    assert "8" not in concern.heading
    again = report_on(scored, Asked("summary", stage.authority_id, KEY, policy="dfe"), given_out=True)
    assert again == made
    assert len(list(scored.db.scalars(select(PublishedTable)))) == 1


def test_a_split_into_very_many_groups_is_not_given_out(
    scored: Work, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked("summary", stage.authority_id, KEY, policy="dfe", by="key_stage")
    assert "By key stage at the start" in [one.heading for one in report_on(scored, asked, given_out=False).sections]
    monkeypatch.setattr(asking, "MOST_GROUPS", 0)
    with refused(words="in so many nearly every number would be hidden."):
        report_on(scored, asked, given_out=False)
    assert report_on(scored, Asked("summary", stage.authority_id, KEY, by="key_stage"), given_out=True)


def test_reports_tables_and_returns_together_solve_no_hidden_cell(scored: Work, at_work: Ground, stage: Stage) -> None:
    here = (stage.authority_id, KEY)
    report_on(scored, Asked("summary", *here, policy="dfe", by="key_stage"), given_out=True)
    pair(scored, at_work, started_on=date(2026, 9, 2))
    report_on(scored, Asked("termly", *here), given_out=True)
    give_out(scored, *here, Cohort(started_to=date(2026, 8, 31)), by="age_band")
    report_on(
        scored, Asked("summary", *here, cohort=Cohort(started_from=date(2026, 9, 1)), policy="dfe"), given_out=True
    )
    releases = earlier_tables(scored, programme_with(scored, *here), EIGHT, Cohort())
    assert len(releases) == 5
    # What can be told is a nought, and that of a cohort in which the first table showed noughts already.
    assert not any(releases[number].grid.figures[row][column] for (number, (row, column)), _ in told(releases))


def test_a_return_counts_those_at_work_in_its_term_and_their_scores_up_to_its_end(
    work: Work, at_work: Ground, stage: Stage
) -> None:
    for _ in range(12):
        made = at_work.enrolment(work, started_on=date(2026, 2, 2))
        review(work, made, "baseline", date(2026, 2, 9), 2)
        review(work, made, "interim", date(2026, 3, 30), 3)
        # After the term: not in its return.
        review(work, made, "exit", date(2026, 9, 14), 1)
        at_work.session(work, made, date(2026, 3, 2), 90)
        at_work.session(work, made, date(2026, 9, 7), 60)
    gone = at_work.enrolment(work, started_on=date(2025, 9, 8), state="completed", ended_on=date(2025, 12, 19))
    assert gone.ended_on
    spring = report_on(work, Asked("termly", stage.authority_id, KEY, term="2026-01-01"), given_out=True)
    assert spring.title == "Termly return: Creative mentoring, Spring term 2025-26"
    assert numbers(spring, "How many have two scores")["At work in the term"] == (12,)
    assert numbers(spring, "Improved, maintained, declined")["Ambition"][:2] == (12, 12)
    assert numbers(spring, "Sessions, hours and money")["Hours of mentoring"] == ("18 h",)
    assert numbers(spring, "Referrals and enrolments")["Started in the term"] == (12,)
    assert spring.name == f"termly-return-{KEY}-2026-01-01" and not spring.sensitive
    with refused(words="No term begins on “2026-01-02”."):
        report_on(work, Asked("termly", stage.authority_id, KEY, term="2026-01-02"), given_out=True)
    with refused(words="hides small numbers"):
        report_on(work, Asked("termly", stage.authority_id, KEY, policy="internal"), given_out=True)
    with refused(words="tells of a single person"):
        one = Cohort(mentor_id=at_work.mentor_id)
        report_on(work, Asked("summary", stage.authority_id, KEY, cohort=one, policy="dfe"), given_out=True)


def test_an_evaluator_reads_what_is_given_out_and_no_money(stage: Stage, at_work: Ground) -> None:
    with stage.work() as work:
        for _ in range(4):
            pair(work, at_work, minutes=60)
    with stage.work("evaluator") as work:
        made = report_on(work, Asked("summary", stage.authority_id, KEY), given_out=False)
        assert numbers(made, "How many have two scores")["Have both scores"] == (Symbol.hidden,)
        termly = report_on(work, Asked("termly", stage.authority_id, KEY), given_out=False)
        assert "Paid to mentors for the term" not in numbers(termly, "Sessions, hours and money")
        with pytest.raises(NotAllowed):
            report_on(work, Asked("summary", stage.authority_id, KEY, policy="internal"), given_out=False)
    with stage.work("finance") as work, pytest.raises(NotAllowed):
        report_on(work, Asked("summary", stage.authority_id, KEY), given_out=False)
    with stage.work() as work:
        assert len(list(work.db.scalars(select(PublishedTable)))) == 2


def test_taking_a_report_away_is_written_down(stage: Stage, at_work: Ground) -> None:
    with stage.work() as work:
        made, name = written(work, Asked("summary", stage.authority_id, KEY), "csv")
        assert made and name == f"summary-{KEY}.csv"
        with refused(words="A report is not written as “exe”."):
            written(work, Asked("summary", stage.authority_id, KEY), "exe")
        with refused(words="There is no report “shoes”."):
            report_on(work, Asked("shoes", stage.authority_id, KEY), given_out=False)
    with stage.work() as work:
        (why,) = work.db.scalars(select(AuditEntry.why).where(AuditEntry.why.contains("taken out")))
        assert why == "programme summary taken out as CSV"


def test_terms_are_offered_from_the_latest_that_has_begun(stage: Stage, at_work: Ground) -> None:
    from cmcore.evidence.reports.terms import last_day, term_on, terms_begun
    from cmcore.virtual_schools.records import Authority

    with stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        begun = terms_begun(work, authority)
        assert [one.starts_on for one in begun] == sorted((one.starts_on for one in begun), reverse=True)
        latest = term_on(work, authority)
        assert latest.covers(work.today) and last_day(latest, work.today) == work.today
        assert last_day(begun[1], work.today) == begun[1].ends_on < work.today + timedelta(days=1)
