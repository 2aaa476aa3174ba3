"""A file that is not what it should be is refused by its name, in words that say what it is and the way out."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.given import GivenFile, in_size
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.exchange.tables import open_table
from tests.cmcore.exchange.made_returns import HEADER, TODAY, UASC, child, file, files, text_of

SOUND = text_of(HEADER, [child()]).encode()


def refusal_of(given: GivenFile) -> Finding:
    with pytest.raises(Refused) as refused:
        read_return([given], today=TODAY)
    assert refused.value.findings[0].file == given.name
    return refused.value.findings[0]


def workbook() -> bytes:
    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    return saved.getvalue()


def zipped() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as made:
        made.writestr("header.csv", SOUND)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\r\n\r\n", "Row 1 is blank"),
        (workbook(), "This is an Excel workbook, not a CSV."),
        (zipped(), "This is a zip file, not a CSV."),
        (gzip.compress(SOUND, mtime=0), "This is a compressed file (gzip), not a CSV."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an older Excel or Word file, not a CSV."),
        (b"%PDF-1.7\n", "This is a PDF, not a CSV."),
        (b"SQLite format 3\x00", "This is a database, not a CSV."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture, not a CSV."),
        (b"<?xml version='1.0'?><SSDA903><CHILD/></SSDA903>", "The XML form of the return is not read yet."),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<Message><Header/></Message>", "The XML form of the return is not read"),
        ("\ufeff<SSDA903/>".encode("utf-16-le"), "The XML form of the return is not read yet."),
        (b"<?xml version='1.0'?><invoice/>", "This is an XML file, not a CSV."),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "This is a web page, not a CSV"),
        (SOUND.decode().encode("utf-16-le"), "The file seems to be UTF-16 without the mark"),
        (b"\xff\xfe\x00\x00" + SOUND, "UTF-32"),
        (b"\xef\xbb\xbf" + SOUND + b"\xff\xff", "The file says it is UTF-8, but some of its bytes are not."),
        ("\ufeffCHILD,SEX".encode("utf-16-le") + b"\x00", "damaged or cut off"),
        (b"PLACE,PRICE\n1,2\n", "By its columns this is none of the files of the return"),
        (bytes(range(1, 32)) * 40, "Row 1 holds characters that are no text"),
    ],
)
def test_a_wrong_file_is_named_for_what_it_is(content: bytes, said: str) -> None:
    finding = refusal_of(GivenFile.holding("header.csv", content))
    assert said in finding.message
    assert finding.way_out


def test_a_nul_byte_is_named_with_its_row() -> None:
    finding = refusal_of(GivenFile.holding("header.csv", SOUND + b"100002,1,01/02/2012,WBRI,UN\x001,,\r\n"))
    assert finding.row == 3
    assert "NUL byte" in finding.message


def test_a_nul_in_utf_16_is_named_with_its_row() -> None:
    finding = refusal_of(GivenFile.holding("header.csv", (SOUND.decode() + "10\x00,1").encode("utf-16")))
    assert finding.row == 3


def test_a_byte_that_is_no_character_is_named_with_its_row() -> None:
    finding = refusal_of(GivenFile.holding("header.csv", SOUND + b"10\x81,1,01/02/2012,WBRI,UN1,,\r\n"))
    assert finding.row == 3
    assert "0x81" in finding.message


def test_two_gigabytes_are_refused_by_size_before_a_byte_is_read() -> None:
    def never() -> io.BytesIO:
        raise AssertionError("the file was opened")

    finding = refusal_of(GivenFile("episodes.csv", 2_000_000_000, never))
    assert finding.message == "The file is 2.0 GB. The most that is read is 20 MB, so nothing was read."


def test_a_sparse_two_gigabyte_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    with path.open("wb") as made:
        made.truncate(2_000_000_000)
    with pytest.raises(Refused, match=r"The file is 2\.0 GB"):
        read_return(files_in(tmp_path), today=TODAY)


def test_a_missing_column_is_named_with_what_was_found_and_what_is_near() -> None:
    columns = ("CHILD", "SEX", "D_O_B", "ETHNICITY", "UPN")
    finding = refusal_of(file("header.csv", columns, [child()]))
    assert finding.row == 1
    assert finding.column == "DOB"
    assert "Columns are missing: DOB and ETHNIC." in finding.message
    assert "Found: CHILD, SEX, D_O_B, ETHNICITY, UPN." in finding.message
    assert "D_O_B may be DOB and ETHNICITY may be ETHNIC." in finding.message


def test_a_doubled_column_is_named_with_its_places() -> None:
    given = GivenFile.holding("header.csv", b"CHILD,SEX,DOB,ETHNIC,UPN,dob\n1,2,26/03/2013,WBRI,UN1,26/03/2013\n")
    finding = refusal_of(given)
    assert finding.column == "DOB"
    assert finding.message == "The column stands twice, as the 3rd and 6th column."


def test_a_doubled_column_that_nobody_needs_is_let_be() -> None:
    given = GivenFile.holding("header.csv", b"CHILD,SEX,DOB,ETHNIC,UPN,NOTE,NOTE\n1,2,26/03/2013,WBRI,UN1,a,b\n")
    assert len(read_return([given], today=TODAY).children) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'100002,1,"01/02/2012,WBRI,UN1,,\n100003,1,01/02/2012,WBRI,UN1,,\n', "is never closed"),
        (b'100002,1,"01/02"/2012,WBRI,UN1,,\n', "stands where none can stand"),
        (b'100002,1,"' + b"x" * 200_000 + b"\n", "is never closed"),
    ],
)
def test_quotation_marks_that_do_not_work_out_are_named_with_their_row(row: bytes, said: str) -> None:
    finding = refusal_of(GivenFile.holding("header.csv", SOUND + row))
    assert finding.row == 3
    assert said in finding.message


def test_headings_whose_quotation_marks_do_not_close_are_refused() -> None:
    assert "quotation marks do not close" in refusal_of(GivenFile.holding("header.csv", b'CHILD,"SEX\nDOB')).message


def test_the_header_file_cannot_be_left_out() -> None:
    with pytest.raises(Refused, match=r"The header file .* is not among the files\. Given: uasc\.csv\."):
        read_return([file("uasc.csv", UASC, [])], today=TODAY)


def test_one_part_given_twice_is_refused_with_both_names() -> None:
    given = [*files(header=[child()]), file("header (1).csv", HEADER, [child()])]
    with pytest.raises(Refused, match=r"header \(1\)\.csv: This and header\.csv are both the header file"):
        read_return(given, today=TODAY)


def test_everything_wrong_with_several_files_is_said_at_once() -> None:
    given = [GivenFile.holding("header.csv", b""), GivenFile.holding("episodes.csv", workbook())]
    with pytest.raises(Refused) as refused:
        read_return(given, today=TODAY)
    assert [one.file for one in refused.value.findings] == ["header.csv", "episodes.csv"]


def test_a_folder_that_is_not_there_or_holds_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no such folder"):
        files_in(tmp_path / "absent")
    (tmp_path / "notes.md").write_text("Nothing here.")
    with pytest.raises(Refused, match="This is a file, and not a folder"):
        files_in(tmp_path / "notes.md")
    with pytest.raises(Refused, match="There is no CSV file in this folder"):
        files_in(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no such file"):
        GivenFile.at(tmp_path / "header.csv")
    with pytest.raises(Refused, match="This is not a file"):
        GivenFile.at(tmp_path)


def test_a_limit_can_be_set() -> None:
    with pytest.raises(Refused, match="The most that is read is 10 bytes"):
        open_table(GivenFile.holding("header.csv", SOUND), most_bytes=10)


@pytest.mark.parametrize(
    ("size", "said"), [(17, "17 bytes"), (1_500, "1.5 kB"), (109_437, "109 kB"), (62_000_000, "62 MB")]
)
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert in_size(size) == said
