"""Answers are looked at again before they are acted upon, and a record gives the answers that would make it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding, Severity
from cmcore.base.words import Choice
from cmcore.forms import Answers, ask, check, form
from cmcore.forms.checks import days_in_order, numbers_in_order
from cmcore.testing import Stage, refused


class Weather(Choice):
    """How it was outside."""

    fair = "fair", "Fair"
    foul = "foul", "Foul"


@check("place")
def _far(place: str) -> list[Finding]:
    return [Finding("That is far.", severity=Severity.warn, place="place")] if place == "Wrenfold" else []


@form(
    "outing",
    version=1,
    title="Outing",
    checks=[_far, days_in_order("left_on", "back_on"), numbers_in_order("few", "many", "Too few.")],
)
class Outing(Answers):
    """A day out."""

    place: str = ask("Where to", most=20)
    weather: Weather | None = ask("Weather")
    left_on: date | None = ask("Left on")
    back_on: date | None = ask("Back on")
    few: int | None = ask("At least", least=1)
    many: int | None = ask("At most")
    notes: str = ask("Notes", required=False, long=True)


@dataclass
class Kept:
    """A record of an outing, as a database gives it back."""

    place: str = "Pennywick"
    weather: str | None = "foul"
    left_on: date | None = None
    back_on: date | None = None
    few: int | None = 2
    many: int | None = None
    notes: str = ""


def test_answers_made_in_code_are_cleaned_and_what_warns_is_kept_with_the_work(stage: Stage) -> None:
    with stage.work() as work:
        assert taken(work, Outing(place=" Wrenfold\t")).place == "Wrenfold"
        assert [one.message for one in work.warnings] == ["That is far."]


def test_answers_made_in_code_are_refused_as_typed_ones_are(stage: Stage) -> None:
    with stage.work() as work:
        with refused(None, "Where to: there is no answer."):
            taken(work, Outing(place=""))
        with refused(None, "The last day, 1 May 2026, is before the first, 2 May 2026."):
            taken(work, Outing(place="Wrenfold", left_on=date(2026, 5, 2), back_on=date(2026, 5, 1)))
        with refused(None, "Too few."):
            taken(work, Outing(place="Wrenfold", few=3, many=2))
        assert taken(work, Outing(place="Pennywick", left_on=date(2026, 5, 2), back_on=date(2026, 5, 2), few=2, many=2))
        assert work.warnings == []


def test_a_form_that_was_changed_since_is_the_one_that_is_held_to(stage: Stage) -> None:
    insistent = Outing.form.with_question("weather", required=True)
    with stage.work() as work, refused(None, "Weather: nothing is chosen."):
        taken(work, Outing(place="Pennywick"), insistent)


def test_a_record_gives_its_answers_typed_as_the_form_types_them() -> None:
    told = answers_from(Outing, Kept())
    assert told == Outing(place="Pennywick", weather=Weather.foul, few=2) and told.weather is Weather.foul
    assert answers_from(Outing, Kept(), {"place": "Wrenfold"}).place == "Wrenfold"
