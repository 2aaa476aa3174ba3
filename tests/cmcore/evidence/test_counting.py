"""What the database counts is what the plain rules say of each young person, on both databases, for who may see it."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from cmcore.base.findings import NotAllowed
from cmcore.base.lifecycle import moving
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.account import Account
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.queries import evidence
from cmcore.measures.change import Outcome, changes_of, ends_of
from cmcore.measures.shipped import EIGHT
from cmcore.referrals.records import Referral
from cmcore.reviews.queries import final_reviews
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.young_people.records import YoungPerson
from tests.cmcore.evidence.made_cohorts import KEY, account, pair, review
from tests.cmcore.reviews.made_enrolments import STARTED, Ground, ground


def at_random(work: Work, at_work: Ground, seed: int, many: int = 40) -> list[Enrolment]:
    """Enrolments with reviews of every kind, role, set and state, on days that often coincide."""
    chance = random.Random(seed)
    made = []
    for _ in range(many):
        enrolment = at_work.enrolment(
            work, minutes=chance.choice((0, 60, 90)), started_on=chance.choice((STARTED, STARTED, None))
        )
        made.append(enrolment)
        for _ in range(chance.randint(0, 6)):
            review(
                work,
                enrolment,
                chance.choice(("baseline", "baseline", "interim", "exit", "follow_up")),
                STARTED + timedelta(days=chance.choice((0, 1, 7, 7, 60, 90))),
                {key: chance.choice((None, 1, 2, 3, 4, 5)) for key in EIGHT.keys},
                by=chance.choice(("joint", "joint", "mentor")),
                of=chance.choice(("eight@1", "eight@1", "six@2017")),
                state=chance.choice(("final", "final", "final", "draft", "superseded")),
            )
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_counts_what_the_plain_rules_say(work: Work, stage: Stage, at_work: Ground, seed: int) -> None:
    enrolments = [one for one in at_random(work, at_work, seed) if one.started_on]
    reviews = {one.id: final_reviews(work, one) for one in enrolments}
    for scored_by in ("", "joint"):
        _are_those(account(work, stage, scored_by=scored_by), reviews, scored_by or None)


def _are_those(told: Account, reviews: dict[int, list[Any]], role: str | None) -> None:
    """Each count is what the plain rules say of the reviews, of all or of those that one role scored."""
    ends = {key: ends_of(given, EIGHT, role) for key, given in reviews.items()}
    assert told.started == len(reviews)
    assert told.paired == sum(one.latest is not None for one in ends.values())
    assert told.with_baseline == sum(one.baseline is not None for one in ends.values())
    whys = Counter(one.why for one in ends.values() if one.why)
    assert dict(told.unpaired) == dict(whys)
    by_measure = {
        key: Counter(change.outcome for change in self_changes) for key, self_changes in _by_measure(reviews, role)
    }
    for row in told.measures:
        outcomes = by_measure[row.measure.key]
        assert row.improved == outcomes[Outcome.improved]
        assert row.declined == outcomes[Outcome.declined]
        assert row.at_ceiling == outcomes[Outcome.at_ceiling]
        assert row.maintained == outcomes[Outcome.maintained] + outcomes[Outcome.at_ceiling]
        assert row.improved + row.maintained + row.declined == row.paired
        scored = [
            any(
                one.kind == "baseline"
                and one.measure_set == "eight@1"
                and role in (None, one.scored_by)
                and one.scores.get(row.measure.key) is not None
                for one in given
            )
            for given in reviews.values()
        ]
        assert row.with_baseline == sum(scored)


def _by_measure(reviews: dict[int, list[Any]], role: str | None) -> list[tuple[str, list[Any]]]:
    changes = [changes_of(given, EIGHT, role) for given in reviews.values()]
    return [(key, [one[place] for one in changes]) for place, key in enumerate(EIGHT.keys)]


def test_an_account_takes_few_statements_however_many_enrolments(
    work: Work, stage: Stage, at_work: Ground, engine: Engine
) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    taken = []
    for _ in range(2):
        at_random(work, at_work, 5, many=15)
        work.db.flush()
        asked.clear()
        account(work, stage)
        taken.append(len([one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))]))
    assert max(taken) <= 7


def test_weeks_hours_and_scorers_are_those_of_the_pairs(work: Work, stage: Stage, at_work: Ground) -> None:
    pair(work, at_work, minutes=600)
    pair(work, at_work, minutes=720)
    at_work.enrolment(work, minutes=90)
    told = account(work, stage)
    assert (told.started, told.paired, dict(told.scored_by)) == (3, 2, {"joint": 2})
    assert told.weeks_between.median == 13
    assert told.hours_received.median == 11


def test_sessions_that_were_missed_are_no_hours_received(work: Work, stage: Stage, at_work: Ground) -> None:
    enrolment = pair(work, at_work, minutes=60)
    at_work.session(work, enrolment, date(2026, 6, 20), 90, outcome="absent")
    assert account(work, stage).hours_received.median == 1


# ---- the filters: each lets its own through and leaves the others out


def referral(work: Work, at_work: Ground, state: str, received_on: date = date(2026, 5, 1), **more: Any) -> Referral:
    person = YoungPerson(
        authority_id=at_work.authority_id, ref=f"WR-{state}-{received_on:%j}", born_on=date(2012, 1, 1)
    )
    work.add(person)
    work.db.flush()
    made = Referral(
        authority_id=at_work.authority_id,
        young_person_id=person.id,
        programme_id=at_work.programme_id,
        ref=f"WR-R-{state}-{received_on:%j}",
        referrer_name="Ros Amblewick, teacher",
        received_on=received_on,
        **more,
    )
    with moving(made):
        made.state = state
    work.add(made)
    work.db.flush()
    return made


def test_referred_counts_what_was_sent_whether_or_not_it_led_to_a_start(
    work: Work, stage: Stage, at_work: Ground
) -> None:
    referral(work, at_work, "draft")
    for state in ("submitted", "declined", "withdrawn"):
        referral(work, at_work, state)
    matched = referral(work, at_work, "matched", date(2026, 4, 1))
    pair(work, at_work, referral_id=matched.id)
    told = account(work, stage)
    assert (told.referred, told.started) == (4, 1)
    # The one who started counts by the day of the start, the others by the day they were referred.
    told = account(work, stage, started_from=date(2026, 5, 2))
    assert (told.referred, told.started) == (1, 1)


# ---- who may see it


@pytest.mark.parametrize("role", ["coordinator", "head", "operator"])
def test_whoever_may_see_small_numbers_sees_the_same_counts(stage: Stage, at_work: Ground, role: str) -> None:
    with stage.work() as work:
        pair(work, at_work)
    with stage.work(role) as work:
        assert (account(work, stage).paired, account(work, stage).started) == (1, 1)


@pytest.mark.parametrize("role", ["mentor", "referrer", "finance", "administrator", "evaluator"])
def test_nobody_else_does(stage: Stage, at_work: Ground, role: str) -> None:
    with stage.work(role, mentor_id=at_work.mentor_id) as work, pytest.raises(NotAllowed):
        account(work, stage)


def test_another_authoritys_enrolments_are_never_counted(stage: Stage, at_work: Ground) -> None:
    other_id = stage.authority("991", "Fenmarsh", "FM")
    other = ground(stage, authority_id=other_id)
    with stage.work() as work:
        pair(work, at_work)
    with stage.work(authority_id=other_id) as work:
        pair(work, other)
        pair(work, other)
        assert evidence(work, other_id, KEY).account.paired == 2
        with pytest.raises(NotAllowed):
            evidence(work, stage.authority_id, KEY)
    with stage.work() as work:
        assert account(work, stage).paired == 1


def test_an_unknown_programme_is_answered_with_the_ones_there_are(work: Work, stage: Stage) -> None:
    with refused(words="There is no programme “boxing” here. The programmes kept here: creative-mentoring."):
        evidence(work, stage.authority_id, "boxing")


def test_the_evidence_is_plain_json_without_a_name_or_a_reference(work: Work, stage: Stage, at_work: Ground) -> None:
    enrolment = pair(work, at_work)
    told = json.dumps(evidence(work, stage.authority_id, KEY, Cohort(key_stage="KS3")).as_data())
    assert json.loads(told)["cohort"] == {"key_stage": "KS3"}
    assert json.loads(told)["programme"] == KEY
    for hidden in (enrolment.ref, enrolment.young_person.ref, "Merrin", "Brackenhollow"):
        assert hidden not in told


# ---- ages in SQL
