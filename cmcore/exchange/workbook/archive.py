"""What a workbook is, told from its bytes before anything is unpacked; what is none is refused in one sentence.

An Excel workbook is a zip archive. What it lists of itself (how many parts, how big, how tightly packed) is looked at
first, and what is unpacked is counted against it: a file of a few kilobytes can claim gigabytes.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from cmcore.base.findings import Refused
from cmcore.exchange.checks import refused_file
from cmcore.exchange.given import in_size

SAVE_AS_XLSX = "Open it in Excel, choose Save as, Excel workbook (.xlsx), and bring that file in."

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How the part of a locked workbook is called inside an older container, in its 16-bit letters.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 16

#: Parts that run or that hold another program's objects.
_MACROS = ("xl/vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one workbook. Sizes are in bytes; ``ratio`` is unpacked to packed, of the whole."""

    file: int = 10_000_000
    unpacked: int = 150_000_000
    entries: int = 500
    ratio: int = 200
    rows: int = 20_000
    columns: int = 2_000
    cells: int = 500_000
    characters: int = 20_000_000


FORM_LIMITS = Limits()


def open_archive(blob: bytes, file: str, limits: Limits = FORM_LIMITS) -> zipfile.ZipFile:
    """The archive of a workbook, after looking at what it says of itself; nothing is unpacked yet.

    Refuses, each in one sentence: an empty or over-long file, what is no zip, an older ``.xls``, a workbook with a
    password, with macros, in binary form, an OpenDocument sheet, and an archive that claims too much.
    """
    if not blob:
        raise refused_file(file, "The file is empty.", "Save the workbook again and bring that file in.")
    if len(blob) > limits.file:
        raise refused_file(
            file,
            f"The file is {in_size(len(blob))}. The most that is read of a workbook is {in_size(limits.file)}.",
            "Check that it is the right file, and take pictures out of it.",
        )
    if blob.startswith(_OLD):
        if _LOCKED in blob:
            raise refused_file(
                file, "The workbook is locked with a password.", "Save it without a password and bring that file in."
            )
        raise refused_file(file, "This is an older Excel file (.xls), which is not read.", SAVE_AS_XLSX)
    if file.casefold().endswith((".xlsm", ".xltm", ".xlam")):
        raise with_macros(file)
    if not blob.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise refused_file(file, "This is no Excel workbook (.xlsx).", SAVE_AS_XLSX)
    try:
        archive = zipfile.ZipFile(BytesIO(blob))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise damaged(file) from None
    _check_sizes(file, len(blob), entries, limits)
    _check_names(file, {entry.filename.casefold() for entry in entries})
    return archive


def _check_sizes(file: str, size: int, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise refused_file(
            file,
            f"The workbook is made of {len(entries):,} parts; the most that is read is {limits.entries:,}.",
            "Copy what was filled in into a new sheet and bring that in.",
        )
    claimed = sum(entry.file_size for entry in entries)
    if claimed > limits.unpacked or claimed > limits.ratio * max(size, 10_000):
        raise refused_file(
            file,
            f"The file is {in_size(size)} but would unpack to {in_size(claimed)}, so it was not opened.",
            "Copy what was filled in into a new sheet and bring that in.",
        )
    names = [entry.filename for entry in entries]
    usual = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    locked = any(entry.flag_bits & 1 or entry.compress_type not in usual for entry in entries)
    if len(set(names)) != len(names) or locked:
        raise damaged(file)


def _check_names(file: str, names: set[str]) -> None:
    if any(name.startswith(_MACROS) for name in names):
        raise with_macros(file)
    if "xl/workbook.bin" in names:
        raise refused_file(file, "This is a binary Excel workbook (.xlsb), which is not read.", SAVE_AS_XLSX)
    if "xl/workbook.xml" in names:
        return
    if "mimetype" in names or "content.xml" in names:
        raise refused_file(file, "This is an OpenDocument file, which is not read.", SAVE_AS_XLSX)
    if any(name.startswith("word/") for name in names):
        raise refused_file(file, "This is a Word document, not an Excel workbook.", SAVE_AS_XLSX)
    raise refused_file(
        file, "This is a zip file, not an Excel workbook.", "Unpack it and bring in the workbook inside."
    )


def chunks(archive: zipfile.ZipFile, name: str, file: str, limits: Limits = FORM_LIMITS) -> Iterator[bytes]:
    """The bytes of one part, a piece at a time; refuses a part that unpacks to more than it says, or not at all."""
    try:
        told = archive.getinfo(name).file_size
        unpacked = 0
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > min(told, limits.unpacked):
                    raise damaged(file)
                yield chunk
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise damaged(file) from None


def with_macros(file: str) -> Refused:
    """The refusal of a workbook with macros."""
    return refused_file(file, "The workbook holds macros, or is kept as one that does (.xlsm).", SAVE_AS_XLSX)


def damaged(file: str) -> Refused:
    """The refusal of a workbook that cannot be unpacked or whose parts are no XML."""
    return refused_file(
        file,
        "The workbook is damaged or was cut off, so it was not read.",
        "Open it in Excel, save it again and bring that file in.",
    )
