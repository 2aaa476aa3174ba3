"""A form with everything in it that makes answers hard to keep, and ways to publish and fill it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cmcore.answers.editions import edition_to_fill, publish
from cmcore.answers.filling import finish, start
from cmcore.answers.records import FormAnswers, FormEdition
from cmcore.base.findings import Finding, Severity
from cmcore.forms import FileAnswer, Form, ask, form, group, when
from cmcore.forms.questions import check
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson

KEY = "wrenshire-visit"


@group
class Stop:
    """One stop on the way."""

    where: str = ask("Where did you stop?")
    minutes: int | None = ask("How long, in minutes", least=1)


@check("people", "adults")
def _adults_among_people(people: int, adults: int) -> list[Finding]:
    if adults <= people:
        return []
    return [Finding("There are more adults than people.", place="adults", severity=Severity.warn)]


@form(KEY, version=1, title="Visit", checks=[_adults_among_people])
class Visit:
    """What was seen on a visit."""

    place: str = ask("Where was it?")
    held_on: date = ask("When was it?")
    people: int | None = ask("How many came?", least=1)
    adults: int | None = ask("How many of them were adults?", show_when=when("people").answered())
    worry: str | None = ask("Was there anything to worry about?", long=True, sensitive=True)
    picture: FileAnswer | None = ask("A picture of the day", accept=(".png", ".jpg"))
    stops: list[Stop] = ask("Stops on the way", one="stop", required=False)


VISIT: Form = Visit.form  # type: ignore[attr-defined]
#: Answers that finish the form.
GOOD: dict[str, Any] = {"place": "Pennywick Mill", "held_on": "2026-11-03", "people": "7"}
#: A picture, as its first bytes tell.
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def newer(asked: Form = VISIT, **changes: Any) -> Form:
    """The next edition: the place is asked in other words, and how many came is asked no more."""
    kept = tuple(one for one in asked.questions if one.key not in ("people", "adults"))
    return replace(
        replace(asked, questions=kept, checks=(), answers=None, **changes).with_question(
            "place", label="Where did you go?"
        )
    )


def published(work: Work, stage: Stage, asked: Form = VISIT) -> FormEdition:
    """The form published as the authority's own workbook."""
    return publish(work, asked, authority_id=stage.authority_id, source="workbook")


def begun(work: Work, stage: Stage, about: Any = None, key: str = KEY) -> FormAnswers:
    """A draft on the edition in force."""
    return start(work, edition_to_fill(work, key, stage.authority_id), about=about)


def finished(work: Work, stage: Stage, about: Any = None, **changes: Any) -> FormAnswers:
    """Finished answers."""
    return finish(work, begun(work, stage, about), GOOD | changes)


def told(stage: Stage) -> Story:
    """A young person with a mentor who is commissioned for them, and the form in force."""
    story = Story.begin(stage)
    with stage.work("operator") as work:
        published(work, stage)
        story.started(work)
    return story


def person(work: Work, story: Story) -> YoungPerson:
    """The young person of a story."""
    return work.get(YoungPerson, story.person_id)
