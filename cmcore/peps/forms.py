"""What is asked about a personal education plan, its targets and what a mentor adds."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form, kinds
from cmcore.measures.shipped import EIGHT
from cmcore.peps.words import Attender, TargetKind, TargetOutcome
from cmcore.referrals.words import Rag


@form("pep-term", version=1, title="Open the PEPs of a term")
class TermAnswers(Answers):
    """Everybody in care and of the age gets a PEP for the term, or a PETP after 16. Those there stay."""

    on: date = ask("A day in the term", hint="In a holiday it is the term that comes next.")


@form("pep", version=1, title="PEP")
class PepAnswers(Answers):
    """A PEP of one young person. When it is due follows from the term and from when they became looked after."""

    on: date = ask("A day in its term", hint="In a holiday it is the term that comes next.")


@form("pep-change", version=1, title="When it is due")
class PepChangeAnswers(Answers):
    """The day it is due by, and the school or college, where either has changed since it was opened."""

    due_on: date = ask("Due by")
    setting_id: int | None = ask("School or college", of="setting")


@form("pep-meeting", version=1, title="The meeting")
class MeetingAnswers(Answers):
    """When the meeting was held, who came, and what was agreed. Targets are added one by one."""

    held_on: date = ask("Held on")
    attended_by: list[Attender] = ask("Who came?", hint="Ideally the young person too.")
    agreed: str = ask("What was agreed", required=False, long=True, sensitive=True)


@form("pep-quality", version=1, title="Quality mark")
class QualityAnswers(Answers):
    """How good the plan is, as the virtual school sees it. A red one is reviewed again before it is complete."""

    quality: Rag = ask("Quality")
    quality_note: str = ask("Why", required=False, long=True, sensitive=True)


@form("pep-target", version=1, title="PEP target")
class TargetAnswers(Answers):
    """One thing the plan aims at, who sees to it and by when."""

    kind_of_target: TargetKind = ask("What is it about?")
    target: str = ask("The target", long=True, most=1_000, sensitive=True, hint="What will be different, by when.")
    measure: str | None = ask(
        "Which measure should it move?",
        kind=kinds.Choice(options=tuple(kinds.Option(key=one.key, label=one.label) for one in EIGHT.measures)),
    )
    owner: str = ask("Who sees to it", required=False, most=120, sensitive=True)
    due_on: date | None = ask("By when")


@form("pep-target-review", version=1, title="What became of a target")
class TargetReviewAnswers(Answers):
    """What became of it, as the next meeting saw it."""

    outcome: TargetOutcome = ask("What became of it?")
    reviewed_on: date = ask("Looked at on")
    review_note: str = ask("In a few words", required=False, long=True, most=1_000, sensitive=True)


@form("pep-contribution", version=1, title="What you bring to the meeting")
class ContributionAnswers(Answers):
    """What somebody who works with the young person brings to the meeting, read out if they cannot come."""

    seen: str = ask("What goes well, and what is hard", long=True, voice=True, sensitive=True)
    suggests: str = ask("What would help next term", required=False, long=True, voice=True, sensitive=True)
    words_said: str = ask(
        "What the young person wants said",
        required=False,
        long=True,
        voice=True,
        sensitive=True,
        hint="In their own words.",
    )
    comes: bool = ask("Do you come to the meeting?", hint="Hours commissioned for PEPs may be used for it.")
