"""The public register brought in: an authority's settings, its neighbours', and those its young people attend."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from cmcore.base.findings import Refused
from cmcore.exchange.gias.read import open_register
from cmcore.exchange.records import ImportRun
from cmcore.returns import checks
from cmcore.returns.gias import bring_in_register, plan_register
from cmcore.returns.plan import BroughtIn
from cmcore.returns.ssda903 import bring_in_return
from cmcore.returns.undo import undo_import
from cmcore.testing import Stage, refused
from cmcore.virtual_schools.records import Authority, Federation, Setting
from cmcore.young_people.records import CareEpisode
from tests.cmcore.exchange.made_register import establishment, register
from tests.cmcore.exchange.made_returns import episode, read

OURS = establishment(900_001, la="990")
THEIRS = establishment(900_002, la="991", name="Thistlemere Academy")
FAR = establishment(900_003, la="995", name="Wrenfold School", status="2", closed="31-08-2019")


def bring_in(
    stage: Stage, *rows: dict[str, str], neighbours: tuple[str, ...] = (), role: str = "coordinator"
) -> BroughtIn:
    with stage.work(role) as work:
        authority = work.get(Authority, stage.authority_id)
        return bring_in_register(work, authority, open_register(register(rows)), neighbours)


def held(stage: Stage) -> dict[int | None, Setting]:
    with stage.work() as work:
        return {one.urn: one for one in work.db.scalars(select(Setting))}


def test_the_settings_of_the_authority_come_in_and_no_others(stage: Stage) -> None:
    done = bring_in(stage, OURS, THEIRS, FAR)
    assert done.plan.counts()["setting"] == {"new": 1, "changed": 0, "ended": 0, "same": 0}
    assert done.plan.as_at == date(2026, 11, 10)
    [school] = held(stage).values()
    assert (school.name, school.kind_of_setting, school.la_code, school.opened_on) == (
        "Quillmarsh Primary School",
        "school",
        "990",
        date(1998, 9, 1),
    )
    assert school.added_by_id is None


def test_neighbours_come_in_on_request(stage: Stage) -> None:
    bring_in(stage, OURS, THEIRS, neighbours=("991",))
    assert set(held(stage)) == {900_001, 900_002}
    with refused(words="“99” is not the code of an authority"):
        bring_in(stage, OURS, neighbours=("99",))


def test_those_its_young_people_attend_come_in_wherever_they_are_and_are_linked(stage: Stage) -> None:
    with stage.work() as work:
        made = read(episodes=[episode(URN="900003"), episode(DECOM="01/09/2025", DEC="02/10/2025", REC="X1")])
        bring_in_return(work, work.get(Authority, stage.authority_id), made)
    done = bring_in(stage, OURS, THEIRS, FAR)
    assert set(held(stage)) == {900_001, 900_003}
    assert held(stage)[900_003].closed_on == date(2019, 8, 31)
    with stage.work() as work:
        linked = {one.placement_urn: one.setting_id for one in work.db.scalars(select(CareEpisode))}
    assert linked == {"900003": held(stage)[900_003].id, "": None}
    with stage.work() as work:
        undo_import(work, work.get(ImportRun, done.run.id if done.run else 0))
    assert held(stage) == {}


def test_the_same_register_again_changes_nothing(stage: Stage) -> None:
    rows = [establishment(900_001, la="990", federation_code="7001", federation="The Larkenshaw Federation"), FAR]
    bring_in(stage, *rows)
    again = bring_in(stage, *rows)
    assert again.run is None
    assert again.plan.counts()["setting"]["same"] == 1


def test_a_setting_that_closed_stays_with_the_day_it_closed(stage: Stage) -> None:
    bring_in(stage, OURS)
    done = bring_in(stage, establishment(900_001, la="990", status="2", closed="31-08-2026"))
    [change] = done.plan.changed
    assert (change.what, change.before, change.after) == (
        "ended",
        {"closed_on": None},
        {"closed_on": date(2026, 8, 31)},
    )
    assert held(stage)[900_001].closed_on == date(2026, 8, 31)


def test_federations_come_in_and_schools_join_and_leave_them(stage: Stage) -> None:
    bring_in(stage, establishment(900_001, la="990", federation_code="7001", federation="The Larkenshaw Federation"))
    with stage.work() as work:
        school = work.db.scalars(select(Setting)).one()
        assert school.federation and school.federation.name == "The Larkenshaw Federation"
    renamed = establishment(900_001, la="990", federation_code="7001", federation="The Mossgrave Federation")
    assert [one.kind for one in bring_in(stage, renamed).plan.changed] == ["federation"]
    done = bring_in(stage, OURS)
    with stage.work() as work:
        assert work.db.scalars(select(Setting)).one().federation is None
        undo_import(work, work.get(ImportRun, done.run.id if done.run else 0))
    with stage.work() as work:
        assert work.db.scalars(select(Setting)).one().federation is not None
        assert work.db.scalars(select(Federation.name)).all() == ["The Mossgrave Federation"]


def test_what_people_wrote_about_a_setting_stands(stage: Stage) -> None:
    bring_in(stage, OURS)
    with stage.work() as work:
        work.change(work.db.scalars(select(Setting)).one(), notes="Ring the bell at the side gate.")
    bring_in(stage, establishment(900_001, la="990", town="Tansyhurst"))
    assert (held(stage)[900_001].town, held(stage)[900_001].notes) == ("Tansyhurst", "Ring the bell at the side gate.")


def test_a_setting_the_register_no_longer_has_is_told_and_kept(stage: Stage) -> None:
    bring_in(stage, OURS)
    done = bring_in(stage, THEIRS)
    assert done.plan.tally() == {checks.GONE_FROM_REGISTER.id: 1}
    assert 900_001 in held(stage)


def test_a_number_another_authority_typed_in_is_left_with_it(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        work.add(Setting(name="Quillmarsh", kind_of_setting="school", urn=900_001, added_by_id=other))
    done = bring_in(stage, OURS, establishment(900_009, la="990"))
    assert set(held(stage)) == {900_009}
    assert checks.NUMBER_TAKEN.id in done.plan.tally()


def test_taking_a_register_back_is_refused_once_a_setting_is_used(stage: Stage) -> None:
    done = bring_in(stage, OURS)
    with stage.work() as work:
        made = read(episodes=[episode(URN="900001")])
        bring_in_return(work, work.get(Authority, stage.authority_id), made)
    with refused(words="Not taken back: Quillmarsh Primary School was used by care episodes since."):
        with stage.work() as work:
            undo_import(work, work.get(ImportRun, done.run.id if done.run else 0))


def test_a_plan_changes_nothing_and_what_is_confirmed_is_what_was_seen(stage: Stage) -> None:
    with stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        plan = plan_register(work, authority, open_register(register([OURS])))
    assert plan.counts()["setting"]["new"] == 1
    assert held(stage) == {}
    bring_in(stage, THEIRS, OURS)
    with pytest.raises(Refused, match="Somebody changed settings"), stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        bring_in_register(work, authority, open_register(register([OURS])), seen=plan.digest())
