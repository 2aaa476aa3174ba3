"""What a form says of itself: in plain words, as JSON Schema, and in the copy that is kept beside its answers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from cmcore.forms import (
    Answers,
    FileAnswer,
    Score,
    Section,
    ask,
    calculated,
    describe,
    form,
    freeze,
    json_schema,
    kinds,
    note,
    say,
    scores_of,
    thaw,
    when,
)
from tests.cmcore.forms.at_random import EveryKind, Impact, Outcome, measure, on


@form(
    "session-record",
    version=2,
    title="Session record",
    sections=[Section(title="How it went", hint="Two or three lines.")],
)
class SessionRecord(Answers):
    """What happened in one mentoring session, written by the mentor."""

    outcome: Outcome = ask("What happened?")
    minutes: int | None = ask(
        "How long", least=5, most=720, unit="minutes", show_when=when("outcome").is_("held"), required=True
    )
    cost: int | None = ask(
        "Cost", calculate=calculated("minutes", by=lambda minutes: minutes * 50, words="Fifty pence a minute.")
    )
    notes: str = ask(
        "What you did, and briefly why", long=True, sensitive=True, section="How it went", hint="They may read it"
    )
    thanks: None = note("Thank you.")


def test_a_form_describes_itself_in_plain_words() -> None:
    assert describe(SessionRecord) == (
        "Session record (version 2)\n"
        "\n"
        "What happened in one mentoring session, written by the mentor.\n"
        "\n"
        "1. What happened?\n"
        "   One of: Held; Young person absent; Postponed, unsettled.\n"
        "   Must be answered.\n"
        "2. How long\n"
        "   A whole number of minutes from 5 to 720.\n"
        "   Asked only when the answer to “What happened?” is “Held”.\n"
        "   Must be answered.\n"
        "3. Cost\n"
        "   Fifty pence a minute.\n"
        "\n"
        "How it went\n"
        "Two or three lines.\n"
        "\n"
        "4. What you did, and briefly why\n"
        "   Text of several lines, at most 10,000 characters.\n"
        "   They may read it.\n"
        "   Must be answered.\n"
        "   Sensitive.\n"
        "Thank you.\n"
    )


def test_the_json_schema_is_strict_and_says_what_is_required() -> None:
    schema = json_schema(SessionRecord)
    assert schema["$id"] == "urn:cm:form:session-record:2"
    assert schema["additionalProperties"] is False
    # What is asked only sometimes cannot be required always.
    assert schema["required"] == ["outcome", "notes"]
    assert list(schema["properties"]) == ["outcome", "minutes", "cost", "notes"]
    assert schema["properties"]["notes"] == {
        "title": "What you did, and briefly why",
        "type": "string",
        "maxLength": 10_000,
        "description": "They may read it",
        "x-sensitive": True,
    }
    minutes = schema["properties"]["minutes"]["anyOf"][0]
    assert minutes["description"] == "Asked only when the answer to “What happened?” is “Held”."


def test_a_thawed_form_asks_the_same() -> None:
    again = thaw(freeze(SessionRecord))
    assert again.doc == SessionRecord.form.doc
    assert [one.key for one in again.questions] == [one.key for one in SessionRecord.form.questions]
    assert again.question("minutes").show_when == SessionRecord.form.question("minutes").show_when
    assert again.question("notes").sensitive
    assert freeze(again) | {"questions": []} == freeze(SessionRecord) | {"questions": []}
    assert freeze(thaw(freeze(EveryKind))) == freeze(EveryKind)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("minutes", 90, "90 minutes"),
        ("hours", Decimal("1.50"), "1.50"),
        ("rate", 1950, "£19.50"),
        ("warmth", 1, "1, cold"),
        ("warmth", 3, "3"),
        ("held_on", on(10), "10 November 2026"),
        ("starts_at", datetime(2026, 7, 10, 13, tzinfo=UTC), "10 July 2026 at 14:00"),
        ("joint", False, "No"),
        ("outcome", Outcome.absent, "Young person absent"),
        ("reasons", [Outcome.held, Outcome.absent], "Held, Young person absent"),
        (
            "scores",
            {"confidence": Score(3, "", "shy"), "total": Score(None, "Ill")},
            "Confidence 3: shy; Total not scored (Ill)",
        ),
        ("mentor", 4, "Juno Tansyhurst"),
        ("mentor", 5, "a record out of reach"),
        ("adults", [4, 5], "Juno Tansyhurst, a record out of reach"),
        ("plan", FileAnswer("r", "plan.pdf", "application/pdf", 5), "plan.pdf"),
        (
            "impacts",
            [Impact(outcome=Outcome.held, noticed="Inked the roller", expected=False)],
            "What kind Held; What you noticed Inked the roller; Was it expected? No",
        ),
        ("line", None, ""),
    ],
)
def test_an_answer_is_said_in_words(key: str, value: Any, words: str) -> None:
    titles = {("mentor", 4): "Juno Tansyhurst", ("adult", 4): "Juno Tansyhurst"}
    assert say(EveryKind.form.question(key).kind, value, lambda of, number: titles.get((of, number))) == words


def test_scores_are_described_with_the_ends_of_their_scales() -> None:
    changed = EveryKind.form.with_question("scores", kind=scores_of([measure("ambition")]))
    assert "Ambition (1 needing help, 5 doing well)." in describe(changed)
    assert "A score for each measure of the programme's measure set" in describe(
        changed.with_question("scores", kind=kinds.Scores())
    )
