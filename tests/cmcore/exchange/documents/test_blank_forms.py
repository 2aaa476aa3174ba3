"""A blank form on paper: every question in order with room to answer it, and a page that can be read aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cmcore.commands.known_forms import every_form
from cmcore.exchange.documents.beside import side_by_side, width_of
from cmcore.exchange.documents.blocks import Row
from cmcore.exchange.documents.form_document import form_document, form_pdf
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.spaces import space_for
from cmcore.forms import Answers, Form, Section, ask, calculated, form, form_of, group, kinds, note, when
from cmcore.measures.shipped import EIGHT, SDQ
from cmcore.mentors.forms import MentorCheckAnswers
from cmcore.referrals.forms import ReferralAnswers
from cmcore.reviews.forms import review_form
from cmcore.sessions.forms import SessionAnswers
from tests.cmcore.exchange.documents.pdf_read import Read
from tests.cmcore.forms.at_random import EveryKind, Outcome

KINDS = [one for one in vars(kinds).values() if isinstance(one, type) and issubclass(one, kinds.Kind)]

FORMS: dict[str, Form] = {
    "every kind": form_of(EveryKind),
    "referral": form_of(ReferralAnswers),
    "session": form_of(SessionAnswers),
    "review of the eight": review_form(EIGHT),
    "review of one total": review_form(SDQ),
    "check": form_of(MentorCheckAnswers),
}
these_forms = pytest.mark.parametrize("asked", FORMS.values(), ids=list(FORMS))


@group
class Visit:
    """One visit."""

    place: str = ask("Place", most=60)
    on: date = ask("Day")
    how: Outcome = ask("How it went")
    liked: bool | None = ask("Liked it?")


@group
class Person:
    """Somebody who helps."""

    role: str = ask("What they are", most=60, hint="Aunt, coach, neighbour")
    reasons: list[Outcome] = ask("Why", required=False)
    phone: str = ask("Telephone", holds="telephone", show_when=when("role").answered())
    first: str = ask("First language", most=40, required=False)
    lives: bool = ask("Lives with them?")
    seen: int | None = ask("Seen how often", least=0, most=7, unit="times a week")


@form(
    "every-way",
    version=3,
    title="Every way to answer",
    sections=[Section(title="How it went", hint="Two or three lines do.")],
)
class EveryWay(Answers):
    """What is asked of a visit to the river."""

    outcome: Outcome = ask("What happened?", section="How it went")
    minutes: int | None = ask(
        "How long", least=5, most=720, unit="minutes", show_when=when("outcome").is_("held"), required=True
    )
    cost: int | None = ask(
        "Cost", calculate=calculated("minutes", by=lambda minutes: minutes * 50, words="Fifty pence a minute.")
    )
    thanks: None = note("Thank you for going.", show_when=when("outcome").is_("held"))
    mark: str | None = ask("Last four characters", most=4, hint="Never the whole number", section="More")
    sdq: int | None = ask("Strain", least=0, most=40, low="none", high="a great deal")
    picks: list[Outcome] = ask("Choose", most=2)
    visits: list[Visit] = ask("Visits", required=False, one="visit", most=2)
    people: list[Person] = ask("People", required=False, one="person")
    photo: int = ask("Photograph of", of="young_person")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_answer_has_room_on_paper(kind: type[Any]) -> None:
    assert kind is kinds.Kind or space_for.dispatch(kind) is not space_for.dispatch(kinds.Kind)


def test_a_kind_without_room_on_paper_says_so() -> None:
    with pytest.raises(TypeError, match="no space on paper yet for questions of kind Kind"):
        space_for(kinds.Kind())


@these_forms
def test_a_page_can_be_read_aloud(asked: Form) -> None:
    read = Read(form_pdf(asked))
    assert read.root["/Lang"] == "en-GB"
    assert read.root["/MarkInfo"]["/Marked"] == True  # noqa: E712  a wrapped value
    assert read.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read.title == asked.title
    assert "pdfuaid:part" in read.root["/Metadata"].get_object().get_data().decode()


@these_forms
def test_sections_and_questions_are_headings_in_their_order(asked: Form) -> None:
    headings = Read(form_pdf(asked)).headings()
    expected = [("H1", asked.title)]
    for section, questions in asked.parts:
        expected += [("H2", section.title)] if section.title else []
        expected += [("H3" if section.title else "H2", one.label) for one in questions if one.answers]
    assert [(kind, text.removesuffix(" sensitive").removesuffix(" optional")) for kind, text in headings] == expected


@these_forms
def test_every_answer_offered_stands_on_the_paper(asked: Form) -> None:
    text = Read(form_pdf(asked)).text
    for question in asked.questions:
        for option in getattr(question.kind, "options", ()):
            assert option.label in text and option.hint in text
        for measured in getattr(question.kind, "measures", ()):
            assert measured.label in text and measured.definition in text


def test_what_is_said_of_a_question_stands_below_it() -> None:
    read = Read(form_pdf(EveryWay, heading=Heading(authority="Quillshire")))
    text = read.text
    assert "What is asked of a visit to the river." in text
    assert "How it went Two or three lines do." in text
    assert "1 What happened? Tick one. Held Young person absent Postponed, unsettled" in text
    assert "2 How long Only if the answer to “What happened?” is “Held”. From 5 to 720. minutes" in text
    assert "3 Cost Leave this empty. Fifty pence a minute." in text
    assert "Thank you for going." in text
    assert "Last four characters optional Never the whole number." in text
    assert "0 = none, 40 = a great deal" in text
    assert "Choose Tick at most 2." in text
    assert "Photograph of Write the reference, or the name if you have none." in text
    assert "Every way to answer · form every-way, version 3, to fill in" in text
    assert "Quillshire" in text


def test_repeated_questions_are_a_table_where_they_are_short_and_one_below_the_other_where_they_are_not() -> None:
    read = Read(form_pdf(EveryWay))
    [table] = read.of_kind("Table")
    assert [one.text for one in read.of_kind("TH")] == ["", "Place", "Day", "How it went", "Liked it?"]
    # Room for as many visits as may be told, each with its boxes.
    assert table.text.count("Yes No") == 2
    assert "How it went: one of Held, Young person absent or Postponed, unsettled." in read.text
    assert "Person 1" in read.text and "Person 2" in read.text and "Person 3" not in read.text
    assert "What they are Aunt, coach, neighbour." in read.text
    assert "Only if “What they are” is answered." in read.text
    assert "Add a sheet if there is no more room." in read.text


def test_each_measure_has_its_meaning_its_scores_and_a_box_for_not_scored() -> None:
    read = Read(form_pdf(review_form(EIGHT)))
    [table] = read.of_kind("Table")
    assert table.text.startswith("Measure Score, or not scored Note, or why not scored")
    assert table.text.count("1 2 3 4 5 not scored") == 8
    assert "1 = needing significant help, 5 = doing very well" in read.text
    assert "0 to 40" in Read(form_pdf(review_form(SDQ))).text


def test_a_form_whose_measures_are_not_known_yet_leaves_lines_for_them() -> None:
    assert "The measures" in Read(form_pdf(review_form(EIGHT).with_question("scores", kind=kinds.Scores()))).text


def test_the_boxes_to_tick_are_a_list() -> None:
    read = Read(form_pdf(EveryWay))
    assert [one.text for one in read.of_kind("LBody")][:3] == ["Held", "Young person absent", "Postponed, unsettled"]


def test_a_long_list_of_answers_is_laid_out_on_the_page() -> None:
    options = tuple(kinds.Option(key=f"k{number}", label=f"Answer number {number}") for number in range(90))
    asked = form_of(EveryWay).with_question("outcome", kind=kinds.Choice(options=options))
    text = Read(form_pdf(asked)).text
    assert all(option.label in text for option in options)


@pytest.mark.parametrize("kind", [kinds.Choice, kinds.Choices])
def test_answers_too_many_to_tick_are_written(kind: type[Any]) -> None:
    options = tuple(kinds.Option(key=f"k{number}", label=f"Answer number {number}") for number in range(1500))
    asked = form_of(EveryWay).with_question("outcome", kind=kind(options=options))
    read = Read(form_pdf(asked))
    assert "of the 1,500 answers that are offered on the screen." in read.text
    assert "Answer number" not in read.text and len(read.pages) < 5


def test_a_question_and_its_answers_stand_on_one_page() -> None:
    options = tuple(kinds.Option(key=f"k{number}", label=f"Answer {number}") for number in range(5))
    base = form_of(EveryWay).question("outcome")
    questions = [
        replace(
            base,
            key=f"q{number}",
            label=f"Question {number:02d}",
            kind=kinds.Choice(options=options) if number % 3 else kinds.LongText(),
            section="",
        )
        for number in range(40)
    ]
    asked = Form(key="many", version=1, title="Many", questions=tuple(questions))
    pages = Read(form_pdf(asked)).pages
    assert len(pages) > 4
    for number in range(40):
        if number % 3:
            [page] = [page for page in pages if f"Question {number:02d}" in page]
            after = page.split(f"Question {number:02d}")[1]
            assert after.startswith(" Tick one. Answer 0 Answer 1 Answer 2 Answer 3 Answer 4")


def test_what_is_short_to_write_stands_beside_each_other_in_order() -> None:
    kept = [form_of(SessionAnswers).question(key) for key in ("held_on", "starts", "ends", "place")]
    asked = Form(key="short", version=1, title="Short", questions=tuple(kept))
    row = form_document(asked).blocks[1]
    assert isinstance(row, Row) and [one.label for one in row.questions] == ["Day", "From", "To"]
    # They are read one after the other, each with its boxes.
    assert "1 Day day month year 2 From hours : minutes 3 To hours : minutes 4 Where" in Read(form_pdf(asked)).text


def test_widths_say_what_may_stand_beside_another() -> None:
    day = {"label": "Day", "hint": "", "condition": "", "space": space_for(kinds.Day())}
    assert width_of(day) is not None
    assert width_of(day | {"condition": "Only if it is so."}) is None
    assert width_of(day | {"hint": "A hint that needs more than half of the page to be read."}) is None
    assert width_of(day | {"space": space_for(kinds.ShortText())}) is None
    assert list(side_by_side([60, 60, 40, 200, 60, 60, 60], lambda one: None if one == 200 else float(one))) == [
        [60, 60, 40],
        [200],
        [60, 60],
        [60],
    ]


def test_rounds_keep_their_table_with_their_label() -> None:
    filler = [replace(form_of(EveryWay).question("outcome"), key=f"f{number}", section="") for number in range(7)]
    visits = replace(form_of(EveryWay).question("visits"), section="")
    for many in range(1, 8):
        asked = Form(key="rounds", version=1, title="Rounds", questions=(*filler[:many], visits))
        [page] = [page for page in Read(form_pdf(asked)).pages if "Visits optional" in page]
        assert "Liked it? 1 Yes No" in page


def test_what_a_form_is_for_is_told_in_paragraphs_not_in_the_lines_of_its_source() -> None:
    told = replace(form_of(EveryWay), doc="Written so that\nit fits.\n\nAnd more.")
    assert form_document(told).lead == "Written so that it fits.\n\nAnd more."


def test_what_is_needed_or_accepted_only_sometimes_is_said() -> None:
    outcome = form_of(EveryWay).question("outcome")
    why = replace(
        form_of(EveryWay).question("mark"), label="Why", required_when=when("outcome").is_("absent"), section=""
    )
    text = Read(form_pdf(Form(key="needed", version=1, title="Needed", questions=(outcome, why)))).text
    assert "Needed when the answer to “What happened?” is “Young person absent”." in text
    assert "Why optional" not in text


def test_every_form_of_the_core_can_be_printed() -> None:
    forms = every_form()
    assert len(forms) > 25
    for asked in forms.values():
        assert Read(form_pdf(asked)).headings()[0] == ("H1", asked.title), asked.key
