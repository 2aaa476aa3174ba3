"""A form with its answers on paper: in words, whole, and exactly as somebody wrote them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from cmcore.exchange.documents.filled import shown
from cmcore.exchange.documents.form_document import form_document, form_pdf
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.letters import printable
from cmcore.exchange.documents.press import press
from cmcore.forms import (
    Answers,
    FileAnswer,
    Form,
    Score,
    ask,
    calculated,
    dump,
    form,
    freeze,
    kinds,
    note,
    say,
    thaw,
    when,
)
from cmcore.forms.questions import Question
from cmcore.measures.shipped import EIGHT
from cmcore.reviews.forms import review_form
from tests.cmcore.exchange.documents.pdf_read import Read, answers_read, plain
from tests.cmcore.exchange.documents.test_blank_forms import KINDS
from tests.cmcore.forms.at_random import EveryKind, Impact, Outcome

PRINTED = Heading(
    authority="Quillshire County Council",
    school="Quillshire Virtual School",
    reference="QU-0417",
    initials="M.B.",
    printed_by="H. Quillmarsh",
    printed_at=datetime(2026, 7, 10, 13, 30, tzinfo=UTC),
)

WHOLE = EveryKind(
    line="A line of words",
    lines="First the river.\n\nThen the print.",
    theirs="He got it first go.",
    minutes=90,
    hours=Decimal("1.50"),
    rate=1950,
    warmth=4,
    held_on=date(2026, 11, 10),
    begins=time(14, 30),
    starts_at=datetime(2026, 7, 10, 13, tzinfo=UTC),
    joint=False,
    outcome=Outcome.held,
    reasons=[Outcome.held, Outcome.absent],
    scores={"confidence": Score(3, "", "shy at first"), "total": Score(None, "Ill that day")},
    mentor=4,
    adults=[4, 5],
    plan=FileAnswer("r", "plan.pdf", "application/pdf", 5),
    impacts=[Impact(outcome=Outcome.unsettled, noticed="Inked the roller", expected=None)],
)


def titles(of: str, number: int) -> str | None:
    return "Juno Tansyhurst" if number == 4 else None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_answer_can_be_printed(kind: type[Any]) -> None:
    assert kind is kinds.Kind or shown.dispatch(kind) is not shown.dispatch(kinds.Kind)


def test_a_kind_that_cannot_be_printed_says_so() -> None:
    with pytest.raises(TypeError, match="no way yet to print an answer of kind Kind"):
        shown(kinds.Kind(), 1, titles)


def test_every_answer_stands_beside_its_question_in_words() -> None:
    read = Read(form_pdf(EveryKind, dump(EveryKind, WHOLE), heading=PRINTED, titles=titles))
    said = answers_read(read)
    assert said["Several lines"] == "First the river. Then the print."
    assert said["Their words"] == "He got it first go."
    assert said["Reasons"] == "Held Young person absent"
    assert said["Adults"] == "Juno Tansyhurst a record out of reach"
    assert said["Scores"] == "Measure Score Note Confidence 3 of 5 shy at first Total Not scored Ill that day"
    assert said["What kind"] == "Postponed, unsettled"
    assert said["What you noticed"] == "Inked the roller"
    assert said["Was it expected?"] == "Not answered"
    for key in ("line", "minutes", "hours", "rate", "warmth", "held_on", "begins", "starts_at", "joint", "mentor"):
        question = EveryKind.form.question(key)
        assert said[question.label] == say(question.kind, getattr(WHOLE, key), titles)


def test_what_was_not_answered_is_said() -> None:
    said = answers_read(Read(form_pdf(EveryKind, {"line": "Only this", "reasons": [], "impacts": None})))
    assert said.pop("A line") == "Only this"
    answered = {one.label for one in EveryKind.form.questions if one.answers} - {"A line"}
    assert {label for label, text in said.items() if text == "Not answered"} == answered


def test_a_young_persons_own_words_are_a_quotation_in_the_letter_kept_for_them() -> None:
    read = Read(form_pdf(EveryKind, dump(EveryKind, WHOLE)))
    assert [one.text for one in read.of_kind("BlockQuote")] == ["He got it first go."]
    fonts = {str(one["/BaseFont"]) for one in _fonts(read)}
    assert any("SourceSerifPro" in name for name in fonts)
    without = Read(form_pdf(EveryKind, dump(EveryKind, WHOLE) | {"theirs": None}))
    assert not any("SourceSerifPro" in str(one["/BaseFont"]) for one in _fonts(without))


def _fonts(read: Read) -> list[Any]:
    return [one.get_object() for page in read.reader.pages for one in page["/Resources"]["/Font"].values()]


def test_sensitive_answers_are_marked_and_the_page_says_so() -> None:
    read = Read(form_pdf(EveryKind, dump(EveryKind, WHOLE)))
    assert ("H3", "Several lines sensitive") in read.headings()
    assert all("Sensitive: keep it safe" in page for page in read.pages)


@form("visit-told", version=2, title="Visit")
class VisitTold(Answers):
    """A visit."""

    went: bool = ask("Did you go?")
    minutes: int | None = ask("How long", unit="minutes", show_when=when("went").is_(True))
    why_not: str | None = ask("Why not?", show_when=when("went").is_(False), section="Otherwise")
    hint: None = note("Ring them.", show_when=when("went").is_(False))
    half: int | None = ask("Half of it", calculate=calculated("minutes", by=lambda minutes: minutes // 2))


def test_a_hidden_question_and_a_section_of_nothing_else_are_left_out() -> None:
    text = Read(form_pdf(VisitTold, {"went": True, "minutes": 60, "why_not": "left over"})).text
    assert "How long 60 minutes" in text
    assert "Why not?" not in text and "left over" not in text and "Ring them." not in text
    text = Read(form_pdf(VisitTold, {"went": False, "minutes": 60})).text
    assert "How long" not in text
    assert "Otherwise Why not? Not answered Ring them." in text


def test_what_is_worked_out_is_printed_as_kept_or_worked_out_again() -> None:
    assert "Half of it 30" in Read(form_pdf(VisitTold, {"went": True, "minutes": 60})).text
    assert "Half of it 31" in Read(form_pdf(VisitTold, {"went": True, "minutes": 60, "half": 31})).text


def test_a_form_that_was_kept_beside_its_answers_prints_the_same() -> None:
    values = dump(EveryKind, WHOLE)
    again = Read(form_pdf(thaw(freeze(EveryKind)), values, titles=titles))
    assert again.text == Read(form_pdf(EveryKind, values, titles=titles)).text


def test_an_answer_the_form_cannot_read_any_more_is_printed_as_it_was_kept() -> None:
    said = answers_read(
        Read(form_pdf(EveryKind, {"minutes": "an hour or so", "outcome": "gone", "held_on": "31 02 2026"}))
    )
    assert said["Minutes"] == "an hour or so"
    assert said["Outcome"] == "gone"
    assert said["Held on"] == "31 02 2026"


def test_a_review_of_the_eight_shows_each_score_its_note_and_why_there_is_none() -> None:
    keys = [one.key for one in EIGHT.measures]
    scores = {key: {"value": 4, "why_not": "", "note": ""} for key in keys[:6]}
    scores[keys[6]] = {"value": None, "why_not": "M.’s choice", "note": "Asked twice"}
    read = Read(form_pdf(review_form(EIGHT), {"scores": scores}, heading=PRINTED))
    [table] = read.of_kind("Table")
    assert table.text.count("4 of 5") == 6
    assert "Leadership Not scored M.’s choice. Asked twice Ambition Not scored No answer" in table.text


def test_the_head_says_whom_it_is_about_by_initials_and_the_foot_who_printed_it_and_when() -> None:
    read = Read(form_pdf(EveryKind, dump(EveryKind, WHOLE), heading=PRINTED))
    assert read.title == "Every kind: M.B. QU-0417"
    assert read.tags[0].text.startswith("Quillshire County Council Quillshire Virtual School M.B. QU-0417 Every kind")
    assert read.reader.metadata.creation_date == PRINTED.printed_at
    for number, page in enumerate(read.pages, 1):
        assert f"Page {number} of {len(read.pages)}" in page
        assert "Printed by H. Quillmarsh on 10 July 2026 at 14:30" in page
        assert "Every kind · form every-kind, version 1" in page
    assert "Every kind M.B. QU-0417" in read.pages[1]
    # Head and foot of each page are for the eye: whoever listens is told once, below the title.
    heard = read.tags[0].text
    assert "Every kind Sensitive: keep it safe. Printed by H. Quillmarsh on 10 July 2026 at 14:30." in heard
    assert "Page 1" not in heard and heard.count("Printed by") == 1


@pytest.mark.parametrize("initials", ["Mossy Bramblewick", "M. Bramblewick", "Ŵyn"])
def test_a_name_in_the_head_is_refused(initials: str) -> None:
    with pytest.raises(ValueError, match="shows initials, such as M.B., and no name"):
        Heading(initials=initials)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        Heading(printed_at=datetime(2026, 7, 10, 13, 30))


def test_the_same_answers_give_the_same_bytes() -> None:
    values = dump(EveryKind, WHOLE)
    assert form_pdf(EveryKind, values, heading=PRINTED) == form_pdf(EveryKind, values, heading=PRINTED)
    assert form_pdf(EveryKind, values) == form_pdf(EveryKind, values)


def test_an_answer_begins_on_the_page_of_its_question() -> None:
    def question(number: int) -> Question:
        kind = kinds.LongText() if number % 2 else kinds.ShortText()
        return Question(key=f"q{number}", label=f"Question {number:02d}", kind=kind)

    questions = tuple(question(number) for number in range(60))
    asked = Form(key="many", version=1, title="Many", questions=questions)
    values = {f"q{number}": f"Begins{number:02d} " + "and goes on " * (number * 7 % 60) for number in range(60)}
    pages = Read(form_pdf(asked, values)).pages
    assert len(pages) > 2
    for number in range(60):
        [page] = [page for page in pages if f"Question {number:02d}" in page]
        assert f"Begins{number:02d}" in page


def test_a_very_long_word_stays_on_the_page() -> None:
    word = "x" * 190
    document = form_document(EveryKind, {"line": word})
    assert plain(printable(word)) == word
    read = Read(press(document))
    assert word in read.text.replace(" ", "")


def test_rounds_within_rounds_are_read_level_by_level() -> None:
    inner = Question(
        key="notes",
        label="Notes",
        kind=kinds.Repeated(
            questions=(Question(key="said", label="Said", kind=kinds.LongText(voice=True)),), one="note"
        ),
        nothing=[],
    )
    place = Question(key="place", label="Place", kind=kinds.ShortText())
    visits = Question(
        key="visits", label="Visits", kind=kinds.Repeated(questions=(place, inner), one="visit"), nothing=[]
    )
    asked = Form(key="visits", version=1, title="Visits made", questions=(visits,))
    values = {"visits": [{"place": "River", "notes": [{"said": "Cold!"}, {"said": "Wet."}]}, {"place": "Weir"}]}
    read = Read(form_pdf(asked, values))
    assert read.headings() == [
        ("H1", "Visits made"),
        ("H2", "Visits"),
        *[("H3", "Place"), ("H3", "Notes"), ("H4", "Said"), ("H4", "Said")],
        *[("H3", "Place"), ("H3", "Notes")],
    ]
    assert [one.text for one in read.of_kind("BlockQuote")] == ["Cold!", "Wet."]
    assert "Visit 2 Place Weir Notes Not answered" in read.text
    assert Read(form_pdf(asked)).headings() == [("H1", "Visits made"), ("H2", "Visits")]
