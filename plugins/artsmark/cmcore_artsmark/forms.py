"""What is asked about a journey, its commitments, its action plan and its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, Finding, Form, ask, form, form_check, kinds
from cmcore_artsmark.words import At, Criterion, Judgement, Level, Principle


# ---- the journey
@form("artsmark-journey", version=1, title="Artsmark journey")
class JourneyAnswers(Answers):
    """A journey to an Artsmark, of the virtual school itself or of one setting."""

    setting_id: int | None = ask(
        "School or setting", of="setting", hint="Leave it empty for the virtual school itself."
    )
    registered_on: date = ask("Registered on")
    led_by: str = ask("Who leads it?", required=False, most=120, hint="A member of staff.")
    aims_at: Level | None = ask("Which level do you aim at?")


@form("artsmark-judgement", version=1, title="Judge a criterion")
class JudgementAnswers(Answers):
    """Where you stand on one criterion, and what shows it. Judging it again replaces what was said."""

    criterion: Criterion = ask("Criterion")
    at: At = ask("When is it judged?")
    judged_on: date = ask("Judged on")
    judgement: Judgement = ask("Where do you stand?")
    said: str = ask("What shows it?", long=True, most=3_000, hint="It goes into the statement. Without names.")


@form("artsmark-committed", version=1, title="Statement of Commitment sent")
class CommittedAnswers(Answers):
    """The day the Statement of Commitment was sent, and the day the Statement of Impact is due."""

    committed_on: date = ask("Sent on")
    impact_due_on: date = ask("Statement of Impact due on", rule="R-AM-3", hint="Within two years.")


@form("artsmark-claimed", version=1, title="Statement of Impact sent")
class ClaimedAnswers(Answers):
    """The day the Statement of Impact was sent."""

    claimed_on: date = ask("Sent on")


@form("artsmark-award", version=1, title="The award")
class AwardAnswers(Answers):
    """The level that was awarded, and when. It holds two years."""

    level: Level = ask("Level")
    awarded_on: date = ask("Awarded on")


# ---- commitments and the action plan
@form("artsmark-commitment", version=1, title="Commitment")
class CommitmentAnswers(Answers):
    """Something you promise, under one criterion, with who sees to it and by when."""

    goal: str = ask("What will you do?", most=300, hint="One goal that can be seen to be achieved.")
    criterion: Criterion = ask("Criterion")
    principles: list[Principle] = ask("Quality principles it serves", required=False)
    owner: str = ask("Who sees to it?", most=120)
    due_on: date = ask("By when")


@form("artsmark-achieved", version=1, title="It is achieved")
class AchievedAnswers(Answers):
    """What changed. The Statement of Impact begins with these words; you can change them there."""

    achieved_on: date = ask("Achieved on")
    achieved: str = ask("What changed?", long=True, most=5_000, hint="Without names.")


@form("artsmark-item", version=1, title="Item of the action plan")
class ItemAnswers(Answers):
    """One thing that is done for the commitment. Tie it to an entry of the calendar where there is one."""

    what: str = ask("What is done?", most=300)
    owner: str = ask("Who does it?", most=120)
    due_on: date = ask("By when")
    entry: str | None = ask("Entry of the calendar", most=80, hint="An event, a meeting or a lesson it happens at.")


@form("artsmark-done", version=1, title="It is done")
class DoneAnswers(Answers):
    """The day an item of the action plan was done."""

    done_on: date = ask("Done on")


# ---- evidence
@form_check("starts_on", "ends_on")
def _in_order(starts_on: date, ends_on: date) -> Iterable[Finding]:
    if ends_on < starts_on:
        yield Finding("The period ends before it begins.", place="ends_on", way_out="Choose a later day.")


@form("artsmark-number", version=1, title="A number", checks=[_in_order])
class NumberAnswers(Answers):
    """A number that is counted now and kept with what it counts, so that anybody can count it again."""

    figure: str = ask("What is counted?", most=80)
    starts_on: date = ask("From")
    ends_on: date = ask("To", hint="Both days are counted.")
    shows: str = ask("What does it show?", required=False, most=300, sensitive=True)


@form("artsmark-quote", version=1, title="A quote")
class QuoteAnswers(Answers):
    """Somebody's words. Those of a young person, or about one, leave only while they permit it."""

    said: str = ask("What was said?", voice=True, most=2_000, sensitive=True, hint="Without names.")
    said_by: str = ask(
        "Who said it?", most=120, hint="What they are, never a name: foster carer, young person aged 14."
    )
    young_person_id: int | None = ask(
        "Whose words are they, or about whom?", of="young_person", hint="Leave it empty where it is about nobody."
    )
    permitted_on: date | None = ask("When did they permit it?", required=True, rule="R-AM-7")
    shows: str = ask("What does it show?", required=False, most=300, sensitive=True)


@form("artsmark-case-study", version=1, title="A case study")
class CaseStudyEvidenceAnswers(Answers):
    """A case study that may be shown in public."""

    case_study_id: int = ask("Which case study?", of="case_study", few=True)
    shows: str = ask("What does it show?", most=300, sensitive=True)


@form("artsmark-media", version=1, title="A picture, film or recording")
class MediaEvidenceAnswers(Answers):
    """An entry of a journal that everybody may see. The statement says what it shows; the picture is sent beside it."""

    journal_entry_id: int = ask("Which entry?", of="journal_entry")
    shows: str = ask("What does it show?", most=300, sensitive=True)


# ---- statements
@form("artsmark-passage", version=1, title="Passage of a statement")
class PassageAnswers(Answers):
    """One passage. What you write stays as you write it, however often the statement is drafted again."""

    heading: str = ask("Heading", most=300)
    text: str = ask("What it says", long=True, most=10_000, sensitive=True, hint="Without names.")


#: Every form of the plugin, in the order of the journey.
FORMS = (
    JourneyAnswers,
    JudgementAnswers,
    CommittedAnswers,
    ClaimedAnswers,
    AwardAnswers,
    CommitmentAnswers,
    AchievedAnswers,
    ItemAnswers,
    DoneAnswers,
    NumberAnswers,
    QuoteAnswers,
    CaseStudyEvidenceAnswers,
    MediaEvidenceAnswers,
    PassageAnswers,
)


def offering(declared: type[Answers], question: str, offered: Iterable[tuple[str, str, str]]) -> Form:
    """A form whose question offers these: each a key, words, and a line below them."""
    options = tuple(kinds.Option(key=key, label=label, hint=hint) for key, label, hint in offered)
    return declared.form.with_question(question, kind=kinds.Choice(options=options))
