"""An import is taken back whole, or not at all once somebody built on it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.exchange.records import ImportRun
from cmcore.reviews.records import Review
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage, refused
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import CareEpisode
from tests.cmcore.exchange.made_returns import score
from tests.cmcore.returns.brought_in import (
    USUAL,
    bring_in,
    counted,
    everyone,
    everything,
    faults_of_the_audit,
    planned,
    take_back,
    usual,
)


def test_an_import_is_taken_back_whole(stage: Stage) -> None:
    before = everything(stage)
    done = bring_in(stage, usual())
    take_back(stage, done)
    after = everything(stage)
    assert {kind: after[kind] for kind in ("young_person", "care_episode", "review")} == {
        kind: before[kind] for kind in ("young_person", "care_episode", "review")
    }
    with stage.work("head") as work:
        run = work.get(ImportRun, done.run.id if done.run else 0)
        assert run.undone_by == "Hester Quillmarsh (coordinator)"
        gone = work.db.scalars(select(AuditEntry).where(AuditEntry.what == "removed").order_by(AuditEntry.seq)).all()
        assert [line.detail["taken_back"] for line in gone] == [
            {"young_person": 1, "care_episode": 2, "review": 1},
            {"young_person": 1, "care_episode": 1, "review": 1},
        ]
    assert faults_of_the_audit(stage) == []
    assert counted(bring_in(stage, usual()).plan, "new") == 7


def test_changes_are_put_back_as_they_were(stage: Stage) -> None:
    bring_in(stage, usual())
    ended = [
        USUAL["episodes"][0],
        dict(USUAL["episodes"][1]) | {"DEC": "05/11/2025", "REC": "E4A"},
        USUAL["episodes"][2],
    ]
    header = [dict(USUAL["header"][0]) | {"DOB": "01/01/2012"}, USUAL["header"][1]]
    done = bring_in(stage, usual(header=header, episodes=ended, oc2=[score("100001", SDQ_SCORE="30")]))
    take_back(stage, done)
    assert planned(stage, usual()).changes_nothing


def test_a_superseded_total_stands_again(stage: Stage) -> None:
    bring_in(stage, usual())
    done = bring_in(stage.on(date(2026, 11, 20)), usual(oc2=[score("100001", SDQ_SCORE="30")]))
    take_back(stage, done)
    assert planned(stage, usual()).changes_nothing
    with stage.work() as work:
        assert set(work.db.scalars(select(Review.state))) == {"final"}


def test_taking_back_is_refused_once_a_person_changed_something_and_names_it(stage: Stage) -> None:
    done = bring_in(stage, usual())
    with stage.work() as work:
        work.change(everyone(work)["100002"], given_name="Juno")
    with refused(words="Not taken back: WR-0002 was changed since."):
        take_back(stage, done)
    assert everything(stage)["young_person"] == 2


def test_taking_back_is_refused_once_something_hangs_on_it(stage: Stage) -> None:
    done = bring_in(stage, usual())
    with stage.work() as work:
        person = everyone(work)["100001"]
        work.add(CareEpisode(authority_id=stage.authority_id, young_person_id=person.id, starts_on=date(2024, 1, 1)))
    with refused(words="Not taken back: WR-0001 was used by care episodes since."):
        take_back(stage, done)


def test_a_later_import_is_taken_back_first(stage: Stage) -> None:
    first = bring_in(stage, usual())
    rows = [dict(USUAL["episodes"][0]) | {"LS": "C1"}, *USUAL["episodes"][1:]]
    second = bring_in(stage, usual(episodes=rows))
    with refused(words="WR-0001 (care episode) was changed since."):
        take_back(stage, first)
    take_back(stage, second)


def test_an_import_is_taken_back_once_and_within_thirty_days(stage: Stage) -> None:
    done = bring_in(stage, usual())
    with refused("R-IMP-1", "This one is of 10 November 2026."):
        take_back(stage.on(date(2026, 12, 11)), done)
    take_back(stage.on(date(2026, 12, 10)), done)
    with refused(words="was taken back already, on 10 December 2026"):
        take_back(stage, done)


def test_an_authority_may_say_how_long_an_import_can_be_taken_back(stage: Stage) -> None:
    done = bring_in(stage, usual())
    with stage.work("administrator") as work:
        work.change(work.get(Authority, stage.authority_id), policy={"R-IMP-1": {"days": 3}})
    with refused("R-IMP-1", "An import can be taken back for 3 days."):
        take_back(stage.on(date(2026, 11, 14)), done)
    take_back(stage.on(date(2026, 11, 13)), done)
