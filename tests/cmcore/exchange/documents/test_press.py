"""The press: other blocks than forms, letters no font has, many threads at once, and what a failure says."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator

import psutil
import pytest
import typst

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.documents import letters, press
from cmcore.exchange.documents.blocks import (
    Block,
    Document,
    Fact,
    Paragraph,
    Part,
    Picture,
    Table,
    Told,
    Voice,
    answer,
    facts,
)
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.letters import FONTS, begins_rightwards, coverage, printable, written_by
from cmcore.exchange.documents.press import NotPrinted, pictures
from tests.cmcore.exchange.documents.pdf_read import Read

RING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'


def printed(*blocks: Block, **said: object) -> Read:
    return Read(press.press(Document(title="A term of printing", blocks=blocks, **said)))  # type: ignore[arg-type]


def test_a_document_is_read_in_the_order_of_its_blocks() -> None:
    read = printed(
        Part(text="What was done", hint="From September."),
        Paragraph(text="Lino and screen.\n\nThen zines."),
        Part(text="In October", level=3),
        *facts(("Sessions", "12"), ("Hours", "")),
        Fact(label="In short", answer=answer("It went well. " * 30), long=True),
        Voice(text="I like the smell of ink."),
        lead="What came of the hours.",
        foot="Activity report",
        heading=Heading(authority="Quillshire", initials="M.B."),
    )
    assert read.headings()[:3] == [("H1", "A term of printing"), ("H2", "What was done"), ("H3", "In October")]
    assert [one.text for one in read.of_kind("BlockQuote")] == ["I like the smell of ink."]
    said = ["What came of the hours.", "From September.", "Lino and screen.", "Sessions 12", "Hours Not answered"]
    places = [read.tags[0].text.index(one) for one in said]
    assert places == sorted(places)
    assert "Activity report" in read.text


def test_facts_without_a_part_above_them_stand_one_level_below_the_title() -> None:
    read = printed(*facts(("Visits", "12")), Part(text="In October"), *facts(("Visits", "4")))
    assert read.headings() == [("H1", "A term of printing"), ("H2", "Visits"), ("H2", "In October"), ("H3", "Visits")]


def test_a_table_has_headings_and_shows_an_empty_cell_as_empty() -> None:
    read = printed(
        Table(
            columns=("Day", "Minutes"),
            rows=(("5 Nov 2026", "90"), ("12 Nov 2026", "")),
            widths=(2, 0),
            align=("left", "right"),
        )
    )
    assert [one.text for one in read.of_kind("TH")] == ["Day", "Minutes"]
    assert [one.text for one in read.of_kind("TD")] == ["5 Nov 2026", "90", "12 Nov 2026", ""]


def test_a_long_table_repeats_its_headings_for_the_eye_and_says_them_once() -> None:
    read = printed(Table(columns=("Day", "What"), rows=tuple((f"Day {number}", "Print") for number in range(120))))
    assert all("Day What" in page for page in read.pages)
    assert len(read.of_kind("TH")) == 2


@pytest.mark.parametrize(
    ("columns", "rows", "widths"), [(("A",), (("1", "2"),), ()), (("A", "B"), (("1", "2"),), (1.0,))]
)
def test_a_table_that_does_not_fit_its_columns_is_refused(
    columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="columns"):
        Table(columns=columns, rows=rows, widths=widths)


@pytest.mark.parametrize(
    ("severity", "word"),
    [(Severity.block, "Not allowed"), (Severity.warn, "Look at this"), (Severity.inform, "To know")],
)
def test_a_finding_has_its_weight_in_a_word_and_its_rule(severity: Severity, word: str) -> None:
    told = Told(finding=Finding("The day is after today.", rule="R-SES-1", severity=severity, way_out="Look again."))
    assert f"{word}. The day is after today. Look again. R-SES-1" in printed(told).text


def test_a_picture_says_in_words_what_it_shows() -> None:
    read = printed(Picture(svg=RING, alt="A ring, open.", caption="The mark"))
    assert [one.alt for one in read.of_kind("Figure")] == ["A ring, open."]
    assert "The mark" in read.text
    with pytest.raises(ValueError, match="says in words what it shows"):
        Picture(svg=RING, alt=" ")


def test_pages_can_be_looked_at() -> None:
    document = Document(title="Two pages", blocks=(Paragraph(text="Line\n" * 120),))
    pages = pictures(document, dots_per_inch=30)
    assert len(pages) == 3 and all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("Ŵyn a'r môr", "Ŵyn a'r môr"),
        ("w\u0302yn", "ŵyn"),
        ("tab\there\r\nand\u2028there", "tab here\nand\nthere"),
        ("a\x00b\x07c\ufeffd\u202ee\U000e0041f", "abcdef"),
        ("👍🏽 ❤️", "👍 ❤"),
        ("🇬🇧", "[flag GB]"),
        ("🕐🂡", "[clock face one oclock][playing card ace of spades]"),
        ("สวัสดี", "[4 letters in Thai script, not printed]"),
        ("你好 ok", "[2 letters in Chinese script, not printed] ok"),
        ("\ue000", "[unknown sign]"),
        ("x" * 30, "\u200b".join(["x" * 12, "x" * 12, "x" * 6])),
    ],
)
def test_what_no_letter_is_there_for_is_said_in_words(written: str, shown: str) -> None:
    assert printable(written) == shown


@pytest.mark.parametrize(
    "written", ["مرحبا كيف حالك؟", "שלום", "ሰላም", "শুভ সকাল", "नमस्ते", "ਸਤ ਸ੍ਰੀ ਅਕਾਲ", "Привет", "Γειά", "Tiếng Việt"]
)
def test_other_scripts_are_written_as_they_are(written: str) -> None:
    assert printable(written) == unicodedata.normalize("NFC", written)
    printed(Paragraph(text=written), Voice(text=written))


@pytest.mark.parametrize(
    ("written", "rightwards"), [("مرحبا hi", True), ("12 שלום", True), ("hi مرحبا", False), ("", False)]
)
def test_text_runs_the_way_of_its_first_letter(written: str, rightwards: bool) -> None:
    assert begins_rightwards(written) is rightwards


def test_the_letters_a_font_has_are_read_from_the_font_itself() -> None:
    hebrew = written_by((FONTS / "NotoSansHebrew-Regular.ttf").read_bytes())
    assert ord("ש") in hebrew and ord("Щ") not in hebrew
    emoji = written_by((FONTS / "NotoEmoji-Regular.ttf").read_bytes())
    assert ord("👍") in emoji
    assert set("abcŵŷ£€–“”…½") <= {chr(code) for code in coverage()[0]}


def test_every_font_beside_the_press_is_one_the_template_asks_for() -> None:
    template = (FONTS.parent / "template" / "tokens.typ").read_text("utf-8")
    assert press._fonts().families()
    assert all(f'"{family}"' in template for family in press._fonts().families())


@pytest.fixture
def lying_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fonts that say they can write Thai, and cannot."""
    first, *others = coverage()
    monkeypatch.setattr(letters, "coverage", lambda: (first, frozenset(range(0xE00, 0xE80)), *others))
    letters._told.cache_clear()
    yield
    letters._told.cache_clear()


