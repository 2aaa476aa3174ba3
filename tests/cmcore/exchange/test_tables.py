"""A delimited file gives the same rows however it is written, and its row numbers are the spreadsheet's."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.base.findings import Severity
from cmcore.exchange.given import GivenFile
from cmcore.exchange.tables import Table, open_table
from tests.cmcore.exchange.made_returns import text_of

COLUMNS = ("CHILD", "NAME", "NOTE")
ROWS = [
    {"CHILD": "1", "NAME": "Zoë Thistlemere", "NOTE": "“quoted”, and a comma"},
    {"CHILD": "2", "NAME": "Cadfael Ôbrindle", "NOTE": ""},
]
AS_READ = [(2, ("1", "Zoë Thistlemere", "“quoted”, and a comma")), (3, ("2", "Cadfael Ôbrindle", ""))]


def opened(content: bytes) -> Table:
    return open_table(GivenFile.holding("things.csv", content))


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", None), ("utf-8-sig", None), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter_reads_the_same(encoding: str, said: str | None, delimiter: str) -> None:
    table = opened(text_of(COLUMNS, ROWS, delimiter).encode(encoding))
    assert list(table.rows(COLUMNS)) == AS_READ
    assert [one.severity for one in table.findings] == ([Severity.inform] if said else [])
    assert all(said and said in one.message for one in table.findings)


def test_utf_16_of_either_byte_order_reads_the_same() -> None:
    text = text_of(COLUMNS, ROWS)
    big = codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    small = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    assert list(opened(big).rows(COLUMNS)) == list(opened(small).rows(COLUMNS)) == AS_READ


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_reads_the_same(ending: str) -> None:
    assert list(opened(text_of(COLUMNS, ROWS).replace("\r\n", ending).encode()).rows(COLUMNS)) == AS_READ


def test_headings_are_found_whatever_their_case_and_spaces() -> None:
    table = opened(b" child , Name\xc2\xa0,\tNOTE\n1,Juno,\n")
    assert list(table.rows(COLUMNS)) == [(2, ("1", "Juno", ""))]


def test_a_blank_row_is_counted_and_left_out() -> None:
    table = opened(b"CHILD,NAME,NOTE\n1,a,b\n\n,,\n  ,\t,\n5,c,d\n")
    assert [row for row, _ in table.rows(COLUMNS)] == [2, 6]
    assert not table.findings


def test_a_row_with_something_only_in_columns_nobody_reads_is_not_blank() -> None:
    table = opened(b"CHILD,NAME,NOTE\n,,something\n")
    assert list(table.rows(("CHILD", "NAME"))) == [(2, ("", ""))]


def test_a_cell_of_several_lines_is_one_row() -> None:
    table = opened(b'CHILD,NAME,NOTE\n1,a,"two\nlines"\n2,b,c\n')
    assert [row for row, _ in table.rows(COLUMNS)] == [2, 3]


def test_a_row_cut_short_is_filled_and_warned_of() -> None:
    table = opened(b"CHILD,NAME,NOTE\n1,a\n")
    assert list(table.rows(COLUMNS)) == [(2, ("1", "a", ""))]
    [warned] = table.findings
    assert (warned.severity, warned.row) == (Severity.warn, 2)


def test_a_row_with_cells_beyond_the_headings_is_held_back() -> None:
    table = opened(b"CHILD,NAME,NOTE\n1,a,b,c\n2,a,b,,\n3,d,e\n")
    assert [row for row, _ in table.rows(COLUMNS)] == [3, 4]
    [held] = table.findings
    assert held.blocks
    assert held.row == 2
    assert held.value == "c"


def test_an_optional_column_that_is_not_there_reads_as_empty() -> None:
    table = opened(b"CHILD,NAME\n1,a\n")
    assert list(table.rows(("NAME",), ("NOTE", "CHILD"))) == [(2, ("a", "", "1"))]
    assert table.has("name")
    assert not table.has("NOTE")


@settings(max_examples=60, deadline=None)
@given(
    order=st.permutations(COLUMNS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    rows=st.lists(
        st.fixed_dictionaries(
            {
                column: st.text(
                    st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"),
                    max_size=12,
                ).map(str.strip)
                for column in COLUMNS
            }
        ),
        max_size=6,
    ),
)
def test_what_was_written_is_what_is_read(order: list[str], encoding: str, rows: list[dict[str, str]]) -> None:
    table = opened(text_of(order, rows).encode(encoding))
    expected = [tuple(row[column] for column in COLUMNS) for row in rows]
    assert [cells for _, cells in table.rows(COLUMNS)] == [cells for cells in expected if any(cells)]
