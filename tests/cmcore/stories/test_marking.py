"""Which words of a story are marked as names, and what stands once they are left out: over plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmcore.safekeeping.names import Roster
from cmcore.stories.marking import Known, decided_before, marks_in
from cmcore.stories.passages import (
    Mark,
    Passage,
    as_kept,
    digest,
    from_kept,
    marks_from,
    marks_kept,
    undecided,
    without_names,
)
from cmcore.stories.words import Becomes

OWN = Roster(["Mossy", "Bramblewick"])
AROUND = [Known("your foster carer", Roster(["Pip Harrowgate"])), Known("your mentor", Roster(["Juno Tansyhurst"]))]
ANYBODY = Roster(["Callum Wexcombe", "May Fothering"])


def marked(*texts: str) -> dict[str, Mark]:
    return {mark.word: mark for mark in marks_in(texts, OWN, AROUND, ANYBODY)}


def told(text: str, *marks: Mark) -> str:
    passage = Passage(key="session:1", on=date(2026, 10, 6), heading="You met", told=(("Your mentor", text),))
    return without_names([passage], marks)[0].told[0][1]


def test_people_around_and_others_the_authority_keeps_are_left_out_unless_somebody_says_otherwise() -> None:
    found = marked("Mossy painted with Pip and Callum Wexcombe.")
    assert list(found) == ["Pip", "Callum Wexcombe"]
    assert (found["Pip"].instead, found["Pip"].becomes) == ("your foster carer", "leave_out")
    assert found["Callum Wexcombe"].instead == "somebody else"


def test_every_other_capitalised_word_is_offered_for_a_person_to_decide() -> None:
    found = marked("We went to Thornby Hall with Kezia. It rained. Kezia laughed, and so did Mossy.")
    assert {word: mark.becomes for word, mark in found.items()} == {"Thornby Hall": "", "Kezia": ""}
    assert found["Kezia"].times == 2 and "with Kezia" in found["Kezia"].beside
    assert len(undecided(found.values())) == 2


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday in May they made a zine. Then they went home.",
        "Painted the sky. Looking calm. Finally said: “I like it.”",
        "Hand-built a pot. Choose a glaze. Robots again, and more robots.",
        "The PEP was on TV.",
        "Mossy's own book; Bramblewick’s too.",
    ],
)
def test_days_beginnings_of_sentences_and_their_own_name_are_not_marked(text: str) -> None:
    assert marked(text) == {} or set(marked(text)) <= {"May"}


def test_a_name_at_the_beginning_of_a_sentence_or_in_small_letters_is_found() -> None:
    assert "Juno" in marked("Juno brought clay.")
    small = marked("juno brought clay.")["juno"]
    assert small.known == "your mentor" and small.becomes == ""
    assert "Zuleika" in marked("Zuleika came too.")


def test_names_are_left_out_whole_with_their_endings_and_never_inside_a_word() -> None:
    kezia = Mark(word="Kez", instead="", becomes="leave_out")
    assert told("Kez's brush, and Kezzle.", kezia) == "[somebody]'s brush, and Kezzle."
    twice = [Mark(word=word, instead="a friend", becomes="leave_out") for word in ("Ann", "Ann Wexcombe")]
    assert told("Ann Wexcombe and Ann.", *twice) == "[a friend] and [a friend]."
    assert told("Kez came.", replace(kezia, becomes="keep")) == "Kez came."


def test_what_was_decided_stays_decided_when_it_is_told_again() -> None:
    before = [Mark(word="Kezia", becomes="keep"), Mark(word="Pip", becomes="")]
    now = decided_before([Mark(word="Kezia"), Mark(word="Pip"), Mark(word="Thornby")], before)
    assert [mark.becomes for mark in now] == ["keep", "", ""]


def test_a_story_is_kept_and_found_again_and_its_hash_tells_one_letter_apart() -> None:
    one = Passage(
        key="review:2",
        on=date(2026, 9, 1),
        heading="A look",
        ours=("You gave a number.",),
        told=(("About confidence", "Kezia helped."),),
        said="I can do it.",
        scores=(("Confidence", "3"),),
    )
    assert from_kept(as_kept([one])) == [one]
    marks = [Mark(word="Kezia", becomes=Becomes.keep.value)]
    assert marks_from(marks_kept(marks)) == marks
    assert digest([one]) != digest([replace(one, said="I can do it!")])
    assert without_names([replace(one, withheld="It would do harm.")], []) == []
