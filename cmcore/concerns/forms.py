"""What is asked when a concern is raised, added to and closed."""

from __future__ import annotations

from datetime import datetime

from cmcore.concerns.rules import something_is_said
from cmcore.concerns.words import ConcernKind, Told
from cmcore.forms import Answers, ask, check, form

_said = check("said", "happened", even_unanswered=True)(something_is_said)


@form("concern", version=2, title="Raise a concern", checks=[_said])
class ConcernAnswers(Answers):
    """A worry about a young person's safety. Send it at once; more can be added, and nothing is taken away."""

    young_person_id: int = ask("Who is it about?", of="young_person", few=True, section="What you are worried about")
    # Chosen beforehand, so that it takes three presses and some words; whoever answers it sees what it really is.
    kind_of_concern: ConcernKind = ask("What is it?", default=ConcernKind.observed)
    happened: str | None = ask(
        "What happened?", long=True, sensitive=True, hint="What you saw or heard, where, and who was there."
    )
    said: str | None = ask(
        "What did they say?", long=True, voice=True, sensitive=True, hint="In their words, as near as you can."
    )
    immediate_action: str | None = ask(
        "What have you done?", long=True, sensitive=True, section="What has been done", most=4_000
    )
    told: list[Told] = ask("Who has been told already?", required=False, hint="Choose all who know now.")


@form("concern-note", version=1, title="Add to a concern")
class ConcernNoteAnswers(Answers):
    """What was done or found out since. It is added; what stands stays as it is."""

    text: str = ask("What is there to add?", long=True, sensitive=True)


@form("concern-told", version=1, title="Who was told")
class ConcernToldAnswers(Answers):
    """Who was told of a concern, and when."""

    told: Told = ask("Who was told?")
    told_at: datetime = ask("When?", hint="The day and the time.")
    told_name: str | None = ask("Their name", most=120, sensitive=True)
    text: str | None = ask("What they said they would do", long=True, sensitive=True)


@form("concern-closed", version=1, title="Close a concern")
class ConcernClosedAnswers(Answers):
    """Why nothing more is to be done."""

    reason: str = ask("What came of it?", long=True, most=2_000, sensitive=True)
