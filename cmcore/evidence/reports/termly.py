"""The termly return to the authority's committee: what was done in a term, and what changed; nobody's story."""

from __future__ import annotations

from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import refuse
from cmcore.base.periods import Term
from cmcore.base.words import hours, pounds
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.counting import Counting
from cmcore.evidence.disclosure.policies import PolicyKey, Symbol
from cmcore.evidence.queries import programme_with
from cmcore.evidence.reports import parts
from cmcore.evidence.reports.activity import Activity, activity_of
from cmcore.evidence.reports.report import Cell, Figures, Report, Section
from cmcore.evidence.reports.summary import with_caveats
from cmcore.evidence.reports.terms import last_day, title
from cmcore.evidence.reports.told import Told, told_inside, told_outside
from cmcore.exchange.documents.heading import Heading
from cmcore.measures.registry import measure_set
from cmcore.safekeeping.work import Work

KEY = "termly"


def in_term(term: Term) -> Cohort:
    """Everybody at work in a term, with the scores up to its end."""
    return Cohort(at_work_from=term.starts_on, started_to=term.ends_on, scored_to=term.ends_on)


def termly(
    work: Work, authority_id: int, programme_key: str, term: Term, heading: Heading, policy: str, *, outside: bool
) -> Report:
    """The return of one programme for a term. ``outside`` is for what is given away: it is remembered (R-SUP-1).

    Refuses the policy ``internal``, since a committee reads it, and whoever may not see the evidence.
    """
    if policy == PolicyKey.internal:
        raise refuse("A return to a committee hides small numbers.", way_out="Choose the policy dfe or ons.")
    work.require("evidence.see", authority_id)
    programme, cohort, to = programme_with(work, authority_id, programme_key), in_term(term), last_day(term, work.today)
    counting = Counting(work, [programme], cohort, measure_set(programme.measure_set))
    done = activity_of(work, programme, term, to, counting)
    ask = told_outside if outside else told_inside
    told = ask(work, authority_id, programme_key, cohort, policy, tuple(done.columns()))
    made = Report(
        key=KEY,
        name=f"termly-return-{programme.key}-{term.starts_on.isoformat()}",
        title=f"Termly return: {programme.title}, {title(term)}",
        lead=_lead(told, done),
        facts=(
            ("Term", f"{day(term.starts_on)} to {day(term.ends_on)}{_goes_on(term, to)}"),
            ("Whose scores", "Everybody at work in the term; their latest score up to its end."),
            ("Drawn on", day(work.today)),
            ("Small numbers", f"{PolicyKey.say(told.policy.key)}."),
        ),
        sections=(
            _caseload(told, done),
            _work_done(told, done, spend=work.may("money.see", authority_id)),
            parts.flow(told, "At work in the term"),
            parts.change(told),
            parts.concern(told),
            parts.places(told),
            parts.attendance(told),
            parts.how_sure(told),
            parts.how_scored(told),
        ),
        sensitive=False,
        heading=heading,
    )
    return with_caveats(made, told)


def _goes_on(term: Term, to: date) -> str:
    return "" if to == term.ends_on else f"; it goes on, so this is up to {day(to)}"


def _lead(told: Told, done: Activity) -> str:
    at_work, met = told.count("started"), told.count(f"{done.mark}.mentored")
    if isinstance(at_work, int) and isinstance(met, int) and told.policy.round_to < 2:
        some = f"{met:,}" if met else "None"
        return f"{some} of the {at_work:,} young people at work met their mentor. {parts.headline(told)}."
    return f"{parts.headline(told)}."


def _caseload(told: Told, done: Activity) -> Section:
    ended = [(f"of these, {label.lower()}", told.count(f"{done.mark}.ended.{key}")) for key, label, _ in done.ended]
    rows: list[tuple[Cell, ...]] = [
        ("Referred in the term", told.count(f"{done.mark}.received")),
        ("Started in the term", told.count(f"{done.mark}.began")),
        ("At work in the term", told.count("started")),
        ("Ended in the term", told.count(f"{done.mark}.ended")),
        *ended,
        ("At work on the last day", told.count(f"{done.mark}.at_end")),
    ]
    figures = Figures(caption="Referrals and enrolments", heads=("What", "Young people"), rows=tuple(rows))
    return Section(heading="Who was helped", shown=(figures,))


def _work_done(told: Told, done: Activity, *, spend: bool) -> Section:
    """Sessions, hours and money: not counts of people, yet hidden with them where few were met or paid for."""
    met = told.count(f"{done.mark}.mentored")
    few = isinstance(met, Symbol)
    rows: list[tuple[Cell, ...]] = [
        ("Young people who met their mentor", met),
        ("Sessions held, of all recorded", Symbol.hidden if few else f"{done.sessions:,} of {done.recorded:,}"),
        ("Hours of mentoring", Symbol.hidden if few else hours(done.minutes)),
    ]
    said = "Sessions not held were missed, called off or put off."
    if spend:
        paid = told.count(f"{done.mark}.paid_for")
        rows.append(("Young people mentors were paid for", paid))
        rows.append(("Paid to mentors for the term", Symbol.hidden if isinstance(paid, Symbol) else _whole(done)))
        said += " What was paid are approved invoices; some may still come."
    figures = Figures(caption="Sessions, hours and money", heads=("What", "In the term"), rows=tuple(rows))
    return Section(heading="What was done", said=(said,), shown=(figures,))


def _whole(done: Activity) -> str:
    return pounds(round(done.spent_pence, -2)).removesuffix(".00")
