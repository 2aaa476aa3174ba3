"""What is asked about a line of the page, and about a next step that was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, Finding, ask, form, form_check, when
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture.words import Barrier


@form_check("part", "barrier", even_unanswered=True)
def _says_what_is_in_the_way(part: CulturalPart | None, barrier: Barrier | None) -> Iterable[Finding]:
    if part is CulturalPart.barriers and barrier is None:
        yield Finding("Say which it is.", place="barrier", way_out="Choose “Something else” if it is none of them.")


@form("epep_culture-line", version=1, title="Line of the page", checks=[_says_what_is_in_the_way])
class LineAnswers(Answers):
    """One thing the page says. What you write stays as you write it, however often the page is drafted again."""

    part: CulturalPart = ask("Where does it stand?")
    barrier: Barrier | None = ask("What is in the way?", show_when=when("part").is_(CulturalPart.barriers))
    text: str = ask("What it says", long=True, most=1_000, sensitive=True)
    owner: str = ask(
        "Who sees to it", required=False, most=120, sensitive=True, show_when=when("part").is_(CulturalPart.steps)
    )
    due_on: date | None = ask("By when", show_when=when("part").is_(CulturalPart.steps))


@form("epep_culture-done", version=1, title="It is done")
class DoneAnswers(Answers):
    """The day a next step was done. It is not carried to the next term then."""

    done_on: date = ask("Done on")
