"""What a file really is, told from its bytes and not from its name, so that a wrong one is refused in plain words."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from cmcore.base.findings import Refused
from cmcore.exchange.checks import refused_file
from cmcore.exchange.given import GivenFile, in_size

Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "cp1252"]

#: How each encoding is called when a finding speaks of it.
ENCODING_WORDS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
}

SAVE_AS_CSV = "Open it in the program it comes from, save it as CSV (UTF-8), and bring that file in."

_HEAD = 8_192
_CHUNK = 1 << 20

#: Bytes that Windows-1252 leaves without a character.
_NO_CHARACTER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")

#: How a file of another kind begins, and what it is called.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a Word document (RTF)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)

#: What stands inside a zip container, and what the whole is then called.
_INSIDE_A_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"xl/", "an Excel workbook"),
    (b"word/", "a Word document"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"opendocument", "an OpenDocument file"),
)


def check_size(given: GivenFile, most_bytes: int) -> None:
    """Refuse an empty file, and one over the limit, before a byte of it is read."""
    if given.size == 0:
        raise refused_file(
            given.name, "The file is empty.", "Save the return again from your case system and bring that file in."
        )
    if given.size > most_bytes:
        raise refused_file(
            given.name,
            f"The file is {in_size(given.size)}. The most that is read is {in_size(most_bytes)}, so nothing was read.",
            "Check that it is the right file; a larger limit can be set in the settings.",
        )


def encoding_of(given: GivenFile) -> Encoding:
    """The encoding of a text file, found by reading it through once.

    A byte-order mark decides; without one it is UTF-8 if every byte agrees, else Windows-1252. Refuses what is no
    text: another kind of file by its name, NUL bytes and bytes without a character by their row.
    """
    with given.open() as stream:
        head = stream.read(_HEAD)
    refuse_other_kinds(given, head)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise refused_file(given.name, "The file is written in UTF-32, which is not read.", SAVE_AS_CSV)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check_utf16(given)
        return "utf-16"
    marked = head.startswith(codecs.BOM_UTF8)
    if _is_utf8(given):
        return "utf-8-sig" if marked else "utf-8"
    if marked:
        raise refused_file(given.name, "The file says it is UTF-8, but some of its bytes are not.", SAVE_AS_CSV)
    _check_windows(given)
    return "cp1252"


def _is_utf8(given: GivenFile) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, row = True, 1
    with given.open() as stream:
        while chunk := stream.read(_CHUNK):
            if (at := chunk.find(b"\0")) >= 0:
                raise _nul(given.name, row + chunk.count(b"\n", 0, at), wide=chunk.count(b"\0") > len(chunk) // 4)
            try:
                if is_utf8:
                    decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
            row += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return is_utf8


def _check_utf16(given: GivenFile) -> None:
    decoder = codecs.getincrementaldecoder("utf-16")()
    row, last = 1, False
    with given.open() as stream:
        while not last:
            chunk = stream.read(_CHUNK)
            last = not chunk
            try:
                text = decoder.decode(chunk, final=last)
            except UnicodeDecodeError:
                message = "Some bytes here are no characters of UTF-16, so the file is damaged or cut off."
                raise refused_file(given.name, message, SAVE_AS_CSV, row=row) from None
            if (at := text.find("\0")) >= 0:
                raise _nul(given.name, row + text.count("\n", 0, at), wide=False)
            row += text.count("\n")


def _check_windows(given: GivenFile) -> None:
    row = 1
    with given.open() as stream:
        while chunk := stream.read(_CHUNK):
            if wrong := _NO_CHARACTER.search(chunk):
                raise refused_file(
                    given.name,
                    f"The byte 0x{wrong.group().hex()} is no character, neither in UTF-8 nor in Windows-1252.",
                    SAVE_AS_CSV,
                    row=row + chunk.count(b"\n", 0, wrong.start()),
                )
            row += chunk.count(b"\n")


def _nul(name: str, row: int, *, wide: bool) -> Refused:
    if wide:
        return refused_file(
            name, "The file seems to be UTF-16 without the mark that says so, and is not read.", SAVE_AS_CSV
        )
    return refused_file(
        name,
        "There is a NUL byte here, so this is not a text file, or it is damaged. Nothing was read.",
        "Save the file again from where it comes and bring that one in.",
        row=row,
    )


def refuse_other_kinds(given: GivenFile, head: bytes) -> None:
    """Refuse a workbook, archive, PDF, web page, XML or other known kind, by what it is called."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _not_a_csv(given.name, _kind_of_zip(given, head))
    for beginning, kind in _BEGINNINGS:
        # Two printable letters are a weak sign: a column may be called MZ…, a program has a NUL byte near its start.
        if head.startswith(beginning) and (beginning != b"MZ" or b"\0" in head[:64]):
            raise _not_a_csv(given.name, kind)
    text = _first_text(head)
    if not text.startswith("<"):
        return
    lower = text.casefold()
    if lower.startswith("<!doctype html") or "<html" in lower[:2_000]:
        raise refused_file(
            given.name,
            "This is a web page, not a CSV; often it is a sign-in page saved in place of the file.",
            "Sign in where the file comes from, download it again, and bring that one in.",
        )
    if "ssda903" in lower or "<child" in lower or "<header" in lower:
        raise refused_file(
            given.name,
            "The XML form of the return is not read yet.",
            "Save the return as CSV files and bring those in.",
        )
    raise _not_a_csv(given.name, "an XML file")


def _first_text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) & ~1].decode("utf-16", "replace").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def _kind_of_zip(given: GivenFile, head: bytes) -> str:
    # The list of what a zip holds stands at its end; both ends are looked at without unpacking anything.
    with given.open() as stream:
        stream.seek(max(0, given.size - 65_536))
        ends = head + stream.read(65_536)
    return next((kind for sign, kind in _INSIDE_A_ZIP if sign in ends), "a zip file")


def _not_a_csv(name: str, kind: str) -> Refused:
    way_out = "Unpack it and bring in the CSV files inside." if "zip" in kind or "compressed" in kind else SAVE_AS_CSV
    return refused_file(name, f"This is {kind}, not a CSV.", way_out)
