"""Evidence of a commitment: numbers that can be counted again, quotes, case studies and media under permission."""

from __future__ import annotations

from dataclasses import dataclass

from cmcore.api import (
    Authority,
    Counted,
    Finding,
    Form,
    Period,
    Refused,
    Work,
    YoungPerson,
    action,
    counted,
    day,
    figures,
    figures_in_use,
    for_others,
    refuse,
    refuse_if,
    taken,
)
from cmcore.api.journals import CaseStudy, JournalEntry, entry_in_the_way, in_the_way, words_in_the_way
from cmcore_artsmark import rules
from cmcore_artsmark.commitments import forget_passages, refuse_ended
from cmcore_artsmark.forms import (
    CaseStudyEvidenceAnswers,
    MediaEvidenceAnswers,
    NumberAnswers,
    QuoteAnswers,
    offering,
)
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkEvidence, ArtsmarkJourney, ArtsmarkPassage
from cmcore_artsmark.words import EvidenceKind


@dataclass(frozen=True)
class Number:
    """A number as it was written down, and as it counts now; nothing where it cannot be counted any more."""

    title: str
    meaning: str
    period: Period
    kept: Counted
    now: Counted | None
    #: The number as it may be read by others: small ones are hidden (R-SUP-1).
    outside: str
    why_not: str = ""

    @property
    def days(self) -> str:
        """The days it counts."""
        until = f" to {day(self.period.ends_on)}" if self.period.ends_on else ""
        return f"{day(self.period.starts_on)}{until}"


# ---- a number
def number_form(work: Work, commitment: ArtsmarkCommitment) -> Form:
    """The form of a number, which offers the figures that can be counted here, each with what it counts."""
    known = figures_in_use(work, work.get(Authority, commitment.authority_id))
    return offering(NumberAnswers, "figure", [(one.key, one.title, one.meaning) for one in known])


@action("artsmark_evidence.add")
def add_number(work: Work, commitment: ArtsmarkCommitment, answers: NumberAnswers) -> ArtsmarkEvidence:
    """Count a figure now and keep it with its query. Refuses a figure that cannot be counted here."""
    told = taken(work, answers, number_form(work, commitment))
    period = Period(told.starts_on, told.ends_on)
    found = counted(work, told.figure, work.get(Authority, commitment.authority_id), period)
    return _added(
        work,
        commitment,
        EvidenceKind.number,
        number=found.number,
        out_of=found.of,
        counted_on=work.today,
        **told.columns(),
    )


def number_of(work: Work, evidence: ArtsmarkEvidence) -> Number:
    """A number as it was written down, with what counts now beside it."""
    figure = figures().get(evidence.figure)
    kept = Counted(evidence.number or 0, evidence.out_of)
    period = Period(evidence.starts_on or work.today, evidence.ends_on)
    title, meaning = (figure.title, figure.meaning) if figure else (evidence.figure, "")
    authority = work.get(Authority, evidence.authority_id)
    outside = figure.outside(kept, for_others(work, authority)) if figure else "c"
    try:
        now = counted(work, evidence.figure, authority, period)
    except Refused as refused:
        return Number(title, meaning, period, kept, None, outside, str(refused.findings[0].message))
    return Number(title, meaning, period, kept, now, outside)


def number_findings(work: Work, evidence: ArtsmarkEvidence, number: Number) -> list[Finding]:
    """R-AM-5: that it counts otherwise now; or that it cannot be counted."""
    if number.now is None:
        return [Finding(number.why_not, way_out="The number that was written down stays.")]
    return rules.counts_the_same(number.kept, number.now, number.title, work.policy_of(evidence))


@action("artsmark_evidence.change")
def count_anew(work: Work, evidence: ArtsmarkEvidence) -> ArtsmarkEvidence:
    """Count a number anew and keep that, with today as its day. The audit keeps what stood there before."""
    if evidence.kind_of_evidence != EvidenceKind.number:
        raise refuse("This is no number.", way_out="Numbers alone are counted.")
    now = number_of(work, evidence).now
    if now is None:
        raise refuse("It cannot be counted now.", way_out="The number that was written down stays.")
    work.change(evidence, number=now.number, out_of=now.of, counted_on=work.today)
    return evidence


