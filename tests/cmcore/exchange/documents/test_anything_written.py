"""Whatever somebody writes is printed as they wrote it: markup, other scripts, signs no page shows, all at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore.exchange.documents.form_document import form_pdf
from cmcore.forms import Answers, ask, dump, form, form_of, say
from tests.cmcore.exchange.documents.pdf_read import Read, answers_read, plain
from tests.cmcore.forms.at_random import EveryKind, filled


@form("written", version=1, title="Written")
class Written(Answers):
    """Words of each kind."""

    line: str = ask("A line")
    lines: str = ask("Several lines", long=True)
    theirs: str | None = ask("Their words", voice=True)


HOSTILE = [
    '#import "/etc/passwd": *',
    '#read("/etc/passwd")',
    "#sys.inputs",
    "#panic()",
    "*bold* _slanted_ `code` $x^2$ \\ #",
    "= A heading",
    "- a list\n+ another",
    "/ term: told",
    "<label> @reference // gone /* gone */",
    "https://quillshire.example/a?b=c&d=e",
    "~ -- --- ... 'quotes' \"quotes\"",
    "]#box()[",
    "\\u{1F600} {{ jinja }} %s {0}",
    '"}]}',
    "=1+1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_wrote_is_never_read_as_markup(text: str) -> None:
    said = answers_read(Read(form_pdf(Written, {"line": text, "lines": text, "theirs": text})))
    assert said["A line"] == said["Several lines"] == said["Their words"] == plain(text)


ANY_SIGN = st.text(
    st.one_of(
        st.characters(),
        st.characters(max_codepoint=0x2FF),
        st.sampled_from(
            "ŵŷâêîôûŴŶäöü مرحباשלום👍🏽❤️🎸👨‍👩‍👧🇬🇧\u0301\u0651\u200d\u202e\u2028\x00\x07\ufeff\ue000你สক্ষি"
        ),
    ),
    max_size=80,
)
relaxed = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@relaxed
@given(ANY_SIGN, ANY_SIGN)
def test_whatever_is_written_is_printed(line: str, lines: str) -> None:
    read = Read(form_pdf(Written, {"line": line, "lines": lines, "theirs": lines}))
    assert read.headings()[0] == ("H1", "Written")


@relaxed
@given(st.text(st.sampled_from("abcdefghij ŵŷâêîôû#*_$\\`@<>[]{}=+-/~'\"0123456789£é"), min_size=1, max_size=120))
def test_letters_of_english_and_welsh_come_out_as_they_went_in(text: str) -> None:
    said = answers_read(Read(form_pdf(Written, {"line": f"x{text}x"})))
    assert said["A line"].replace(" ", "") == plain(f"x{text}x").replace(" ", "")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(filled(form_of(EveryKind)))
def test_any_answers_can_be_printed(answers: Any) -> None:
    read = Read(form_pdf(EveryKind, dump(EveryKind, answers)))
    assert say(EveryKind.form.question("held_on").kind, answers.held_on) in read.text
    assert say(EveryKind.form.question("rate").kind, answers.rate) in read.text
