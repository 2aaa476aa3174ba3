"""A register of schools made for tests, as large as the real one, with plainly invented names."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cmcore.exchange.given import GivenFile

COLUMNS = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Federations (code)",
    "Federations (name)",
    "Trusts (name)",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "TelephoneNum",
    "Easting",
    "Northing",
)

#: The real register has some 140 columns; these stand in for those nobody reads.
FILLER = tuple(f"Column {number} (name)" for number in range(115))
_FILLED = ("Not applicable",) * 60 + ("",) * 55

_PLACES = ("Quillmarsh", "Thistlemere", "Tansyhurst", "Wrenfold", "Ôbrindle", "Larkenshaw", "Mossgrave", "Pennywick")
_TYPES = (
    ("1", "Community school", "Primary School", "Primary"),
    ("34", "Academy converter", "Academy", "Secondary"),
    ("7", "Community special school", "Special School", "Not applicable"),
    ("14", "Pupil referral unit", "Centre", "Not applicable"),
    ("15", "Local authority nursery school", "Nursery", "Nursery"),
    ("18", "Further education", "College", "16 plus"),
)

#: The three-digit codes of the made authorities: no authority of England has them.
CODES = tuple(f"9{number:02d}" for number in range(152 - 52))


def establishment(urn: int = 900_001, **cells: str) -> dict[str, str]:
    """A row of the register with nothing wrong in it; what a keyword cannot spell is given by ``cells_of``."""
    return {
        "URN": str(urn),
        "LA (code)": "900",
        "LA (name)": "Wrenshire",
        "EstablishmentNumber": "2001",
        "EstablishmentName": "Quillmarsh Primary School",
        "TypeOfEstablishment (code)": "1",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1998",
        "PhaseOfEducation (name)": "Primary",
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "Street": "1 Thistle Lane",
        "Town": "Quillmarsh",
        "Postcode": "ZZ1 1ZZ",
    } | {_LONG.get(key, key): value for key, value in cells.items()}


_LONG = {
    "la": "LA (code)",
    "name": "EstablishmentName",
    "type_code": "TypeOfEstablishment (code)",
    "type_name": "TypeOfEstablishment (name)",
    "status": "EstablishmentStatus (code)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "phase": "PhaseOfEducation (name)",
    "low": "StatutoryLowAge",
    "federation_code": "Federations (code)",
    "federation": "Federations (name)",
    "trust": "Trusts (name)",
    "town": "Town",
}


def register(rows: Iterable[Mapping[str, str]], encoding: str = "cp1252") -> GivenFile:
    """A small register as a file given."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return GivenFile.holding("edubasealldata20261110.csv", written.getvalue().encode(encoding))


def write_whole_register(path: Path, many: int = 50_000, seed: int = 1) -> Path:
    """Write a register of the real one's size and shape: about 60 MB, Windows-1252, 140 columns."""
    with path.open("w", encoding="cp1252", newline="") as written:
        writer = csv.writer(written)
        writer.writerow((*COLUMNS, *FILLER))
        writer.writerows(_rows(many, random.Random(seed)))
    return path


def _rows(many: int, chance: random.Random) -> Iterator[tuple[str, ...]]:
    for number in range(many):
        code = CODES[number % len(CODES)]
        type_code, type_name, ending, phase = chance.choice(_TYPES)
        place = chance.choice(_PLACES)
        closed = chance.random() < 0.45
        federated = chance.random() < 0.04
        federation = 7_000 + number % 40
        yield (
            str(900_000 + number),
            code,
            f"Wrenshire {code}",
            str(2_000 + number % 7_000),
            f"{place} {ending} {number}",
            type_code,
            type_name,
            "Schools",
            "2" if closed else "1",
            "Closed" if closed else "Open",
            "01-09-1998",
            "31-08-2015" if closed else "",
            phase,
            "4",
            "16",
            str(federation) if federated else "",
            f"The {place} Federation {federation}" if federated else "",
            "",
            f"{number} Thistle Lane",
            "",
            "",
            place,
            "Wrenshire",
            "ZZ1 1ZZ",
            "01632960111",
            *_FILLED,
        )
