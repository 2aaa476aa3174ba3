"""Asking for a report: which one, of whom, under which policy; and what is written down when it is taken away."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.evidence.actions import give_out
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.counting import Counting
from cmcore.evidence.disclosure.policies import PolicyKey
from cmcore.evidence.groups import grouping
from cmcore.evidence.published import earlier_tables
from cmcore.evidence.queries import drawn_up, programme_with
from cmcore.evidence.reports import journey as journeys
from cmcore.evidence.reports import summary as summaries
from cmcore.evidence.reports import termly as returns
from cmcore.evidence.reports.outputs import OUTPUTS
from cmcore.evidence.reports.report import Report
from cmcore.evidence.reports.terms import term_on
from cmcore.evidence.reports.told import Told, told_inside, told_outside
from cmcore.evidence.subgroups import Subgroups
from cmcore.exchange.documents.heading import Heading
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

#: The reports on a cohort, with what each is for.
OF_COHORTS = {
    summaries.KEY: "Programme summary",
    returns.KEY: "Termly return to the committee",
}

#: So many groups stand in a report that hides small numbers.
MOST_GROUPS = 40


@dataclass(frozen=True)
class Asked:
    """A report on a cohort: which, of which programme and cohort, under which policy (empty: the usual one).

    ``by`` splits a summary into groups; ``term`` is the day the term of a return begins, empty for the latest;
    ``name`` is what the cohort is saved as; ``printed_by`` stands at the foot of what is printed.
    """

    kind: str
    authority_id: int
    programme_key: str
    cohort: Cohort = field(default_factory=Cohort)
    policy: str = ""
    by: str = ""
    term: str = ""
    name: str = ""
    printed_by: str = ""


def usual_policy(work: Work, kind: str, authority_id: int) -> str:
    """The policy when none is asked for: of a summary every number for who may see it, of a return that of the DfE."""
    inside = kind == summaries.KEY and work.may("evidence.see_small", authority_id)
    return PolicyKey.internal if inside else PolicyKey.dfe


def report_on(work: Work, asked: Asked, *, given_out: bool) -> Report:
    """A report on a cohort. What is ``given_out`` under the policies dfe and ons is remembered (R-SUP-1).

    Whoever may not see small numbers is given out whatever they read. Refuses a kind there is not, and what the
    policy refuses.
    """
    if asked.kind not in OF_COHORTS:
        raise refuse(f"There is no report “{asked.kind}”.", way_out=f"Choose one of {', '.join(OF_COHORTS)}.")
    policy = asked.policy or usual_policy(work, asked.kind, asked.authority_id)
    outside = policy != PolicyKey.internal and (given_out or not work.may("evidence.see_small", asked.authority_id))
    where = (work, asked.authority_id, asked.programme_key)
    top = heading_for(work, asked.authority_id, printed_by=asked.printed_by)
    if asked.kind == returns.KEY:
        term = term_on(work, work.get(Authority, asked.authority_id), asked.term)
        return returns.termly(*where, term, top, policy, outside=outside)
    told = (told_outside if outside else told_inside)(*where, asked.cohort, policy)
    return summaries.summary(work, told, top, _split(work, asked, told, outside), asked.name)


def _split(work: Work, asked: Asked, told: Told, outside: bool) -> Subgroups | None:
    """The groups of a summary, hidden beside the table of all together that stands in it."""
    if not asked.by:
        return None
    policy = told.policy.key
    if told.policy.hides:
        _refuse_many_groups(work, asked, told)
    if outside:
        return give_out(work, asked.authority_id, asked.programme_key, asked.cohort, by=asked.by, policy=policy)
    earlier = earlier_tables(work, told.programme, told.table.measure_set, asked.cohort) if told.policy.hides else []
    return drawn_up(work, told.programme, asked.cohort, asked.by, policy, None, [*earlier, told.table.release])


def _refuse_many_groups(work: Work, asked: Asked, told: Told) -> None:
    counting = Counting(work, [told.programme], asked.cohort, told.table.measure_set, grouping(asked.by))
    many = len(counting.rows(select(counting.started.c.part).distinct()))
    if many > MOST_GROUPS:
        raise refuse(
            f"There are {many} groups: in so many nearly every number would be hidden.",
            place="by",
            way_out=f"Split it into at most {MOST_GROUPS}, or take the table itself out with “cm evidence --by”.",
        )


def written(work: Work, asked: Asked, ending: str) -> tuple[bytes, str]:
    """A report as a file with its name; that it was taken away is written down. Refuses an ending there is not."""
    _refuse_ending(ending)
    made = report_on(work, asked, given_out=True)
    programme = programme_with(work, asked.authority_id, asked.programme_key)
    work.opened(programme, f"{OF_COHORTS[asked.kind].lower()} taken out as {OUTPUTS[ending].words}")
    return OUTPUTS[ending].write(made), f"{made.name}.{ending}"


def journey_read(work: Work, young_person_id: int, printed_by: str = "") -> Report:
    """A young person's journey, to be read on a screen; that it was opened is written down.

    Refuses whoever may not see reviews; out of reach it is not found.
    """
    return _journey(work, young_person_id, "journey report read", printed_by)


def journey_written(work: Work, young_person_id: int, ending: str, printed_by: str = "") -> tuple[bytes, str]:
    """A young person's journey as a file with its name; that it was taken away, and as what, is written down."""
    _refuse_ending(ending)
    made = _journey(work, young_person_id, f"journey report taken out as {OUTPUTS[ending].words}", printed_by)
    return OUTPUTS[ending].write(made), f"{made.name}.{ending}"


def _journey(work: Work, young_person_id: int, why: str, printed_by: str) -> Report:
    # Taken before anything is read: what is opened is written down.
    work.begin_writing()
    found = journeys.journey_to_report(work, young_person_id)
    work.opened(found.person, why)
    top = heading_for(work, found.person.authority_id, found.person, printed_by=printed_by)
    return journeys.journey(work, found, top)


def heading_for(work: Work, authority_id: int, person: YoungPerson | None = None, *, printed_by: str = "") -> Heading:
    """What stands at the head of a report: the authority, and of a young person initials and reference."""
    authority = work.get(Authority, authority_id)
    initials = "" if person is None or person.initials == person.ref else person.initials
    return Heading(
        authority=authority.name,
        school=authority.school_name,
        reference=person.ref if person else "",
        initials=initials,
        printed_by=printed_by,
        printed_at=work.clock.now(),
    )


def _refuse_ending(ending: str) -> None:
    if ending not in OUTPUTS:
        raise refuse(f"A report is not written as “{ending}”.", way_out=f"Choose one of {', '.join(OUTPUTS)}.")
