"""The register read as a stream: fifty thousand rows go by, those asked for are kept.

Source: Get Information About Schools, "all establishment data" (edubasealldata…csv).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.columns import Column, Matched
from cmcore.exchange.gias.kinds import kind_of
from cmcore.exchange.given import GivenFile
from cmcore.exchange.tables import Table, open_table

#: The register has about 60 MB; twice as much is still read.
MOST_BYTES = 200_000_000

#: What is read of the register, by its own headings; the words people use for them are those of exports and of notes.
ASKED = (
    Column(
        "URN", "URN", True, "The number of the establishment", ("unique reference number", "school urn", "urn number")
    ),
    Column(
        "LA (code)", "Local authority code", True, "Three digits", ("la code", "lea code", "authority code", "la no")
    ),
    Column("LA (name)", "Local authority", True, "Its name", ("la name", "authority", "authority name", "lea")),
    Column(
        "EstablishmentName",
        "Name of the establishment",
        True,
        "A name",
        ("establishment name", "school name", "name", "name of school", "school", "setting"),
    ),
    Column(
        "TypeOfEstablishment (code)",
        "Type of establishment, code",
        True,
        "A number of the register",
        ("type of establishment code", "establishment type code", "type code", "school type code"),
    ),
    Column(
        "TypeOfEstablishment (name)",
        "Type of establishment",
        True,
        "Words",
        ("type of establishment name", "establishment type", "type name", "school type"),
    ),
    Column(
        "EstablishmentStatus (code)",
        "Whether it is open, code",
        True,
        "1 open, 2 closed, 3 to close, 4 to open",
        ("establishment status code", "status code", "open or closed code"),
    ),
    Column("OpenDate", "Opened on", True, "dd-mm-yyyy, or nothing", ("open date", "date opened", "opening date")),
    Column("CloseDate", "Closed on", True, "dd-mm-yyyy, or nothing", ("close date", "date closed", "closing date")),
    Column("EstablishmentNumber", "Number within the authority", False, "", ("establishment number", "dfe number")),
    Column("PhaseOfEducation (name)", "Phase", False, "", ("phase of education name", "phase of education")),
    Column("StatutoryLowAge", "Youngest age", False, "", ("statutory low age", "lowest age", "age from")),
    Column("StatutoryHighAge", "Oldest age", False, "", ("statutory high age", "highest age", "age to")),
    Column("Federations (code)", "Federation, code", False, "", ("federation code", "federations code")),
    Column("Federations (name)", "Federation", False, "", ("federation name", "federations name")),
    Column("Trusts (name)", "Trust", False, "", ("trust name", "trusts name", "academy trust")),
    Column("Street", "Street", False, "", ("address 1", "address line 1")),
    Column("Locality", "Locality", False, "", ("address 2", "address line 2")),
    Column("Address3", "Third line of the address", False, "", ("address 3", "address line 3")),
    Column("Town", "Town", False, "", ("city", "post town")),
    Column("County (name)", "County", False, "", ("county name",)),
    Column("Postcode", "Postcode", False, "", ("post code",)),
    Column(
        "TelephoneNum", "Telephone", False, "", ("telephone num", "telephone number", "phone", "phone number", "tel")
    ),
    Column("Easting", "Easting", False, "Metres", ()),
    Column("Northing", "Northing", False, "Metres", ()),
)
COLUMNS = tuple(one.key for one in ASKED if one.required)
OPTIONAL = tuple(one.key for one in ASKED if not one.required)

NO_URN = Check(
    "R-GIAS-1", Severity.block, "Every establishment has a unique reference number, which is a whole number."
)
NO_NAME = Check("R-GIAS-2", Severity.block, "Every establishment has a name.")
URN_TWICE = Check("R-GIAS-3", Severity.block, "An establishment stands once in the register.")
NOT_A_DAY = Check("R-GIAS-4", Severity.warn, "The days of opening and closing are days, written dd-mm-yyyy.")
NOT_AN_AGE = Check("R-GIAS-5", Severity.warn, "The statutory ages are whole numbers.")
CHECKS = (NO_URN, NO_NAME, URN_TWICE, NOT_A_DAY, NOT_AN_AGE)

#: The register's codes of status.
OPEN, CLOSED, TO_CLOSE, TO_OPEN = "1", "2", "3", "4"

#: The register writes "Not applicable" where there is nothing.
_NOTHING = frozenset({"", "not applicable", "not supported by a federation", "not recorded"})


@dataclass(slots=True)
class Establishment:
    """One establishment of the register. ``kind`` is ours; ``row`` is the row of the file."""

    row: int
    urn: int
    name: str
    kind: str
    la_code: str
    la_name: str
    type_name: str
    status: str
    opened_on: date | None
    closed_on: date | None
    number: str = ""
    phase: str = ""
    low_age: int | None = None
    high_age: int | None = None
    federation_code: str = ""
    federation_name: str = ""
    trust: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    phone: str = ""
    #: Metres on the British National Grid.
    easting: int | None = None
    northing: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is open, be it proposed to close."""
        return self.status in (OPEN, TO_CLOSE)


