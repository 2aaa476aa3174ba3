"""Pair completeness is chased: who lacks a score, whose end is near, and how many of each mentor's can be compared."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from cmcore.base.lifecycle import moving
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.evidence import waiting
from cmcore.evidence.caseload import standings
from cmcore.evidence.pairs import STANDS, mentor_of, pairs_by_mentor, stands, together
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.reviews.actions import score_review
from cmcore.reviews.queries import standing
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from tests.cmcore.reviews.made_enrolments import JULY, SEPTEMBER, STARTED, Ground, answers


def found(work: Work, condition: object) -> set[int]:
    return set(work.db.scalars(select(Enrolment.id).where(condition)))  # type: ignore[arg-type]


def people(work: Work, ground: Ground) -> dict[str, Enrolment]:
    """One of every sort: by what was scored, by whom, and whether it has ended."""
    made = {key: ground.enrolment(work, minutes=60) for key in ("both", "first", "none", "another", "lost", "reasoned")}
    made["planned"] = ground.enrolment(work, started_on=None, state="planned")
    for key in ("both", "first", "another", "lost"):
        score_review(work, answers(made[key]))
    score_review(work, answers(made["both"], "exit", JULY, 4))
    score_review(work, answers(made["another"], "interim", JULY, 4, by="carer"))
    made["reasoned"].no_exit_review_because = "Moved away the same day."
    for key in ("lost", "reasoned"):
        move_enrolment(work, made[key], "end_early", on=SEPTEMBER, reason="The placement ended.")
    work.db.flush()
    return made


def test_everybody_who_started_stands_in_one_way_and_as_their_own_scores_say(work: Work, at_work: Ground) -> None:
    made = people(work, at_work)
    by_key = {key: found(work, stands(key)) for key in STANDS}
    assert by_key == {
        "both": {made["both"].id},
        "first": {made["first"].id, made["another"].id},
        "none": {made["none"].id},
        "lost": {made["lost"].id, made["reasoned"].id},
    }
    assert found(work, stands("nonsense")) == set()
    known = standings(work, list(made.values()))
    assert {key for key, one in known.items() if one.ends("eight@1").latest} == by_key["both"]


def test_each_mentor_has_the_tally_of_theirs_and_the_later_one_counts(work: Work, at_work: Ground) -> None:
    made = people(work, at_work)
    kit = work.add(Mentor(ref="M-0077", name="Kit Ferndrake", home_authority_id=at_work.authority_id))
    work.db.flush()
    work.add(MentorAuthority(authority_id=at_work.authority_id, mentor_id=kit.id))
    later = Ground(at_work.stage, at_work.programme_id, kit.id, at_work.authority_id).commission(work, made["both"])
    later.starts_on = JULY
    alone = at_work.enrolment(work)
    work.db.flush()
    first, kits, nobody = pairs_by_mentor(work)
    assert (first.started, first.paired, first.baseline_only, first.no_baseline, first.lost) == (5, 0, 2, 1, 2)
    assert (kits.mentor, kits.started, kits.paired) == ("Kit Ferndrake", 1, 1)
    assert (nobody.mentor, nobody.started, nobody.no_baseline) == ("No mentor yet", 1, 1)
    assert pairs_by_mentor(work, mentors=[kit.id]) == [kits]
    assert found(work, mentor_of() == kit.id) == {made["both"].id} and alone.id not in found(work, mentor_of() > 0)
    whole = together([first, kits, nobody])
    assert (whole.started, whole.paired) == (7, 1)
    assert whole.percent(10) is None and whole.percent(7) == 14


def test_first_scores_are_to_take_until_they_are_late(work: Work, at_work: Ground) -> None:
    fresh = at_work.enrolment(work, started_on=work.today - timedelta(days=3))
    late = at_work.enrolment(work)
    score_review(work, answers(at_work.enrolment(work)))
    assert found(work, waiting.baseline_to_take(work)) == {fresh.id}
    assert found(work, waiting.baseline_late(work)) == {late.id}


def test_an_end_that_nears_without_an_exit_review_is_found_as_the_rule_finds_it(work: Work, at_work: Ground) -> None:
    def ends(days: int | None, *more: int | None, scored: bool = True) -> Enrolment:
        made = at_work.enrolment(work)
        for each in (days, *more):
            one = at_work.commission(work, made)
            one.ends_on = None if each is None else work.today + timedelta(days=each)
        if scored:
            score_review(work, answers(made))
        return made

    due = {ends(14).id, ends(-3).id, ends(0, -40).id}
    others = [ends(15), ends(None), ends(3, None), ends(3, 60), ends(3, scored=False)]
    with_exit, excused = ends(3), ends(3)
    score_review(work, answers(with_exit, "exit", SEPTEMBER, 4))
    excused.no_exit_review_because = "Moved away the same day."
    done = ends(3)
    for each in work.db.scalars(select(Commission).where(Commission.enrolment_id == done.id)):
        with moving(each):
            each.state = "completed"
    work.db.flush()
    assert found(work, waiting.exit_coming(work)) == due
    everybody = [*(work.get(Enrolment, key) for key in due), *others, with_exit, excused, done]
    told = {one.id for one in everybody if "R-MEA-7" in {each.rule for each in standing(work, one)}}
    assert told == due


def test_an_ending_without_an_exit_review_says_so_and_a_plan_that_never_began_does_not(
    work: Work, at_work: Ground
) -> None:
    unscored, planned = at_work.enrolment(work), at_work.enrolment(work, started_on=None, state="planned")
    closing = at_work.enrolment(work, state="closing")
    score_review(work, answers(closing, held_on=work.today - timedelta(days=5)))
    assert {each.rule for each in standing(work, closing)} == {"R-MEA-7"}
    move_enrolment(work, planned, "end_early", reason="Declined by the young person.")
    assert "R-MEA-7" not in {each.rule for each in work.warnings}
    move_enrolment(work, unscored, "end_early", reason="The placement ended.")
    assert work.warnings[-1].rule == "R-MEA-7" and unscored.state == "ended_early"
    assert "nobody can say what changed" in work.warnings[-1].message


def test_what_is_asked_for_and_when_is_the_authoritys_own(work: Work, at_work: Ground) -> None:
    made = at_work.enrolment(work, started_on=STARTED)
    at_work.commission(work, made).ends_on = date(2026, 12, 1)
    score_review(work, answers(made))
    assert found(work, waiting.exit_coming(work)) == set()
    work.change(work.get(Authority, at_work.authority_id), policy={"R-MEA-7": {"days": 30}})
    work.db.flush()
    work._policies.clear()
    assert found(work, waiting.exit_coming(work)) == {made.id}
