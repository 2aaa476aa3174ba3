"""Every rule is declared once and said somewhere: no id in the code that nobody declared, none that nobody says."""

from __future__ import annotations

import re
from pathlib import Path

from cmcore.base.policy import shipped_rules
from cmcore.exchange.checks import Check
from tests.house import sources
from tests.house.reference import files

ID = re.compile(r"(?<![\w-])R-[A-Z0-9]+-\d+")
DECLARED_IN = Path("cmcore/base/rules.toml")


def said() -> dict[str, str]:
    """Each id that the code says, with a file that says it."""
    found = {}
    for path in sources.python("cmcore", "console"):
        found |= dict.fromkeys(ID.findall(sources.read(path)), str(path))
    return found


def test_every_rule_the_code_says_is_declared() -> None:
    known = set(shipped_rules()) | {check.id for check in files.every_check()}
    assert not {rule: path for rule, path in said().items() if rule not in known}


def test_every_rule_that_is_declared_is_said() -> None:
    assert set(shipped_rules()) <= set(said())


def test_no_check_of_a_file_has_the_id_of_another() -> None:
    checks: list[Check] = files.every_check()
    assert len({check.id for check in checks}) == len(checks)
