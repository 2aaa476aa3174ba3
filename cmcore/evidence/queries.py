"""What changed in a programme: the account of one of its cohorts, for whoever may see its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.evidence.account import Account, account_of
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.counting import Counting
from cmcore.evidence.disclosure.grids import TOTAL
from cmcore.evidence.disclosure.policies import PolicyKey, disclosure
from cmcore.evidence.disclosure.protecting import protected
from cmcore.evidence.disclosure.releases import Release
from cmcore.evidence.groups import NOT_KNOWN, Grouping, grouping
from cmcore.evidence.published import earlier_tables
from cmcore.evidence.records import SavedCohort
from cmcore.evidence.subgroups import Subgroups, grid_of_accounts
from cmcore.evidence.summing import together
from cmcore.measures.registry import measure_set
from cmcore.programmes.records import Programme
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

_NAMES = beyond("the names of the schools, funding lines and mentors that a cohort is split by; evidence is allowed")


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


def saved_cohorts(work: Work, programme: Programme) -> list[SavedCohort]:
    """The saved cohorts of a programme, by name."""
    asked = select(SavedCohort).where(SavedCohort.programme_id == programme.id).order_by(SavedCohort.name)
    return list(work.db.scalars(asked))


def programme_with(work: Work, authority_id: int, programme_key: str) -> Programme:
    """The programme of an authority with this key; refuses another with the ones there are."""
    for one in work.at_hand(Programme):
        if (one.authority_id, one.key) == (authority_id, programme_key):
            return one
    programmes = {each.key: each for each in programmes_of(work, authority_id)}
    if programme_key not in programmes:
        known = ", ".join(programmes) or "none yet"
        raise refuse(f"There is no programme “{programme_key}” here.", way_out=f"The programmes kept here: {known}.")
    return programmes[programme_key]


def evidence(work: Work, authority_id: int, programme_key: str, cohort: Cohort | None = None) -> Evidence:
    """The account of a cohort of one programme, with every number as it is.

    Refuses whoever may not see small numbers: they have :func:`~cmcore.evidence.actions.give_out`.
    """
    work.require("evidence.see_small", authority_id)
    programme, cohort = programme_with(work, authority_id, programme_key), cohort or Cohort()
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    least = work.policy_of(authority_id).threshold("R-EVI-1", "pairs")
    return Evidence(programme, cohort, account_of(Counting(work, [programme], cohort, chosen).counts(), least))


def evidence_everywhere(work: Work, programme_key: str, cohort: Cohort | None = None) -> Account:
    """The account of one programme over every authority within reach that runs it, counted as one cohort.

    Refuses where its programmes are scored with different sets and the cohort names none, and whoever may not see
    small numbers in one of them.
    """
    cohort = cohort or Cohort()
    asked = select(Programme).where(Programme.key == programme_key).order_by(Programme.authority_id)
    programmes = list(work.db.scalars(asked))
    if not programmes:
        raise refuse(f"No authority here runs “{programme_key}”.", way_out="Choose a programme that one of them runs.")
    refs = {cohort.measure_set or one.measure_set for one in programmes}
    if len(refs) > 1:
        raise refuse(
            f"It is scored with {', '.join(sorted(refs))}, and sets are never mixed.", way_out="Choose one of them."
        )
    for one in programmes:
        work.require("evidence.see_small", one.authority_id)
    # Read together and held: the policy of each is asked for, and would be read one by one.
    authorities = work.db.scalars(select(Authority).where(Authority.id.in_([each.authority_id for each in programmes])))
    held = authorities.all()
    least = max(work.policy_of(one).threshold("R-EVI-1", "pairs") for one in held)
    return account_of(Counting(work, programmes, cohort, measure_set(refs.pop())).counts(), least)


def subgroups(
    work: Work,
    authority_id: int,
    programme_key: str,
    cohort: Cohort | None = None,
    *,
    by: str = "",
    policy: str = PolicyKey.internal,
    round_to: int | None = None,
) -> Subgroups:
    """The subgroup table of a cohort, for somebody who may see small numbers; nothing is remembered.

    With the policy dfe or ons it is what a reader outside would be given today. Whoever may not see small numbers has
    :func:`~cmcore.evidence.actions.give_out`.
    """
    work.require("evidence.see_small", authority_id)
    programme, cohort = programme_with(work, authority_id, programme_key), cohort or Cohort()
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    earlier = earlier_tables(work, programme, chosen, cohort) if policy != PolicyKey.internal else []
    return drawn_up(work, programme, cohort, by, policy, round_to, earlier)


def drawn_up(
    work: Work,
    programme: Programme,
    cohort: Cohort,
    by: str,
    policy: str,
    round_to: int | None = None,
    earlier: Sequence[Release] = (),
) -> Subgroups:
    """A subgroup table, hidden as the policy says beside the earlier ones. Nobody's permission is asked here."""
    split = grouping(by) if by else None
    rules = disclosure(work.policy_of(programme), policy, round_to)
    if split and split.of_somebody and rules.hides:
        raise refuse(
            f"A table by {split.words.lower()} tells of single people.", way_out="Keep it inside, or split otherwise."
        )
    if rules.hides and cohort.mentor_id is not None:
        # Asked for mentor by mentor it would be the table by mentor.
        raise refuse("A table of one mentor’s work tells of a single person.", way_out="Take the mentor out of it.")
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    cohort = cohort.without("measure_set")
    counted = Counting(work, [programme], cohort, chosen, split).groups()
    whole = together(chosen, counted.values())
    parts = {key: account_of(one, rules.least_pairs) for key, one in counted.items()} if split else {}
    labels = _labels(work, split, parts) if split else {}
    order = _order(split, labels)
    accounts = {key: parts[key] for key in sorted(parts, key=order)}
    accounts[TOTAL] = account_of(whole, rules.least_pairs)
    grid = grid_of_accounts(chosen, accounts)
    release = protected(grid, rules, cohort, split.key if split else "", earlier)
    return Subgroups(programme.title, cohort, split, chosen, rules, accounts, labels, release)


def _labels(work: Work, split: Grouping, parts: Iterable[str]) -> dict[str, str]:
    """What each group is called."""
    if split.named_by is None:
        return {key: "Not known" if key == NOT_KNOWN else split.says(key) for key in parts}
    keys = [int(key) for key in parts if key != NOT_KNOWN]
    found = work.db.scalars(select(split.named_by).where(split.named_by.id.in_(keys)), execution_options=_NAMES)
    named = {str(one.id): str(getattr(one, "name", one)) for one in found}
    return {key: "Not known" if key == NOT_KNOWN else named.get(key, f"number {key}") for key in parts}


def _order(split: Grouping | None, labels: Mapping[str, str]) -> Callable[[str], tuple[bool, int, str]]:
    order = split.order if split else ()
    return lambda key: (key == NOT_KNOWN, order.index(key) if key in order else len(order), labels.get(key, key))
