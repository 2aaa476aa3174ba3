"""A return brought in: new, changed, ended and the same, record by record, and taken back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from cmcore.base.findings import NotAllowed, Refused
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.exchange.ssda903.rows import Return
from cmcore.returns import checks
from cmcore.returns.plan import BroughtIn, Plan
from cmcore.returns.ssda903 import bring_in_return, plan_return
from cmcore.returns.undo import undo_import
from cmcore.reviews.records import Review
from cmcore.safekeeping import audit
from cmcore.safekeeping.records import AuditEntry
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import CareEpisode, YoungPerson
from tests.cmcore.exchange.made_returns import UPNS, Rows, child, episode, files, read, real_folder, score

#: Two sound children with three episodes and two totals, one of them not scored.
USUAL: dict[str, Rows] = {
    "header": [child("100001", UPN=UPNS[0]), child("100002", SEX="1", DOB="30/09/2010", UPN=UPNS[1])],
    "episodes": [
        episode("100001", DECOM="02/05/2025", DEC="02/10/2025", REC="X1", RNE="S"),
        episode("100001", DECOM="02/10/2025", RNE="P", PLACE="K2"),
        episode("100002", DECOM="14/10/2025", LS="V2", PLACE="H5"),
    ],
    "oc2": [score("100001"), score("100002", DOB="30/09/2010", SDQ_SCORE="", SDQ_REASON="SDQ5")],
    "uasc": [],
}


def bring_in(stage: Stage, made: Return, role: str = "coordinator") -> BroughtIn:
    with stage.work(role) as work:
        return bring_in_return(work, work.get(Authority, stage.authority_id), made)


def planned(stage: Stage, made: Return) -> Plan:
    with stage.work() as work:
        return plan_return(work, work.get(Authority, stage.authority_id), made)


def usual(**changed: Rows) -> Return:
    return read(**{**USUAL, **changed})


def counted(plan: Plan, what: str) -> int:
    return sum(counts[what] for counts in plan.counts().values())


def everyone(work: Work) -> dict[str | None, YoungPerson]:
    return {person.child_id: person for person in work.db.scalars(select(YoungPerson))}


def everything(stage: Stage) -> dict[str, int]:
    with stage.work("head") as work:
        return {
            record.kind(): work.db.scalar(select(func.count()).select_from(record)) or 0
            for record in (YoungPerson, CareEpisode, Review, ImportRun, ImportChange, AuditEntry)
        }


def faults_of_the_audit(stage: Stage) -> list[str]:
    with stage.work("head") as work:
        return list(audit.verify(work.db.connection(), [stage.authority_id]))


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


def test_the_same_files_again_change_nothing(stage: Stage) -> None:
    bring_in(stage, usual())
    before = everything(stage)
    again = bring_in(stage, usual())
    assert again.run is None
    assert again.plan.changes_nothing
    assert counted(again.plan, "same") == 7
    assert everything(stage) == before


@pytest.mark.parametrize(
    ("part", "row", "cell", "value", "kind", "column"),
    [
        ("header", 0, "SEX", "1", "young_person", "sex"),
        ("header", 0, "DOB", "27/03/2013", "young_person", "born_on"),
        ("header", 0, "ETHNIC", "MOTH", "young_person", "ethnicity"),
        ("header", 0, "UPN", "B123456789013", "young_person", "upn"),
        ("episodes", 1, "DECOM", "03/10/2025", "care_episode", "starts_on"),
        ("episodes", 1, "RNE", "B", "care_episode", "reason_new"),
        ("episodes", 1, "LS", "C1", "care_episode", "legal_status"),
        ("episodes", 1, "CIN", "N2", "care_episode", "need"),
        ("episodes", 1, "PLACE", "U4", "care_episode", "placement"),
        ("episodes", 1, "PLACE_PROVIDER", "PR4", "care_episode", "provider"),
        ("episodes", 0, "DEC", "01/10/2025", "care_episode", "ends_on"),
        ("episodes", 0, "REC", "E8", "care_episode", "reason_ceased"),
        ("episodes", 1, "URN", "1234567", "care_episode", "placement_urn"),
        ("oc2", 0, "SDQ_SCORE", "13", "review", "score"),
        ("oc2", 1, "SDQ_REASON", "SDQ2", "review", "not_scored_because"),
    ],
)
def test_one_changed_cell_changes_one_record(
    stage: Stage, part: str, row: int, cell: str, value: str, kind: str, column: str
) -> None:
    bring_in(stage, usual())
    rows = [dict(one) for one in USUAL[part]]
    rows[row][cell] = value
    done = bring_in(stage, usual(**{part: rows}))
    [changed] = done.plan.changed
    assert (changed.kind, changed.what, changed.row) == (kind, "changed", row + 2)
    assert column in changed.after
    assert (counted(done.plan, "new"), counted(done.plan, "changed"), counted(done.plan, "same")) == (0, 1, 6)
    assert bring_in(stage, usual(**{part: rows})).run is None


def test_a_changed_column_order_changes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(stage, usual())
    from tests.cmcore.exchange import made_returns

    turned = {part: tuple(reversed(columns)) for part, columns in made_returns.PARTS.items()}
    monkeypatch.setattr(made_returns, "PARTS", turned)
    assert bring_in(stage, usual()).run is None


def test_a_later_return_closes_what_ended(stage: Stage) -> None:
    bring_in(stage, usual())
    ended = [
        USUAL["episodes"][0],
        dict(USUAL["episodes"][1]) | {"DEC": "05/06/2026", "REC": "E4A"},
        USUAL["episodes"][2],
    ]
    done = bring_in(stage, usual(episodes=[*ended, episode("100002", DECOM="01/06/2026")]))
    [change] = [one for one in done.plan.changed if one.what == "ended"]
    assert (change.before, change.after) == (
        {"ends_on": None, "reason_ceased": ""},
        {"ends_on": date(2026, 6, 5), "reason_ceased": "E4A"},
    )
    [follows] = done.plan.follows
    assert follows.after == {"care_status": "previously_looked_after", "ceased_on": date(2026, 6, 5)}
    with stage.work() as work:
        assert everyone(work)["100001"].ceased_on == date(2026, 6, 5)


def test_a_later_return_ends_what_it_no_longer_names(stage: Stage) -> None:
    others = [child(str(number)) for number in range(100010, 100013)]
    their_episodes = [episode(str(number), DECOM="01/05/2025") for number in range(100010, 100013)]
    bring_in(stage, read(header=[child(), *others], episodes=[episode(), *their_episodes]))
    later = [dict(one) for one in their_episodes] + [episode("100010", DECOM="01/06/2026")]
    done = bring_in(stage, read(header=others, episodes=later))
    [change] = [one for one in done.plan.changed if one.what == "ended"]
    assert (change.known_as, change.after) == ("100001", {"ends_on": date(2026, 3, 31)})
    assert done.plan.tally()[checks.ENDED_BY_ABSENCE.id] == 1
    with stage.work() as work:
        person = everyone(work)["100001"]
        assert (person.care_status, person.ceased_on) == ("previously_looked_after", date(2026, 3, 31))
    assert bring_in(stage, read(header=others, episodes=later)).run is None


def test_a_part_of_a_return_ends_nothing(stage: Stage) -> None:
    bring_in(stage, usual())
    part = read(header=[child("100009")], episodes=[episode("100009", DECOM="01/06/2026")])
    done = bring_in(stage, part)
    assert done.plan.tally()[checks.PART_ONLY.id] == 1
    assert counted(done.plan, "ended") == 0


def test_a_child_missing_from_the_same_years_return_is_told_and_kept(stage: Stage) -> None:
    bring_in(stage, usual())
    kept = {part: [row for row in rows if row["CHILD"] == "100001"] for part, rows in USUAL.items()}
    done = bring_in(stage, read(**kept))
    assert done.run is None
    assert done.plan.tally()[checks.NOT_IN_RETURN.id] == 1


def test_what_was_held_back_ends_nothing(stage: Stage) -> None:
    old = episode("100002", DECOM="14/10/2024")
    bring_in(stage, usual(episodes=[*USUAL["episodes"][:2], old]))
    broken = dict(old) | {"DEC": "31/02/2026", "REC": "E8"}
    later = [*USUAL["episodes"][:2], broken, episode("100001", DECOM="01/06/2026")]
    done = bring_in(stage, usual(episodes=later))
    assert len(done.plan.held_back) == 1
    assert counted(done.plan, "ended") == 0


def test_a_part_that_was_not_given_changes_nothing(stage: Stage) -> None:
    bring_in(stage, usual())
    only_header = read_return(files(header=USUAL["header"]), today=stage.clock.today())
    assert bring_in(stage, only_header).run is None


def test_next_years_total_is_another_review_and_this_years_is_not_touched(stage: Stage) -> None:
    bring_in(stage, usual())
    later = usual(
        episodes=[*USUAL["episodes"], episode("100002", DECOM="01/06/2026", RNE="P")],
        oc2=[score("100001", SDQ_SCORE="9")],
    )
    assert later.year_ends_on == date(2027, 3, 31)
    bring_in(stage, later)
    bring_in(stage.on(date(2026, 12, 1)), usual(episodes=later_episodes(), oc2=[score("100001", SDQ_SCORE="8")]))
    with stage.work() as work:
        person = everyone(work)["100001"]
        asked = select(Review).where(Review.young_person_id == person.id).order_by(Review.held_on, Review.id)
        told = [(one.held_on, one.kind_of_review, one.state, one.scores[0].score) for one in work.db.scalars(asked)]
    assert told == [
        (date(2026, 3, 31), "baseline", "final", 12),
        (date(2026, 11, 10), "interim", "superseded", 9),
        (date(2026, 11, 10), "interim", "final", 8),
    ]


def later_episodes() -> list[dict[str, str]]:
    return [*map(dict, USUAL["episodes"]), episode("100002", DECOM="01/06/2026", RNE="P")]


def test_a_first_score_after_a_reason_becomes_the_baseline(stage: Stage) -> None:
    bring_in(stage, usual())
    scored = [USUAL["oc2"][0], score("100002", DOB="30/09/2010", SDQ_SCORE="20")]
    bring_in(stage, usual(oc2=scored))
    with stage.work() as work:
        kinds = work.db.scalars(select(Review.kind_of_review)).all()
        assert kinds == ["baseline", "baseline"]


def test_the_return_takes_away_nothing_it_does_not_say(stage: Stage) -> None:
    bring_in(stage, usual())
    silent = [dict(one) | {"UPN": "UN5", "SEX": "", "ETHNIC": ""} for one in USUAL["header"]]
    assert bring_in(stage, usual(header=silent)).run is None


def test_what_a_person_put_right_stands_until_the_return_brings_news(stage: Stage) -> None:
    bring_in(stage, usual())
    with stage.work() as work:
        work.change(everyone(work)["100001"], care_status="kinship_care", given_name="Juno", family_name="Tansyhurst")
    assert bring_in(stage, usual()).run is None


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
            bring_in_return(work, _authority(work), usual())


def _authority(work: Work) -> Authority:
    return Authority(id=1, name="Wrenshire", code="990", prefix="WR")


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


def take_back(stage: Stage, done: BroughtIn) -> None:
    with stage.work() as work:
        undo_import(work, work.get(ImportRun, done.run.id if done.run else 0))


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
    with refused(words="This one is of 10 November 2026."):
        take_back(stage.on(date(2026, 12, 11)), done)
    take_back(stage.on(date(2026, 12, 10)), done)
    with refused(words="was taken back already, on 10 December 2026"):
        take_back(stage, done)


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
