"""What is known of the culture in young people's lives: lines, each with its source, from the core and from plugins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from cmcore.base.among import among
from cmcore.base.clock import LONDON, day, local
from cmcore.base.periods import Period
from cmcore.base.words import count, in_words
from cmcore.mentors.records import Mentor
from cmcore.peps.records import PepContribution, PepCycle, PepTarget
from cmcore.peps.words import CulturalPart, TargetKind
from cmcore.referrals.records import Referral
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.virtual_schools.records import Authority

#: A text longer than this is cut at a word: a page is read in a meeting.
LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class CulturalLine:
    """One thing that is known, in a sentence, with where it comes from.

    ``source`` says it in words ("3 sessions, the last on 5 November 2026"); ``kind`` and ``record_id`` say of which
    record, and with ``part`` and ``also`` they are what the line is known by when it is drafted again. ``owner`` and
    ``due_on`` belong to a next step.
    """

    young_person_id: int
    part: CulturalPart
    text: str
    source: str
    kind: str
    record_id: int
    also: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def key(self) -> str:
        """What it is known by among the lines about one young person."""
        return ":".join(part for part in (self.part.value, self.kind, str(self.record_id), self.also) if part)


def cultural_lines(
    work: Work, authority: Authority, people: Collection[int], period: Period
) -> dict[int, list[CulturalLine]]:
    """What is known of these young people within a period, by key and in the order of the parts, within one's reach.

    Of the core: sessions, what referrals say of interests, cultural targets, and what was brought to a PEP; then what
    the plugins say that are on. Four statements of the core, however many young people. A line about anybody else, and
    a second one of the same key, is left out.
    """
    wanted = set(people)
    found: dict[int, dict[str, CulturalLine]] = {key: {} for key in wanted}
    if not wanted:
        return {}
    told: list[Iterable[CulturalLine]] = [
        _of_referrals(work, wanted),
        _of_sessions(work, wanted, period),
        _of_targets(work, wanted),
        _of_contributions(work, wanted, period),
        work.lines_offered(
            "cm_cultural_lines", authority.id, CulturalLine, authority=authority, people=wanted, period=period
        ),
    ]
    for lines in told:
        for line in lines:
            if line.young_person_id in wanted:
                found[line.young_person_id].setdefault(line.key, line)
    order = {part: place for place, part in enumerate(CulturalPart)}
    return {key: sorted(lines.values(), key=lambda one: order[one.part]) for key, lines in found.items()}


def _of_referrals(work: Work, people: Collection[int]) -> Iterator[CulturalLine]:
    """What the latest referral says of interests."""
    asked = (
        select(Referral.id, Referral.young_person_id, Referral.ref, Referral.interests, Referral.received_on)
        .where(among(Referral.young_person_id, people), Referral.interests != "")
        .order_by(Referral.received_on, Referral.id)
    )
    latest = {row.young_person_id: row for row in work.db.execute(asked)}
    for key, row in latest.items():
        source = f"Referral {row.ref}, received on {day(row.received_on)}"
        yield _line(key, CulturalPart.interests, row.interests, source, "referral", row.id)


def _of_sessions(work: Work, people: Collection[int], period: Period) -> Iterator[CulturalLine]:
    """What was done with a mentor, art form by art form, and what young people said in it."""
    since, until = _instants(period)
    table = MentoringSession
    asked = (
        select(
            table.id,
            table.young_person_id,
            table.commission_id,
            table.starts_at,
            table.art_form,
            table.words_said,
            Mentor.name,
        )
        .join(Mentor, Mentor.id == table.mentor_id)
        .where(
            among(table.young_person_id, people),
            table.outcome.in_(MET),
            table.starts_at >= since,
            table.starts_at < until,
        )
        .order_by(table.starts_at, table.id)
    )
    together: dict[tuple[int, int, str], list[tuple[date, str]]] = {}
    said: dict[int, tuple[int, date, str]] = {}
    for key, person, commission, starts_at, art_form, words_said, name in work.db.execute(asked):
        if person is None:
            continue
        on = local(starts_at).date()
        together.setdefault((person, commission, art_form.strip().lower()), []).append((on, name))
        if words_said.strip():
            said[person] = (key, on, words_said)
    for (person, commission, art_form), held in together.items():
        names = in_words(list(dict.fromkeys(name for _, name in held)))
        many, last = count(len(held), "session"), day(held[-1][0])
        what = f"{art_form[:1].upper()}{art_form[1:]}" if art_form else "Works"
        source = f"{many} with {names}, the last on {last}"
        text = f"{what} with a creative mentor: {many}."
        yield _line(person, CulturalPart.now, text, source, "commission", commission, also=art_form)
    for person, (key, on, words) in said.items():
        yield _line(person, CulturalPart.words, words, f"Session on {day(on)}", "session", key)


def _of_targets(work: Work, people: Collection[int]) -> Iterator[CulturalLine]:
    """Cultural targets of PEPs that nobody has looked at again: next steps."""
    asked = (
        select(PepTarget, PepCycle)
        .join(PepCycle, PepCycle.id == PepTarget.pep_cycle_id)
        .where(
            among(PepTarget.young_person_id, people),
            PepTarget.kind_of_target == TargetKind.cultural,
            PepTarget.outcome.is_(None),
        )
        .order_by(PepTarget.id)
    )
    for target, pep in work.db.execute(asked):
        source = f"Cultural target of the {pep}"
        yield _line(
            target.young_person_id,
            CulturalPart.steps,
            target.target,
            source,
            "pep_target",
            target.id,
            owner=target.owner,
            due_on=target.due_on,
        )


def _of_contributions(work: Work, people: Collection[int], period: Period) -> Iterator[CulturalLine]:
    """What young people wanted said at a meeting."""
    since, until = _instants(period)
    asked = (
        select(PepContribution)
        .where(
            among(PepContribution.young_person_id, people),
            PepContribution.words_said != "",
            PepContribution.written_at >= since,
            PepContribution.written_at < until,
        )
        .order_by(PepContribution.written_at)
    )
    for one in work.db.scalars(asked):
        source = f"Brought to the PEP by {one.written_by} on {day(local(one.written_at).date())}"
        yield _line(one.young_person_id, CulturalPart.words, one.words_said, source, "pep_contribution", one.id)


def _line(
    person: int,
    part: CulturalPart,
    text: str,
    source: str,
    kind: str,
    record_id: int,
    *,
    also: str = "",
    owner: str = "",
    due_on: date | None = None,
) -> CulturalLine:
    return CulturalLine(
        young_person_id=person,
        part=part,
        text=shortened(text),
        source=source,
        kind=kind,
        record_id=record_id,
        also=also,
        owner=owner,
        due_on=due_on,
    )


def shortened(text: str) -> str:
    """A text on one line, cut at a word where it is longer than a page can bear."""
    whole = " ".join(text.split())
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST].rsplit(' ', 1)[0]} …"


def _instants(period: Period) -> tuple[datetime, datetime]:
    """The first instant of a period and the one after its last, by England's wall clock."""
    last = (period.ends_on or date(2999, 12, 31)) + timedelta(days=1)
    return datetime.combine(period.starts_on, time(), LONDON), datetime.combine(last, time(), LONDON)
