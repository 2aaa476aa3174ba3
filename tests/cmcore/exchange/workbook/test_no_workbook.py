"""A file that is no sheet, or wants to be more than one, is refused in one sentence, and breaks nothing."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.workbook import guarded as guarding
from cmcore.exchange.workbook.archive import Limits, open_archive
from cmcore.exchange.workbook.book import read_book
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.exchange.workbook.guarded import guarded
from cmcore.exchange.workbook.seen import plain_number
from cmcore.exchange.workbook.styles import shown_by
from tests.cmcore.exchange.workbook.filled_sheets import ANSWERED, FILE, FORM, only, repacked

SOUND = write_sheet(FORM, ANSWERED)


def refusal_of(blob: bytes, file: str = FILE) -> Finding:
    started = time.monotonic()
    given_in = read_sheet(FORM, blob, file=file)
    assert time.monotonic() - started < 10
    assert given_in.raw == {}
    finding: Finding = only(given_in)
    assert finding.file == file and finding.blocks and finding.way_out
    return finding


def zipped(**parts: Any) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return saved.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("blob", "said"),
    [
        (b"", "The file is empty."),
        (OLD, "This is an older Excel file (.xls), which is not read."),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "The workbook is locked with a password."),
        (b"Question,Answer\n", "This is no Excel workbook (.xlsx)."),
        (b"%PDF-1.7", "This is no Excel workbook (.xlsx)."),
        (SOUND[: len(SOUND) // 2], "The workbook is damaged or was cut off, so it was not read."),
        (zipped(plan_csv="a,b"), "This is a zip file, not an Excel workbook."),
        (zipped(mimetype="opendocument"), "This is an OpenDocument file, which is not read."),
        (zipped(word__document_xml="<a/>"), "This is a Word document, not an Excel workbook."),
        (zipped(xl__workbook_bin=b"x"), "This is a binary Excel workbook (.xlsb), which is not read."),
        (
            repacked(SOUND, {"xl/vbaProject.bin": b"x"}),
            "The workbook holds macros, or is kept as one that does (.xlsm).",
        ),
        (repacked(SOUND, {"xl/macrosheets/one.xml": b"x"}), "The workbook holds macros"),
        (repacked(SOUND, {"xl/workbook.xml": None}), "This is a zip file, not an Excel workbook."),
        (repacked(SOUND, {"xl/workbook.xml": lambda text: text[:-20]}), "The workbook is damaged or was cut off"),
        (
            repacked(SOUND, {SHEET: lambda text: text.replace(' r="A1"', ' r="A1" s="x"', 1)}),
            "The workbook is damaged",
        ),
        (repacked(SOUND, {"xl/worksheets/sheet5.xml": None}), "This workbook is no sheet of a form"),
    ],
)
def test_what_is_no_sheet_is_told_in_one_sentence(blob: bytes, said: str) -> None:
    assert refusal_of(blob).message.startswith(said)


def test_a_workbook_kept_with_macros_is_refused_by_its_name() -> None:
    assert "macros" in refusal_of(SOUND, "journal.XLSM").message


def test_a_workbook_of_another_program_is_no_sheet_of_a_form() -> None:
    import openpyxl

    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    finding = refusal_of(saved.getvalue())
    assert finding.message == "This workbook is no sheet of a form: it does not say which form it is of."
    assert finding.way_out == "Download the sheet again and copy the answers into it."


def test_a_bomb_is_not_unpacked() -> None:
    bomb = repacked(SOUND, {"xl/media/picture.png": bytes(300_000_000)})
    assert len(bomb) < 2_000_000
    assert "would unpack to 300 MB, so it was not opened." in refusal_of(bomb).message
    assert "parts; the most that is read is 500." in refusal_of(zipped(**{f"part{n}": b"" for n in range(600)})).message


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    part = zipfile.ZipFile(io.BytesIO(SOUND)).getinfo("xl/worksheets/sheet1.xml")
    lying = SOUND.replace(part.file_size.to_bytes(4, "little"), (99).to_bytes(4, "little"))
    assert lying != SOUND
    assert refusal_of(lying).message.startswith("The workbook is damaged")


def test_entities_are_not_followed() -> None:
    nine = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    bomb = repacked(SOUND, {SHEET: lambda text: f"<!DOCTYPE x [{nine}]>" + text.replace("Journal page", "&e8;")})
    assert refusal_of(bomb).message.startswith("The workbook is damaged")


def cell(at: str) -> Any:
    return lambda text: text.replace("</sheetData>", f'<row><c r="{at}" t="n"><v>1</v></c></row></sheetData>')


def test_a_cell_in_the_far_corner_is_named() -> None:
    finding = refusal_of(repacked(SOUND, {SHEET: cell("XFD1048576")}))
    assert finding.message.startswith("There is something in cell XFD1048576 of “Form”, far outside")
    assert (finding.row, finding.column) == (1048576, "XFD")


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    lying = repacked(SOUND, {SHEET: lambda text: text.replace('<dimension ref="', '<dimension ref="A1:A1" was="', 1)})
    assert lying != SOUND
    assert read_sheet(FORM, lying).raw == ANSWERED


def test_more_cells_and_characters_than_anybody_types_are_refused() -> None:
    with pytest.raises(Refused, match="more than 5 filled cells"):
        read_book(SOUND, FILE, Limits(cells=5))
    with pytest.raises(Refused, match="more than 50 characters"):
        read_book(SOUND, FILE, Limits(characters=50))
    with pytest.raises(Refused, match="The most that is read of a workbook is 1.0 kB"):
        open_archive(SOUND, FILE, Limits(file=1_000))


def test_reading_has_a_limit_of_time_and_of_memory(true_reader: None) -> None:
    def task(name: str) -> str:
        return f"tests.cmcore.exchange.workbook.hungry:{name}"

    with pytest.raises(Refused, match="took more than 2 seconds and was given up"):
        guarded(task("endless"), b"x", FILE, seconds=2)
    with pytest.raises(Refused, match="took more memory than is allowed"):
        guarded(task("hungry"), b"x", FILE, megabytes=300)
    assert guarded(task("sees"), b"abc", FILE, suffix="!") == "abc!"


def test_nothing_of_ours_reaches_the_process_that_reads(true_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CM_DATABASE_URL", "postgresql://secret@here/")
    names = guarded("tests.cmcore.exchange.workbook.hungry:surroundings", b"x", FILE)
    assert not [name for name in names if name.startswith("CM_")]
    assert guarding.__doc__


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_workbook_never_breaks_the_reader(data: Any) -> None:
    at = data.draw(st.integers(0, len(SOUND) - 1))
    put = data.draw(st.binary(min_size=1, max_size=8))
    try:
        book = read_book(SOUND[:at] + put + SOUND[at + len(put) :], FILE)
    except Refused as refused:
        assert refused.findings[0].message
    else:
        assert read_sheet(FORM, book).findings is not None


@settings(max_examples=60)
@given(st.data())
def test_a_workbook_with_odd_parts_never_breaks_the_reader(data: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        name = data.draw(st.sampled_from([one for one in archive.namelist() if one.startswith("xl/")]))
        text = archive.read(name).decode()
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(alphabet='<>/"=&01A9x ', min_size=1, max_size=6))
    odd = {name: lambda whole: whole[:at] + put + whole[at:]}
    try:
        book = read_book(repacked(SOUND, odd), FILE)
    except Refused as refused:
        assert refused.findings[0].message
    else:
        assert read_sheet(FORM, book).findings is not None


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", "day"),
        ("[$-809]d mmmm yyyy;@", "day"),
        ("[h]:mm", "day"),
        ("00000", "zeros5"),
        ("@", "text"),
        ("General", ""),
        ("£#,##0.00", ""),
        ('0 "days"', ""),
        ("[Red]0.00", ""),
    ],
)
def test_a_number_format_says_what_its_numbers_are(code: str, shown: str) -> None:
    assert shown_by(code) == shown


@pytest.mark.parametrize(
    ("stored", "plain"),
    [("1.1000000000000001", "1.1"), ("2.4E1", "24"), ("1E-7", "0.0000001"), ("90", "90"), ("-0.5", "-0.5"), ("x", "x")],
)
def test_a_number_is_said_without_the_noise_of_how_it_is_stored(stored: str, plain: str) -> None:
    assert plain_number(stored) == plain