@dataclass
class Register:
    """The register being read: count of rows gone by and what was found wrong with those asked for."""

    table: Table
    rows_read: int = 0
    findings: list[Finding] = field(default_factory=list)

    def establishments(self, authorities: Collection[str], urns: Collection[int] = ()) -> Iterator[Establishment]:
        """The open establishments of some authorities (three-digit codes), and those of some numbers, open or not.

        Faults are reported of rows asked for only. A row without a number or a name is held back.
        """
        wanted_authorities = {code.lstrip("0") for code in authorities}
        wanted_urns = {str(urn) for urn in urns}
        seen: dict[str, int] = {}
        for row, cells in self.table.rows(COLUMNS, OPTIONAL):
            self.rows_read += 1
            by_number = cells[0] in wanted_urns
            if not by_number and (cells[1].lstrip("0") not in wanted_authorities or cells[6] not in (OPEN, TO_CLOSE)):
                continue
            first = seen.setdefault(cells[0], row)
            if first != row and cells[0]:
                self._found(URN_TWICE, f"This number stands in row {first} already.", row, "URN", cells[0])
                continue
            made = self._establishment(row, cells)
            if made is not None:
                yield made
        self.findings = [*self.table.findings, *self.findings]

    def _establishment(self, row: int, cells: tuple[str, ...]) -> Establishment | None:
        urn, la_code, la_name, name, type_code, type_name, status, opened, closed = cells[:9]
        number, phase, low, high, federation_code, federation, trust, *address = cells[9:]
        street, locality, third, town, county, postcode, phone, easting, northing = address
        if not (urn.isascii() and urn.isdigit() and 0 < len(urn) < 10):
            self._found(NO_URN, "There is no unique reference number here.", row, "URN", urn, "The row was left out.")
            return None
        if not name:
            self._found(
                NO_NAME, "This establishment has no name.", row, "EstablishmentName", "", "The row was left out."
            )
            return None
        phase = _something(phase)
        federation_code, federation = _something(federation_code), _something(federation)
        return Establishment(
            row,
            int(urn),
            name[:200],
            kind_of(type_code, type_name, name, phase),
            la_code.zfill(3)[-3:],
            la_name[:120],
            type_name[:120],
            status,
            self._day(opened, row, "OpenDate"),
            self._day(closed, row, "CloseDate"),
            number[:10],
            phase[:60],
            self._age(low, row, "StatutoryLowAge"),
            self._age(high, row, "StatutoryHighAge"),
            federation_code[:20] if federation else "",
            federation[:200] if federation_code else "",
            _something(trust)[:200],
            street[:200],
            ", ".join(part for part in (locality, third) if part)[:200],
            town[:100],
            _something(county)[:100],
            postcode[:10],
            phone[:40],
            _metres(easting),
            _metres(northing),
        )

    def _day(self, text: str, row: int, column: str) -> date | None:
        if not text:
            return None
        day, _, rest = text.replace("/", "-").partition("-")
        month, _, year = rest.partition("-")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            self._found(NOT_A_DAY, f"{clipped(text)} is not a day.", row, column, text, "It was left empty.")
            return None

    def _age(self, text: str, row: int, column: str) -> int | None:
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 4:
            return int(text)
        self._found(NOT_AN_AGE, f"{clipped(text)} is not an age.", row, column, text, "It was left empty.")
        return None

    def _found(self, check: Check, message: str, row: int, column: str, value: str, way_out: str = "") -> None:
        there = self.table.called(column)
        self.findings.append(
            check.found(message, file=self.table.name, row=row, column=there, value=clipped(value), way_out=way_out)
        )


def open_register(given: GivenFile, *, most_bytes: int = MOST_BYTES, matched: Matched | None = None) -> Register:
    """Open the register and look at its columns; nothing else is read yet.

    ``matched`` says where each column stands, where somebody said so. Refuses what is no CSV, what is too large, and a
    register without the columns needed, naming them.
    """
    table = open_table(given, most_bytes=most_bytes, usual="cp1252", heading_row=matched.row if matched else 1)
    table.matched = matched.places if matched else None
    table.places_of(COLUMNS, OPTIONAL)
    return Register(table)


def _metres(text: str) -> int | None:
    """Metres on the grid; nothing where there are none. Nought is what the register writes of a place without one."""
    return (int(text) or None) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _something(text: str) -> str:
    return "" if text.casefold() in _NOTHING else text