# ---- what people say and show
@action("artsmark_evidence.add")
def add_quote(work: Work, commitment: ArtsmarkCommitment, answers: QuoteAnswers) -> ArtsmarkEvidence:
    """Keep a quote. R-AM-7 refuses one nobody permitted; R-CON-3 a young person's without permission in force."""
    told = taken(work, answers)
    work.heed(rules.is_permitted(told.permitted_on, work.today, work.policy_of(commitment)))
    if told.young_person_id is not None:
        work.heed(words_in_the_way(work, work.get(YoungPerson, told.young_person_id)))
    return _added(work, commitment, EvidenceKind.quote, **told.columns())


@action("artsmark_evidence.add")
def add_case_study(work: Work, commitment: ArtsmarkCommitment, answers: CaseStudyEvidenceAnswers) -> ArtsmarkEvidence:
    """Take a case study as evidence. It is one that is shown in public, without names, under permission today."""
    told = taken(work, answers)
    study = work.get(CaseStudy, told.case_study_id)
    refuse_if(_study_in_the_way(work, study))
    more = {"young_person_id": study.young_person_id}
    return _added(work, commitment, EvidenceKind.case_study, **told.columns(), **more)


@action("artsmark_evidence.add")
def add_media(work: Work, commitment: ArtsmarkCommitment, answers: MediaEvidenceAnswers) -> ArtsmarkEvidence:
    """Take a journal entry as evidence. R-CON-3 refuses one that may not be shown in public today."""
    told = taken(work, answers)
    entry = work.get(JournalEntry, told.journal_entry_id)
    work.heed(entry_in_the_way(work, entry))
    more = {"young_person_id": entry.young_person_id}
    return _added(work, commitment, EvidenceKind.media, **told.columns(), **more)


@action("artsmark_evidence.remove")
def remove_evidence(work: Work, evidence: ArtsmarkEvidence) -> None:
    """Remove a piece of evidence, with the passage drafted from it. Refuses while words of a person rest on it."""
    commitment = work.get(ArtsmarkCommitment, evidence.artsmark_commitment_id)
    journey = work.get(ArtsmarkJourney, commitment.artsmark_journey_id)
    refuse_ended(journey)
    forget_passages(work, journey, ArtsmarkPassage.artsmark_evidence_id == evidence.id)
    work.db.delete(evidence)


def evidence_in_the_way(work: Work, evidence: ArtsmarkEvidence) -> list[Finding]:
    """What refuses letting a piece of evidence leave today: permissions are asked anew each time."""
    if evidence.kind_of_evidence == EvidenceKind.number:
        return []
    if evidence.kind_of_evidence == EvidenceKind.case_study:
        study = work.db.get(CaseStudy, evidence.case_study_id)
        return _study_in_the_way(work, study) if study is not None else _gone("case study")
    if evidence.kind_of_evidence == EvidenceKind.media:
        entry = work.db.get(JournalEntry, evidence.journal_entry_id)
        return entry_in_the_way(work, entry) if entry is not None else _gone("journal entry")
    found = rules.is_permitted(evidence.permitted_on, work.today, work.policy_of(evidence))
    if evidence.young_person_id is not None:
        found += words_in_the_way(work, work.get(YoungPerson, evidence.young_person_id))
    return found


def _study_in_the_way(work: Work, study: CaseStudy) -> list[Finding]:
    if study.state != "public":
        said = f"Case study {study.ref} is “{study.state_label}”."
        return [Finding(said, place="case_study_id", way_out="Show it in public first, with permission.")]
    return in_the_way(work, study, public=True)


def _gone(what: str) -> list[Finding]:
    return [Finding(f"The {what} is not there any more.", way_out="Leave out what speaks of it.")]


def _added(work: Work, commitment: ArtsmarkCommitment, kind: EvidenceKind, **told: object) -> ArtsmarkEvidence:
    if commitment.state == "dropped":
        raise refuse("This commitment was dropped.", way_out="Take it up again first.")
    refuse_ended(work.get(ArtsmarkJourney, commitment.artsmark_journey_id))
    own = {"authority_id": commitment.authority_id, "artsmark_commitment_id": commitment.id}
    return work.add(ArtsmarkEvidence(**own, kind_of_evidence=kind.value, **told))