def test_a_letter_the_press_refuses_is_told_in_words_at_the_second_try(lying_fonts: None) -> None:
    assert printable("ส") == "ส"
    assert "[1 letter in Thai script, not printed]" in printed(Paragraph(text="ส")).text


def test_what_cannot_be_printed_is_said_without_what_stands_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise typst.TypstError('the text "Mossy" could not be displayed')

    monkeypatch.setattr(press, "_compiled", refuse)
    with pytest.raises(NotPrinted, match=r"“Story” could not be printed: the text\.") as raised:
        press.press(Document(title="Mossy", foot="Story", blocks=()))
    assert raised.value.__cause__ is None


def test_threads_print_at_once_and_each_gets_its_own() -> None:
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [printed(Paragraph(text=f"Sheet {number} of {turn}")).text for turn in range(8)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(8):
        assert all(f"Sheet {number} of {turn}" in text for turn, text in enumerate(found[number]))
    assert press._idle.qsize() <= press._KEPT


def test_printing_again_and_again_keeps_no_more_memory() -> None:
    process = psutil.Process()

    def many(turn: int) -> int:
        for number in range(60):
            press.press(Document(title="Memory", blocks=(Paragraph(text=f"Sheet {turn} {number} " * 40),)))
        return int(process.memory_info().rss)

    many(0)
    before = many(1)
    assert many(2) - before < 25_000_000
