"""The gate of every way out, R-MSG-1: initials, references and fixed words pass, a name never does."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.findings import Refused
from cmcore.base.policy import Policy
from cmcore.messages.gate import Gate, names_kept_in
from cmcore.messages.wording import Link, Message, Place, Said, Wording, say
from cmcore.safekeeping.names import SHORT, folded
from cmcore.testing import refused

NAMES = ["Hester Quillmarsh", "Zoë Tansyhurst", "Anna-Mae O’Dellwick", "Elizabeth Bramblefen", "Jo Ash"]
GATE = Gate(names_kept_in(NAMES), {"WR"}, Policy.load())
TODAY = Link(Place.today)


def message(*lines: Said, subject: Said | None = None, link: Link = TODAY) -> Message:
    """A message with these lines."""
    return Message(subject or say(Wording.digest_subject), lines, link)


def test_initials_references_numbers_and_days_pass() -> None:
    told = message(
        say(Wording.feed_session, initials="H.Q.", ref="WR-0001"),
        say(Wording.digest_line, number="99+", queue="Reviews due"),
        say(Wording.expiry_line, ref="WR-M-0004", day=date(2026, 12, 1)),
        subject=say(Wording.concern_subject, ref="WR-S-0012"),
    )
    assert GATE.let_out(told) == (
        "Concern WR-S-0012 waits for an answer",
        ["H.Q. WR-0001", "99+: Reviews due", "A check of mentor WR-M-0004 counts until 1 December 2026."],
    )


def test_the_fixed_words_pass_whatever_people_are_called() -> None:
    everybody = Gate(names_kept_in(["Will Waits", "May Day", "Mark Open"]), {"WR"}, Policy.load())
    assert everybody.let_out(message(say(Wording.digest_opens), say(Wording.concern_way_out)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("ref", "Hester"),
        ("ref", "HESTER-1"),
        ("ref", "WR-0001 Hester"),
        ("ref", "QU-0001"),
        ("initials", "Hester"),
        ("initials", "H.E.S.T.E.R."),
    ],
)
def test_nothing_but_its_own_shape_stands_in_a_place(place: str, value: str) -> None:
    values = {"initials": "H.Q.", "ref": "WR-0001", place: value}
    with refused("R-MSG-1", "no initials, reference, number or day"):
        GATE.let_out(message(say(Wording.feed_session, **values)))


def test_a_number_is_a_number_and_a_day_a_day() -> None:
    for values in ({"number": "Hester", "queue": "Reviews"}, {"number": True, "queue": "Reviews"}):
        with refused("R-MSG-1"):
            GATE.let_out(message(say(Wording.digest_line, **cast("Any", values))))
    with refused("R-MSG-1"):
        GATE.let_out(message(say(Wording.expiry_line, ref="WR-M-0004", day="Hester")))


def test_a_sentence_that_is_not_fixed_does_not_pass() -> None:
    with refused("R-MSG-1", "fixed sentences only"):
        GATE.let_out(message(Said(cast("Wording", "Hester is late"))))
    with refused("R-MSG-1", "no place in its sentence"):
        GATE.let_out(message(say(Wording.digest_opens, ref="WR-0001")))
    with refused("R-MSG-1", "not one of the fixed"):
        GATE.let_out(message(link=Link(cast("Place", "/young-people/hester"))))
    with refused("R-MSG-1", "not one of the fixed"):
        GATE.let_out(message(link=Link(Place.concern, cast("int", "hester"))))


@pytest.mark.parametrize(
    "words",
    ["Reviews of Hester", "reviews of hester", "For Beth", "H-ester", "hesterquillmarsh", "He\u200bster", "Zoë"],
)
def test_the_title_of_a_list_holds_no_name(words: str) -> None:
    with pytest.raises(Refused) as raised:
        GATE.title(words)
    assert words not in str(raised.value) and raised.value.findings[0].rule == "R-MSG-1"


@pytest.mark.parametrize("name", ["WR-0001-report.pdf", "sessions-2026-11.xlsx", "payments.csv"])
def test_a_file_named_by_reference_passes(name: str) -> None:
    assert GATE.file_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "Hester-report.pdf",
        "report-hester.pdf",
        "hesterquillmarsh.pdf",
        "Anna-Mae.pdf",
        "he_ster.pdf",
        "../x.pdf",
        "QUILMARSH.pdf",
    ],
)
def test_a_file_named_after_somebody_does_not(name: str) -> None:
    with refused("R-MSG-1"):
        GATE.file_name(name)


def _written(draw: st.DrawFn) -> str:
    """A name of the roster as somebody might write it: whole, folded, short, in capitals, one letter wrong."""
    word = draw(st.sampled_from([part for name in NAMES for part in name.split()]))
    plain = folded(word)
    forms = [word, plain, plain.upper(), plain.title(), f"{word}'s", *SHORT.get(plain, ())]
    if len(plain) > 5:
        at = draw(st.integers(0, len(plain) - 1))
        letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwyz"))
        forms += [plain[:at] + plain[at + 1 :], plain[:at] + letter + plain[at + 1 :], plain[:at] + letter + plain[at:]]
    return draw(st.sampled_from(forms))


written = st.composite(lambda draw: _written(draw))()


@given(written, st.sampled_from(["", "Reviews of ", "WR-0001 "]), st.sampled_from(["", " today", ", WR-0002"]))
def test_no_way_of_writing_a_name_gets_out(name: str, before: str, after: str) -> None:
    text = f"{before}{name}{after}"
    everywhere = [
        say(Wording.digest_line, number=1, queue=text),
        say(Wording.digest_line, number=text, queue="Reviews"),
        say(Wording.feed_session, initials=text, ref="WR-0001"),
        say(Wording.feed_session, initials="H.Q.", ref=text),
        say(Wording.expiry_line, ref="WR-M-1", day=text),
    ]
    for said in everywhere:
        with pytest.raises(Refused) as raised:
            GATE.let_out(message(said))
        assert name not in str(raised.value)
        with pytest.raises(Refused):
            GATE.let_out(message(subject=said))
    for file in (f"{text}.pdf", f"report-{name}.pdf"):
        with pytest.raises(Refused):
            GATE.file_name(file)


@given(st.text(max_size=60))
def test_whatever_text_it_is_given_it_answers_in_a_sentence(text: str) -> None:
    for ask in (GATE.title, GATE.file_name):
        with suppress(Refused):
            assert ask(text) == text
