"""The made-up people: their stories pass every blocking rule, on any day, and nothing is made twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from faker.providers.person.en_GB import Provider
from sqlalchemy import Engine, func, select

from cmcore.base.clock import StoppedClock, local
from cmcore.base.engine import engine_for
from cmcore.commands import cm
from cmcore.commissions.records import COMMISSION_LIFE, Commission
from cmcore.demo import DEMO_PEOPLE, load, load_demo
from cmcore.demo.names import AUTHORITIES, FAMILY_NAMES, prefixes
from cmcore.demo.sizes import Extent, extents
from cmcore.enrolments.records import Enrolment
from cmcore.exchange.documents import press
from cmcore.exchange.documents.blocks import Document
from cmcore.measures.change import Outcome
from cmcore.mentors.records import MENTOR_LIFE, Mentor
from cmcore.peps.actions import in_the_way
from cmcore.peps.opening import due_of, term_at
from cmcore.peps.records import PepCycle
from cmcore.programmes.creative_mentoring import ENROLMENT_LIFE
from cmcore.referrals.records import REFERRAL_LIFE, Referral
from cmcore.reviews.queries import change_of_enrolment
from cmcore.reviews.records import REVIEW_LIFE, Review
from cmcore.safekeeping.audit import verify
from cmcore.safekeeping.memberships import scope_for
from cmcore.safekeeping.scope import Actor, Scope, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.virtual_schools.founding import found_authority
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import EducationSpell, YoungPerson
from tests.cmcore.demo.every_rule import every_finding
from tests.databases import CopyOf, migrated_sqlite

TODAY = date(2026, 11, 10)
WREN = 1


def on(day: date = TODAY) -> StoppedClock:
    """A clock stopped on a day."""
    return StoppedClock.on(day)


def reading(engine: Engine, scope: Scope | None = None, day: date = TODAY) -> Work:
    """A piece of work that sees everything of the first authority, or what a scope sees."""
    return Work(engine, Actor("operator", "operator"), scope or operator_scope({WREN}, day), clock=on(day))


def load_small(url: str) -> None:
    """Fill a migrated database with the small demonstration."""
    filled = engine_for(url)
    load_demo(filled, "small", clock=on())
    filled.dispose()


@pytest.fixture
def small(copy_of: CopyOf) -> Iterator[Engine]:
    """A database with the small demonstration."""
    made = engine_for(copy_of("small", load_small))
    yield made
    made.dispose()


def fewer_extents(size: str, seed: int, code: str | None = None) -> list[Extent]:
    """The small demonstration with as many people as one of several authorities: every kind of story, fewer of each."""
    made = extents(size, seed, code)
    return [replace(one, children=60, live=34, referrals=10, past=16) for one in made]


@pytest.fixture(scope="session")
def paper() -> bytes:
    """Some paper."""
    return press.press(Document(title="A paper", blocks=()))


@pytest.fixture
def fewer(monkeypatch: pytest.MonkeyPatch, paper: bytes) -> None:
    """Fewer people, and one paper printed for all of them, for what looks at neither: the small one has its own."""
    monkeypatch.setattr(load, "extents", fewer_extents)
    monkeypatch.setattr(press, "_compiled", lambda *_: paper)


def test_every_story_passes_every_blocking_rule(small: Engine) -> None:
    with reading(small) as work:
        found = [f"{about}: {one}" for about, one in every_finding(work) if one.blocks]
    assert not found, "\n".join(found[:10])


@pytest.mark.parametrize(
    "day",
    [date(2028, 2, 29), date(2026, 9, 2), date(2026, 12, 25), date(2027, 3, 31), date(2027, 3, 28), date(2026, 8, 31)],
    ids=str,
)
def test_stories_pass_every_blocking_rule_whatever_the_day(tmp_path: Path, day: date, fewer: None) -> None:
    engine = engine_for(migrated_sqlite(tmp_path / "cm.sqlite"))
    load_demo(engine, "small", seed=day.toordinal(), clock=on(day))
    with reading(engine, day=day) as work:
        found = [f"{about}: {one}" for about, one in every_finding(work) if one.blocks]
    assert not found, "\n".join(found[:10])


def test_the_audit_of_what_was_made_is_whole_and_names_every_young_person(small: Engine) -> None:
    with reading(small) as work:
        assert list(verify(work.db.connection())) == []
        people = work.db.scalar(select(func.count()).select_from(YoungPerson))
        spoken_of = set(work.db.connection().exec_driver_sql("SELECT young_person_id FROM cm_audit").scalars()) - {None}
    assert people == len(spoken_of) == 142


def test_ninety_are_mentored_and_every_state_is_there(small: Engine) -> None:
    with reading(small) as work:

        def states(record: type[Referral | Enrolment | Commission | Mentor | Review]) -> Counter[str]:
            return Counter(work.db.scalars(select(record.state)))

        enrolments = states(Enrolment)
        assert enrolments["planned"] + enrolments["active"] + enrolments["paused"] + enrolments["closing"] == 90
        for record, life in (
            (Referral, REFERRAL_LIFE),
            (Enrolment, ENROLMENT_LIFE),
            (Commission, COMMISSION_LIFE),
            (Mentor, MENTOR_LIFE),
            (Review, REVIEW_LIFE),
        ):
            assert set(states(record)) == {state.key for state in life.states}, record.__name__


def test_a_quarter_of_the_settings_lie_outside_the_area(small: Engine) -> None:
    with reading(small) as work:
        authority = work.get(Authority, WREN)
        settings = list(work.db.scalars(select(Setting)))
        assert len(settings) == 40
        assert 8 <= sum(not each.in_area_of(authority) for each in settings) <= 12
        assert work.db.scalars(select(EducationSpell).where(EducationSpell.setting_id.is_not(None))).first()


def test_scores_rise_stay_and_fall_and_some_cannot_be_compared(small: Engine) -> None:
    outcomes: Counter[Outcome] = Counter()
    with reading(small) as work:
        for enrolment in work.db.scalars(select(Enrolment).where(Enrolment.state != "planned")):
            outcomes.update(one.outcome for one in change_of_enrolment(work, enrolment).changes)
    assert set(outcomes) == set(Outcome)
    paired = outcomes.total() - outcomes[Outcome.unpaired]
    assert 0.45 < outcomes[Outcome.improved] / paired < 0.8
    assert 0.03 < outcomes[Outcome.declined] / paired < 0.2


def test_the_young_person_everybody_is_shown_has_a_story_of_four_measures_that_went_up(small: Engine) -> None:
    with reading(small) as work:
        marlow = work.db.scalars(select(YoungPerson).where(YoungPerson.family_name == "Bramblefen")).one()
        enrolment = work.db.scalars(select(Enrolment).where(Enrolment.young_person_id == marlow.id)).one()
        changes = change_of_enrolment(work, enrolment).changes
        met = [
            each
            for each in work.db.scalars(select(MentoringSession).where(MentoringSession.young_person_id == marlow.id))
            if each.outcome in MET
        ]
        assert {each.mentor.name for each in met} == {"Juno Tansyhurst"}
    assert marlow.initials == "M.B."
    assert [one.in_words for one in changes[:4]] == [f"Improved by {points}" for points in (2, 1, 2, 1)]
    assert changes[6].in_words == "Not scored, The young person's choice"


def test_peps_stand_at_every_stage_and_those_complete_are_so_by_the_rule(small: Engine) -> None:
    with reading(small) as work:
        peps = list(work.db.scalars(select(PepCycle)))
        assert {pep.state for pep in peps} >= {"not_started", "in_progress", "submitted", "complete"}
        assert {pep.plan for pep in peps} == {"pep", "petp"}
        for pep in peps:
            assert pep.state != "complete" or in_the_way(work, pep) == []
            assert pep.held_on is None or pep.held_on <= TODAY
        authority = work.db.scalars(select(Authority)).one()
        left_out = due_of(work, authority, term_at(work, authority, TODAY))
        assert {work.get(YoungPerson, key).care_status for key in left_out} <= {"previously_looked_after"}


def test_each_of_those_who_sign_in_sees_what_their_role_sees(small: Engine) -> None:
    seen = {}
    for person in DEMO_PEOPLE:
        with reading(small, scope_for_demo(small, person.login)) as work:
            seen[person.role] = work.db.scalar(select(func.count()).select_from(YoungPerson))
    assert seen["coordinator"] == seen["head"] == 142
    assert 5 <= seen["mentor"] <= 14
    assert 1 <= seen["referrer"] < 20
    assert seen["finance"] == seen["evaluator"] == seen["administrator"] == 0


def scope_for_demo(engine: Engine, login: str) -> Scope:
    """The scope a sign-in name of the demonstration holds."""
    return scope_for(engine, login, TODAY)


def test_running_it_again_changes_nothing(small: Engine) -> None:
    again = load_demo(small, "small", seed=2, clock=on())
    assert [(one.name, one.made) for one in again] == [("Wrenshire", False)]
    with reading(small) as work:
        assert work.db.scalar(select(func.count()).select_from(YoungPerson)) == 142


def test_an_authority_that_was_set_up_and_is_empty_is_filled_under_its_own_name(engine: Engine, fewer: None) -> None:
    found_authority(engine, name="Quillshire", code="991", prefix="QU", clock=on())
    done = load_demo(engine, "small", code="991", clock=on())
    assert [(one.name, one.made) for one in done] == [("Quillshire", True)]
    with reading(engine) as work:
        assert all(ref.startswith("QU-") for ref in work.db.scalars(select(YoungPerson.ref)))


def test_references_go_on_where_the_stories_end(small: Engine) -> None:
    from cmcore.safekeeping.refs import next_ref

    with reading(small) as work:
        assert next_ref(work, work.get(Authority, WREN)) == "WR-0143"


def test_a_seed_and_a_day_tell_the_same_stories_and_another_seed_others(tmp_path: Path, fewer: None) -> None:
    def told(name: str, seed: int) -> list[object]:
        engine = engine_for(migrated_sqlite(tmp_path / name))
        load_demo(engine, "small", seed, clock=on())
        with reading(engine) as work:
            people = work.db.execute(select(YoungPerson.given_name, YoungPerson.family_name, YoungPerson.born_on))
            sessions = work.db.execute(select(MentoringSession.starts_at, MentoringSession.outcome))
            return [*people, *sessions]

    assert told("a", 7) == told("b", 7) != told("c", 8)


def test_the_size_of_an_authority_is_what_it_says(engine: Engine) -> None:
    load_demo(engine, "authority", clock=on())
    with reading(engine) as work:
        counted = [
            work.db.scalar(select(func.count()).select_from(each)) for each in (YoungPerson, Setting, MentoringSession)
        ]
        latest = work.db.scalar(select(func.max(MentoringSession.starts_at)).where(MentoringSession.outcome.is_(None)))
    assert counted == [1_300, 400, 15_000]
    assert latest is not None and local(latest).date() >= TODAY


def test_a_country_adds_up() -> None:
    country = extents("national", 1)
    assert len(country) == 152
    assert sum(one.children for one in country) == 84_000
    assert sum(one.sessions or 0 for one in country) == 1_000_000
    assert len({one.code for one in country}) == len({one.prefix for one in country}) == 152


def test_nobody_bears_an_invented_name() -> None:
    assert not set(FAMILY_NAMES) & set(Provider.last_names)
    assert len(set(AUTHORITIES)) == len(set(prefixes())) == 152


def test_the_command_says_what_was_made_and_a_second_time_that_nothing_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch, fewer: None
) -> None:
    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    first, second = (CliRunner().invoke(cm, ["demo", "--seed", "3"]) for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert "60 young people" in first.output
    assert "holds young people already" in second.output and "Nothing was changed." in second.output
