"""The public register of schools: who is in it for an authority, as a stream in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cmcore.base.findings import Refused
from cmcore.exchange.gias.kinds import KIND_OF_TYPE, kind_of
from cmcore.exchange.gias.read import (
    NO_NAME,
    NO_URN,
    NOT_A_DAY,
    NOT_AN_AGE,
    URN_TWICE,
    Establishment,
    Register,
    open_register,
)
from cmcore.exchange.given import GivenFile
from tests.cmcore.exchange.made_register import establishment, register, write_whole_register

ROOT = Path(__file__).resolve().parents[3]


def reading(*rows: dict[str, str]) -> Register:
    return open_register(register(rows))


def found(
    *rows: dict[str, str], authorities: tuple[str, ...] = ("900",), urns: tuple[int, ...] = ()
) -> list[Establishment]:
    return list(reading(*rows).establishments(authorities, urns))


def test_an_establishment_comes_with_all_a_virtual_school_needs() -> None:
    [school] = found(
        establishment(
            federation_code="7001",
            federation="The Larkenshaw Federation",
            trust="Tansyhurst Trust",
            name="Ôbrindle Primary School",
            opened="01-09-1998",
        )
    )
    assert school.urn == 900_001
    assert school.name == "Ôbrindle Primary School"
    assert (school.kind, school.la_code, school.la_name) == ("school", "900", "Wrenshire")
    assert (school.opened_on, school.closed_on, school.is_open) == (date(1998, 9, 1), None, True)
    assert (school.low_age, school.high_age, school.phase) == (4, 11, "Primary")
    assert (school.federation_code, school.federation_name) == ("7001", "The Larkenshaw Federation")
    assert school.trust == "Tansyhurst Trust"
    assert school.postcode == "ZZ1 1ZZ"


def test_an_authority_its_neighbours_and_single_numbers_are_found() -> None:
    rows = [
        establishment(1, la="900"),
        establishment(2, la="901"),
        establishment(3, la="902"),
        establishment(4, la="903"),
    ]
    assert [one.urn for one in found(*rows)] == [1]
    assert [one.urn for one in found(*rows, authorities=("900", "902"))] == [1, 3]
    assert [one.urn for one in found(*rows, urns=(4,))] == [1, 4]


def test_closed_and_proposed_ones_are_found_only_by_their_number() -> None:
    rows = [
        establishment(1, status="2", closed="31-08-2015"),
        establishment(2, status="3"),
        establishment(3, status="4"),
    ]
    assert [one.urn for one in found(*rows)] == [2]
    closed, to_close = found(*rows, urns=(1,))
    assert (closed.urn, closed.is_open, closed.closed_on) == (1, False, date(2015, 8, 31))
    assert to_close.is_open


@pytest.mark.parametrize(
    ("code", "type_name", "name", "phase", "kind"),
    [
        ("1", "Community school", "Quillmarsh Primary", "Primary", "school"),
        ("01", "Community school", "Quillmarsh Primary", "Primary", "school"),
        ("34", "Academy converter", "Quillmarsh Nursery", "Nursery", "early_years"),
        ("15", "Local authority nursery school", "Quillmarsh", "Nursery", "early_years"),
        ("7", "Community special school", "Thistlemere School", "", "special_school"),
        ("7", "Community special school", "Thistlemere Hospital School", "", "hospital"),
        ("14", "Pupil referral unit", "Wrenfold Centre", "", "pupil_referral_unit"),
        ("42", "Academy alternative provision converter", "Wrenfold", "", "alternative_provision"),
        ("18", "Further education", "Mossgrave College", "16 plus", "college"),
        ("24", "Secure units", "Pennywick House", "", "secure_unit"),
        ("27", "Miscellaneous", "Pennywick", "", "other"),
        ("99", "Academy secure 16 to 19", "Pennywick", "", "secure_unit"),
        ("99", "Free schools alternative provision (new)", "Pennywick", "", "alternative_provision"),
        ("99", "Children’s centre", "Pennywick", "", "early_years"),
        ("99", "Something else", "Pennywick", "", "other"),
    ],
)
def test_the_registers_types_are_our_kinds(code: str, type_name: str, name: str, phase: str, kind: str) -> None:
    assert kind_of(code, type_name, name, phase) == kind


def test_every_kind_of_the_register_is_one_of_ours() -> None:
    from cmcore.virtual_schools.words import SettingKind

    assert set(KIND_OF_TYPE.values()) | {"hospital"} <= {kind.value for kind in SettingKind}


def test_where_a_place_lies_is_read_and_what_is_no_number_is_left_empty() -> None:
    rows = [
        establishment(1, Easting="412345", Northing="301234"),
        establishment(2, Easting="0", Northing=""),
        establishment(3, Easting="east", Northing="-12"),
    ]
    assert [(one.easting, one.northing) for one in found(*rows)] == [(412345, 301234), (None, None), (None, None)]


def test_faults_of_rows_asked_for_are_found_and_no_others() -> None:
    given = reading(
        establishment(1, URN=""),
        establishment(2, URN="12A"),
        establishment(3, name=""),
        establishment(4, opened="31-02-1998", low="four"),
        establishment(4),
        establishment(5, la="901", URN="", opened="never"),
    )
    assert [one.urn for one in given.establishments(("900",))] == [4]
    assert [(one.rule, one.row) for one in given.findings] == [
        (NO_URN.id, 2),
        (NO_URN.id, 3),
        (NO_NAME.id, 4),
        (NOT_A_DAY.id, 5),
        (NOT_AN_AGE.id, 5),
        (URN_TWICE.id, 6),
    ]
    assert given.rows_read == 6


def test_nothing_stands_for_not_applicable() -> None:
    [school] = found(establishment(phase="Not applicable", trust="Not applicable", federation="Not applicable"))
    assert (school.phase, school.trust, school.federation_code) == ("", "", "")


def test_the_usual_encoding_is_not_worth_a_word() -> None:
    row = establishment(name="Ôbrindle Primary School")
    assert not open_register(register([row])).table.findings
    assert not open_register(register([row], encoding="utf-8")).table.findings


def test_a_register_without_its_columns_is_refused() -> None:
    given = GivenFile.holding(
        "register.csv", b"URN,LA (code),LA (name),Establishment Name\n1,900,Wrenshire,Quillmarsh\n"
    )
    with pytest.raises(Refused) as refused:
        open_register(given)
    [finding] = refused.value.findings
    assert "Columns are missing: EstablishmentName, TypeOfEstablishment (code)" in finding.message
    assert "Establishment Name may be EstablishmentName" in finding.message


def test_the_whole_register_goes_by_in_little_memory(tmp_path: Path) -> None:
    """Sixty megabytes are read as a stream: under 150 MB of memory and well under ten seconds."""
    path = write_whole_register(tmp_path / "edubasealldata20261110.csv")
    assert path.stat().st_size > 55_000_000
    # The peak of the process itself: getrusage would count what the parent held when it forked.
    asked = (
        "import json, re, resource, sys, time\n"
        "from pathlib import Path\n"
        "from cmcore.exchange.gias.read import open_register\n"
        "from cmcore.exchange.given import GivenFile\n"
        "began = time.process_time()\n"
        "register = open_register(GivenFile.at(Path(sys.argv[1])))\n"
        "found = list(register.establishments(['900', '901'], [949999]))\n"
        "status = Path('/proc/self/status')\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', status.read_text())[1]) if status.exists() else (\n"
        "    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
        "print(json.dumps({'found': len(found), 'rows': register.rows_read, 'seconds': time.process_time() - began,\n"
        "    'megabytes': peak / 1024}))\n"
    )
    ran = subprocess.run([sys.executable, "-c", asked, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    assert told["rows"] == 50_000
    assert 400 < told["found"] < 700
    assert told["megabytes"] < 150
    assert told["seconds"] < 10
