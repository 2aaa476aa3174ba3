"""What is asked about an entry of a journal and about a case study."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, FileAnswer, ask, form
from cmcore.forms.checks import days_in_order
from cmcore.journals.words import VisibleTo

#: Endings a file picker offers; what a file is, is told from its content.
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".mp4", ".m4v", ".mov") + (
    ".m4a",
    ".3gp",
    ".mp3",
    ".wav",
    ".ogg",
    ".oga",
    ".opus",
)
#: The most bytes a browser may send for one entry; R-JOU-1 says how much of each kind is kept.
MOST_BYTES = 90_000_000


@form("journal-entry", version=1, title="Journal entry")
class JournalAnswers(Answers):
    """A picture, a film, a recording or words. Where it was taken, when and by whom is left out of what is kept."""

    young_person_id: int = ask("Who is it about?", of="young_person", few=True, section="What there is to keep")
    media: FileAnswer | None = ask(
        "A picture, a film or a recording",
        accept=ENDINGS,
        most=MOST_BYTES,
        hint="Choose one, or take it now. It is kept only with permission; leave this empty to keep words alone.",
    )
    caption: str | None = ask("What is it?", long=True, most=500, sensitive=True, hint="Without names.")
    said: str | None = ask("In their words", voice=True, most=2_000, sensitive=True)
    captured_on: date = ask("When was it?")
    visible_to: VisibleTo = ask("Who may see it?", hint="Permissions decide as well, day by day.")


@form("journal-entry-changed", version=1, title="Change a journal entry")
class JournalChangeAnswers(Answers):
    """What stands beside the picture, and who may see both. Another picture is another entry."""

    caption: str | None = ask("What is it?", long=True, most=500, sensitive=True, hint="Without names.")
    said: str | None = ask("In their words", voice=True, most=2_000, sensitive=True)
    visible_to: VisibleTo = ask("Who may see it?", hint="Permissions decide as well, day by day.")


@form("case-study-begun", version=1, title="Begin a case study", checks=[days_in_order()])
class CaseStudyBeginAnswers(Answers):
    """It is drafted from the sessions and the journal of these days, with names left out; then it is yours to write."""

    commission_id: int = ask("Which hours were commissioned for it?", of="commission", few=True)
    title: str = ask("What is it called?", most=160, sensitive=True, hint="Without a name.")
    starts_on: date = ask("From", hint="The first day it tells of.")
    ends_on: date = ask("To")


@form("case-study", version=1, title="Case study")
class CaseStudyAnswers(Answers):
    """What came of it, told so that nobody can be known by it: no names of people, schools or places."""

    title: str = ask("What is it called?", most=160, sensitive=True)
    beginning: str = ask("How it began", long=True, required=False, most=5_000, sensitive=True)
    done: str = ask("What was done", long=True, required=False, most=10_000, sensitive=True)
    changed: str = ask("What changed", long=True, required=False, most=10_000, sensitive=True)
    said: str = ask("In the young person's words", voice=True, required=False, most=5_000, sensitive=True)


@form("case-study-taken-back", version=1, title="Take a case study back")
class TakeBackAnswers(Answers):
    """Why it is shown no more. What has left already cannot be called back: tell whoever has it."""

    reason: str = ask("Why?", long=True, most=2_000, sensitive=True)
