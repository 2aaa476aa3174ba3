"""What people do with a study and its protocol: set it up, agree on it, freeze it, and look whether it still holds."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from cmcore.api import (
    Finding,
    Form,
    Programme,
    Work,
    action,
    answers_from,
    kinds,
    measure_set,
    refuse,
    refuse_if,
    taken,
)
from cmcore_action_research import rules
from cmcore_action_research.forms import AnalysisAnswers, ProtocolAnswers, StudyAnswers, VersionAnswers, offering
from cmcore_action_research.programme_type import ACTION_RESEARCH
from cmcore_action_research.queries import analyses_in, first_measured_at, in_force, protocols_of
from cmcore_action_research.records import ResearchStudy, StudyAnalysis, StudyProtocol

#: What stands in the text of a frozen version, in this order of the record's columns.
_FROZEN = (
    "number",
    "question",
    "who",
    "themes",
    "measure_set",
    "measures",
    "dose_hours",
    "dose_months",
    "least_age",
    "most_age",
    "places",
    "waiting_weeks",
    "starts_on",
    "ends_on",
    "why_changed",
)


# ---- the study
@action("action_research_study.add")
def add_study(work: Work, answers: StudyAnswers) -> ResearchStudy:
    """Set up a study. Refuses a title that tells a theme (R-STUDY-12), and a programme of another type."""
    told = taken(work, answers)
    programme = work.get(Programme, told.programme_id)
    _refuse_other_type(programme)
    work.heed(rules.title_says_none(told.title, work.policy_of(programme)))
    return work.add(ResearchStudy(authority_id=programme.authority_id, **told.columns()))


@action("action_research_study.change")
def change_study(work: Work, study: ResearchStudy, answers: StudyAnswers, version: int | None = None) -> ResearchStudy:
    """Change what a study is called and who leads or evaluates it. Its programme stays once it has a protocol."""
    told = taken(work, answers)
    work.heed(rules.title_says_none(told.title, work.policy_of(study)))
    if told.programme_id != study.programme_id:
        if protocols_of(work, study):
            raise refuse("The study has a protocol, and stays in its programme.", place="programme_id")
        _refuse_other_type(work.get(Programme, told.programme_id))
    work.change(study, version, **told.columns())
    return study


def answers_of_study(study: ResearchStudy) -> StudyAnswers:
    """The study as the answers that would set it up again."""
    return answers_from(StudyAnswers, study)


def _refuse_other_type(programme: Programme) -> None:
    if programme.type_key != ACTION_RESEARCH.key:
        raise refuse(
            f"{programme.title} is not of the type action research.",
            place="programme_id",
            way_out="Set up a programme of that type first.",
        )


@action("action_research_study.move")
def move_study(work: Work, study: ResearchStudy, name: str, reason: str = "") -> ResearchStudy:
    """Close a study, or open it again, with the reason. It is opened by freezing its first protocol."""
    if name == "open":
        raise refuse("A study opens when its protocol is frozen.", way_out="Freeze it, on its page.")
    work.move(study, name, reason=reason)
    work.change(study, closed_on=work.today if name == "close" else None)
    return study


# ---- its protocol
def protocol_form(work: Work, of: ResearchStudy | StudyProtocol) -> Form:
    """The form of a protocol, which offers the measures of the programme's set."""
    study = of if isinstance(of, ResearchStudy) else of.study
    chosen = measure_set(study.programme.measure_set)
    offered = [("all", f"All of them: {chosen.title}", "")]
    offered += [(one.key, one.label, "") for one in chosen.measures]
    return offering(ProtocolAnswers, "measures", offered, many=True)


@action("action_research_protocol.add")
def draft_protocol(work: Work, study: ResearchStudy, answers: ProtocolAnswers) -> StudyProtocol:
    """Draft the first version of a protocol. R-STUDY-7 points out what goes beyond the evaluated dose."""
    if protocols_of(work, study):
        raise refuse("There is a version already.", way_out="Change the draft, or draw up another version.")
    told = taken(work, answers, protocol_form(work, study))
    _heed_dose(work, study, told)
    own = {"authority_id": study.authority_id, "action_research_study_id": study.id}
    chosen = study.programme.measure_set
    return work.add(StudyProtocol(**own, number=1, measure_set=chosen, **told.columns()))


