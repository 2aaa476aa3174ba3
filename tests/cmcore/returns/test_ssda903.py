"""A return brought in: new, changed, ended and the same, record by record, and taken back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed, Refused
from cmcore.exchange.records import ImportRun
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.exchange.ssda903.rows import Return
from cmcore.returns import checks
from cmcore.returns.ssda903 import bring_in_return
from cmcore.reviews.records import Review
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage, refused
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import CareEpisode, YoungPerson
from tests.cmcore.exchange.made_returns import UPNS, child, episode, files, read, real_folder
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


def test_children_episodes_and_totals_come_in(stage: Stage) -> None:
    done = bring_in(stage, usual())
    assert counted(done.plan, "new") == 7
    with stage.work() as work:
        first, second = everyone(work)["100001"], everyone(work)["100002"]
        assert (first.ref, first.upn, first.sex, first.ethnicity) == ("WR-0001", UPNS[0], "2", "WBRI")
        assert (first.born_on, first.care_status, first.looked_after_from) == (
            date(2013, 3, 26),
            "looked_after",
            date(2025, 5, 2),
        )
        assert second.ceased_on is None
        spells = work.db.scalars(select(CareEpisode).where(CareEpisode.young_person_id == first.id)).all()
        assert [(one.starts_on, one.ends_on, one.placement, one.legal_status) for one in spells] == [
            (date(2025, 5, 2), date(2025, 10, 2), "U6", "C2"),
            (date(2025, 10, 2), None, "K2", "C2"),
        ]
        totals = {one.young_person_id: one for one in work.db.scalars(select(Review))}
        total = totals[first.id]
        assert (total.measure_set, total.state, total.scored_by, total.kind_of_review, total.held_on) == (
            "sdq@1",
            "final",
            "carer",
            "baseline",
            date(2026, 3, 31),
        )
        assert [(one.measure, one.score) for one in total.scores] == [("total", 12)]
        assert totals[second.id].kind_of_review == "interim"
        assert totals[second.id].scores[0].not_scored_because == "SDQ5 the child refused"


def test_the_run_keeps_a_receipt_and_who_brought_it_in(stage: Stage) -> None:
    made = usual(header=[*USUAL["header"], child("100003", DOB="31/02/2014")])
    done = bring_in(stage, made)
    with stage.work() as work:
        run = work.get(ImportRun, done.run.id if done.run else 0)
        assert (run.importer, run.as_at, run.started_by) == (
            "ssda903",
            date(2026, 3, 31),
            "Hester Quillmarsh (coordinator)",
        )
        assert run.counts["young_person"] == {"new": 2, "changed": 0, "ended": 0, "same": 0}
        [held] = run.receipt["held_back"]
        assert (held["row"], held["column"], held["value"]) == (4, "DOB", "31/02/2014")
        assert set(run.files) == {"header", "episodes", "oc2", "uasc"}
        assert all(len(digest) == 64 for digest in run.files.values())


def test_the_audit_has_a_line_for_each_young_person_and_holds(stage: Stage) -> None:
    done = bring_in(stage, usual())
    with stage.work("head") as work:
        lines = work.db.scalars(
            select(AuditEntry).where(AuditEntry.young_person_id.is_not(None)).order_by(AuditEntry.seq)
        ).all()
        assert [(line.what, line.act, line.detail) for line in lines] == [
            ("added", "import.ssda903", {"import_run": done.run and done.run.id, "care_episode": 2, "review": 1}),
            ("added", "import.ssda903", {"import_run": done.run and done.run.id, "care_episode": 1, "review": 1}),
        ]
        assert all(line.record_id == line.young_person_id for line in lines)
    assert faults_of_the_audit(stage) == []


def test_a_number_held_for_another_stays_there(stage: Stage) -> None:
    bring_in(stage, usual())
    taken = read(header=[*USUAL["header"][:1], child("100003", UPN=UPNS[1])], episodes=[], oc2=[])
    done = bring_in(stage, taken)
    assert done.plan.tally()[checks.UPN_HELD.id] == 1
    with stage.work() as work:
        assert everyone(work)["100003"].upn is None


def test_numbers_can_change_hands(stage: Stage) -> None:
    bring_in(stage, usual())
    first, second = (dict(one) for one in USUAL["header"])
    first["UPN"], second["UPN"] = second["UPN"], first["UPN"]
    done = bring_in(stage, usual(header=[first, second, child("100003", UPN=UPNS[2])]))
    assert checks.UPN_HELD.id not in done.plan.tally()
    with stage.work() as work:
        assert [everyone(work)[key].upn for key in ("100001", "100002")] == [UPNS[1], UPNS[0]]


def test_somebody_known_by_number_and_birthday_is_found(stage: Stage) -> None:
    with stage.work() as work:
        work.add(
            YoungPerson(
                authority_id=stage.authority_id,
                ref="WR-9001",
                given_name="Hester",
                family_name="Larkenshaw",
                born_on=date(2013, 3, 26),
                upn=UPNS[0],
            )
        )
    done = bring_in(stage, usual())
    assert done.plan.counts()["young_person"] == {"new": 1, "changed": 1, "ended": 0, "same": 0}
    with stage.work() as work:
        assert everyone(work)["100001"].ref == "WR-9001"


def test_a_placement_in_the_register_is_linked(stage: Stage) -> None:
    with stage.work() as work:
        work.add(Setting(name="Mossgrave House", kind_of_setting="childrens_home", urn=900_123))
    bring_in(stage, usual(episodes=[episode("100001", URN="900123"), episode("100002", URN="900124")]))
    with stage.work() as work:
        linked = [one.setting.name if one.setting else None for one in work.db.scalars(select(CareEpisode))]
    assert linked == ["Mossgrave House", None]


def test_who_may_not_import_is_refused(stage: Stage) -> None:
    for role in ("mentor", "finance", "administrator", "evaluator"):
        with pytest.raises(NotAllowed), stage.work(role) as work:
            bring_in_return(work, Authority(id=1, name="Wrenshire", code="990", prefix="WR"), usual())


def test_two_authorities_keep_their_own(stage: Stage) -> None:
    bring_in(stage, usual())
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        done = bring_in_return(work, work.get(Authority, other), usual())
        assert counted(done.plan, "new") == 7
    with stage.work(authority_id=other) as work:
        assert {one.ref for one in everyone(work).values()} == {"QU-0001", "QU-0002"}


def test_what_is_confirmed_is_what_was_seen(stage: Stage) -> None:
    made = usual()
    seen = planned(stage, made).digest()
    with stage.work() as work:
        work.add(
            YoungPerson(authority_id=stage.authority_id, ref="WR-9001", born_on=date(2013, 3, 26), child_id="100001")
        )
    with refused(words="Somebody changed records since you looked"), stage.work() as work:
        bring_in_return(work, work.get(Authority, stage.authority_id), made, seen=seen)
    assert everything(stage)["import_run"] == 0
    with stage.work() as work:
        bring_in_return(work, work.get(Authority, stage.authority_id), made, seen=planned(stage, made).digest())


def test_progress_is_told(stage: Stage) -> None:
    told: list[tuple[str, int, int]] = []
    with stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        bring_in_return(work, authority, usual(), progress=lambda *step: told.append(step))
    assert told[:2] == [("young people", 0, 2), ("young people", 2, 2)]
    assert told[-1][0] == "changes"


def test_a_plan_changes_nothing(stage: Stage) -> None:
    plan = planned(stage, usual())
    assert counted(plan, "new") == 7
    assert everything(stage)["young_person"] == 0
    told = plan.as_data()
    assert told["counts"]["care_episode"]["new"] == 3
    assert told["changes"][0]["after"]["born_on"] == "2013-03-26"


# ---- taking back


def test_the_real_return_comes_in_is_the_same_again_and_is_taken_back(stage: Stage) -> None:
    read_again: Callable[[], Return] = lambda: read_return(files_in(real_folder()), today=stage.clock.today())  # noqa: E731
    done = bring_in(stage, read_again())
    assert {kind: counts["new"] for kind, counts in done.plan.counts().items()} == {
        "young_person": 2675,
        "care_episode": 5050,
        "review": 2675,
    }
    assert bring_in(stage, read_again()).run is None
    assert faults_of_the_audit(stage) == []
    take_back(stage, done)
    assert everything(stage)["young_person"] == 0


def test_a_refused_return_leaves_nothing_behind(stage: Stage) -> None:
    with pytest.raises(Refused):
        read_return(files(header=[child()], episodes=[episode()])[:0], today=stage.clock.today())
    assert everything(stage)["import_run"] == 0
