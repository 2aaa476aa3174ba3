"""A usual return and how tests bring it in, count it and take it back."""

from __future__ import annotations

from sqlalchemy import func, select

from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.exchange.ssda903.rows import Return
from cmcore.returns.plan import BroughtIn, Plan
from cmcore.returns.ssda903 import bring_in_return, plan_return
from cmcore.returns.undo import undo_import
from cmcore.reviews.records import Review
from cmcore.safekeeping import audit
from cmcore.safekeeping.records import AuditEntry
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import CareEpisode, YoungPerson
from tests.cmcore.exchange.made_returns import UPNS, Rows, child, episode, read, score

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


def take_back(stage: Stage, done: BroughtIn) -> None:
    with stage.work() as work:
        undo_import(work, work.get(ImportRun, done.run.id if done.run else 0))
