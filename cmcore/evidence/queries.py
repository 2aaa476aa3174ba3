"""What changed in a programme: the account of one of its cohorts, for whoever may see its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.evidence.account import Account, account_of
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.counting import Counting
from cmcore.measures.registry import measure_set
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class Evidence:
    """What was asked and what came of it: the programme, the cohort, the account."""

    programme: Programme
    cohort: Cohort
    account: Account

    def as_data(self) -> dict[str, Any]:
        """The evidence as plain values, for JSON."""
        return {
            "programme": self.programme.key,
            "title": self.programme.title,
            "cohort": self.cohort.as_data(),
            **self.account.as_data(),
        }


def programmes_of(work: Work, authority_id: int) -> list[Programme]:
    """The programmes of an authority whose evidence can be asked for."""
    return list(
        work.db.scalars(select(Programme).where(Programme.authority_id == authority_id).order_by(Programme.key))
    )


def evidence(work: Work, authority_id: int, programme_key: str, cohort: Cohort | None = None) -> Evidence:
    """The account of a cohort of one programme. Refuses whoever may not see the authority's evidence."""
    work.require("evidence.see", authority_id)
    programmes = {each.key: each for each in programmes_of(work, authority_id)}
    if programme_key not in programmes:
        known = ", ".join(programmes) or "none yet"
        raise refuse(f"There is no programme “{programme_key}” here.", way_out=f"The programmes kept here: {known}.")
    programme, cohort = programmes[programme_key], cohort or Cohort()
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    least = work.policy_of(authority_id).threshold("R-EVI-1", "pairs")
    return Evidence(programme, cohort, account_of(Counting(work, [programme], cohort, chosen).counts(), least))