@action("action_research_protocol.change")
def change_protocol(
    work: Work, protocol: StudyProtocol, answers: ProtocolAnswers, version: int | None = None
) -> StudyProtocol:
    """Change a draft. R-STUDY-2 refuses a version that is frozen."""
    work.heed(rules.may_change(protocol.state, work.policy_of(protocol)))
    told = taken(work, answers, protocol_form(work, protocol))
    _heed_dose(work, protocol, told)
    work.change(protocol, version, **told.columns())
    return protocol


def answers_of_protocol(protocol: StudyProtocol) -> ProtocolAnswers:
    """The version as the answers that would draft it again."""
    return answers_from(ProtocolAnswers, protocol)


@action("action_research_protocol.add")
def another_version(work: Work, protocol: StudyProtocol, answers: VersionAnswers) -> StudyProtocol:
    """Draw up another version from the one in force, with the reason. Its analyses come along; nothing is changed."""
    told = taken(work, answers)
    if protocol.state != "frozen":
        raise refuse(f"This version is “{protocol.state_label}”.", way_out="Take the one in force.")
    study = work.get(ResearchStudy, protocol.action_research_study_id)
    if any(one.state == "draft" for one in protocols_of(work, study)):
        raise refuse("There is a draft already.", way_out="Change that one.")
    copied = {name: getattr(protocol, name) for name in _FROZEN if name not in ("number", "why_changed")}
    own = {"authority_id": study.authority_id, "action_research_study_id": study.id}
    made = work.add(StudyProtocol(**own, **copied, number=protocol.number + 1, why_changed=told.why_changed))
    work.db.flush()
    for one in analyses_in(work, protocol):
        same = {name: getattr(one, name) for name in ("key", "measure", "statistic", "compares", "planned", "noted_by")}
        work.add(StudyAnalysis(**own, action_research_protocol_id=made.id, **same))
    return made


@action("action_research_protocol.remove")
def remove_draft(work: Work, protocol: StudyProtocol) -> None:
    """Throw a draft away. R-STUDY-2 refuses a version that is frozen."""
    work.heed(rules.may_change(protocol.state, work.policy_of(protocol)))
    for one in analyses_in(work, protocol):
        work.db.delete(one)
    work.db.flush()
    work.db.delete(protocol)


def freeze_in_the_way(work: Work, protocol: StudyProtocol) -> list[Finding]:
    """What keeps a version from being frozen: that it plans no analysis, or that the one in force was tampered with."""
    held = in_force(work, protocol.study)
    found = holds_still(work, held) if held is not None else []
    if not analyses_in(work, protocol):
        found.append(Finding("It plans no analysis yet.", way_out="Add what will be counted."))
    return found


@action("action_research_protocol.freeze")
def freeze(work: Work, protocol: StudyProtocol) -> StudyProtocol:
    """Freeze a version: from now on it is its text and its hash. The first one opens the study.

    What was not planned before the first measurement is exploratory from now on (R-STUDY-3).
    """
    work.heed(rules.may_change(protocol.state, work.policy_of(protocol)))
    refuse_if(freeze_in_the_way(work, protocol))
    study = work.get(ResearchStudy, protocol.action_research_study_id)
    held = in_force(work, study)
    measured = first_measured_at(work, study) is not None
    before = {_said(one) for one in analyses_in(work, held)} if held is not None else set()
    for one in analyses_in(work, protocol):
        known = (*_said(one)[:-1], True) in before
        work.change(one, planned=rules.is_planned(measured, known))
    work.move(protocol, "freeze")
    text = text_of(work, protocol)
    work.change(
        protocol,
        frozen_text=text,
        frozen_hash=rules.hash_of(text),
        frozen_at=work.clock.now(),
        frozen_by=work.actor.name[:120],
    )
    if held is not None:
        work.move(held, "replace")
    if study.state == "planned":
        work.move(study, "open")
        work.change(study, opened_on=work.today)
    return protocol


def text_of(work: Work, protocol: StudyProtocol) -> str:
    """A version as the text that is hashed: JSON in one fixed order, days as 2026-11-10, analyses by key."""
    told: dict[str, Any] = {name: getattr(protocol, name) for name in _FROZEN}
    told["starts_on"], told["ends_on"] = protocol.starts_on.isoformat(), protocol.ends_on.isoformat()
    told["analyses"] = [
        dict(zip(("key", "measure", "statistic", "compares", "planned"), _said(one), strict=True))
        for one in analyses_in(work, protocol)
    ]
    return json.dumps({"format": 1, **told}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def holds_still(work: Work, protocol: StudyProtocol) -> list[Finding]:
    """R-STUDY-2, looked at anew: what is wrong with a frozen version today; nothing of a draft."""
    if protocol.state == "draft":
        return []
    as_kept = text_of(work, protocol)
    return rules.holds(protocol.frozen_text, protocol.frozen_hash, as_kept, work.policy_of(protocol))


def _said(analysis: StudyAnalysis) -> tuple[Any, ...]:
    return (analysis.key, analysis.measure, analysis.statistic, analysis.compares, analysis.planned)


def _heed_dose(work: Work, of: ResearchStudy | StudyProtocol, told: ProtocolAnswers) -> None:
    dose = (told.dose_hours, told.dose_months, told.least_age, told.most_age)
    work.heed(rules.within_the_dose(*dose, work.policy_of(of)))


# ---- analyses
def analysis_form(work: Work, of: StudyProtocol | ResearchStudy) -> Form:
    """The form of an analysis, which offers the measures of the study."""
    study = of if isinstance(of, ResearchStudy) else of.study
    chosen = measure_set(study.programme.measure_set)
    offered = [kinds.Option(key="all", label="All that the protocol compares")]
    offered += [kinds.Option(key=one.key, label=one.label) for one in chosen.measures]
    return AnalysisAnswers.form.with_question("measure", kind=kinds.Choice(options=tuple(offered)))


@action("action_research_analysis.add")
def plan_analysis(work: Work, protocol: StudyProtocol, answers: AnalysisAnswers) -> StudyAnalysis:
    """Add an analysis to a draft: planned once it is frozen, if nothing was measured before. R-STUDY-2."""
    work.heed(rules.may_change(protocol.state, work.policy_of(protocol)))
    study = work.get(ResearchStudy, protocol.action_research_study_id)
    return _noted(work, study, protocol.id, taken(work, answers, analysis_form(work, study)))


@action("action_research_analysis.note")
def note_analysis(work: Work, study: ResearchStudy, answers: AnalysisAnswers) -> StudyAnalysis:
    """Write down an analysis that stands in no protocol: it is exploratory, wherever it is shown (R-STUDY-3)."""
    told = taken(work, answers, analysis_form(work, study))
    if in_force(work, study) is None:
        raise refuse("There is no frozen protocol yet.", way_out="Plan it in the draft.")
    work.heed([work.policy_of(study).finding("R-STUDY-3", "It is exploratory: no protocol planned it.")])
    return _noted(work, study, None, told)


def _noted(work: Work, study: ResearchStudy, protocol_id: int | None, told: AnalysisAnswers) -> StudyAnalysis:
    asked = select(func.count(func.distinct(StudyAnalysis.key)))
    known = work.db.scalar(asked.where(StudyAnalysis.action_research_study_id == study.id)) or 0
    return work.add(
        StudyAnalysis(
            authority_id=study.authority_id,
            action_research_study_id=study.id,
            action_research_protocol_id=protocol_id,
            key=f"A{known + 1}",
            noted_by=work.actor.name[:120],
            **told.columns(),
        )
    )


@action("action_research_analysis.remove")
def remove_analysis(work: Work, analysis: StudyAnalysis) -> None:
    """Take an analysis out of a draft. R-STUDY-2 refuses one of a frozen version; what was noted beside stays known."""
    protocol = analysis.protocol
    state = protocol.state if protocol is not None else "frozen"
    work.heed(rules.may_change(state, work.policy_of(analysis)))
    work.db.delete(analysis)
