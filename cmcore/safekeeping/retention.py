"""How long each kind of record is kept, and the earliest day it may be disposed of: DOMAIN §13."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.periods import birthday, financial_year, years_after
from cmcore.plugins.register import register


@dataclass(frozen=True)
class Facts:
    """What decides how long a record is kept; what is not known is nothing, and then it is kept."""

    born_on: date | None = None
    died_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class RetentionRule:
    """One rule of keeping: what it says, where it comes from, and the day from which disposal is possible."""

    key: str
    statement: str
    source: str
    due: Callable[[Facts], date | None]

    def disposal_on(self, facts: Facts, *, legal_hold: bool = False) -> date | None:
        """The first day disposal is possible; nothing while a legal hold stands or the facts are not known."""
        return None if legal_hold else self.due(facts)


def _child(facts: Facts) -> date | None:
    if facts.born_on is None:
        return None
    if facts.died_on is not None and facts.died_on < birthday(facts.born_on, 18):
        return years_after(facts.died_on, 15)
    return birthday(facts.born_on, 75)


def _six_years(facts: Facts) -> date | None:
    return None if facts.ended_on is None else date(financial_year(facts.ended_on) + 7, 4, 1)


def _ninety_days(facts: Facts) -> date | None:
    return None if facts.ended_on is None else facts.ended_on + timedelta(days=90)


def _week(facts: Facts) -> date | None:
    return None if facts.ended_on is None else facts.ended_on + timedelta(days=7)


def _never(_: Facts) -> date | None:
    return None


def _two_years(facts: Facts) -> date | None:
    return None if facts.ended_on is None else years_after(facts.ended_on, 2)


def _four_weeks(facts: Facts) -> date | None:
    return None if facts.ended_on is None else facts.ended_on + timedelta(days=28)


_CHILD = "To the 75th birthday, or 15 years after death before 18."
_SIX = "Six years and the current one, by financial year."

#: Every rule of keeping by its key; each record class names one.
RETENTION = {
    rule.key: rule
    for rule in (
        RetentionRule(
            "child",
            _CHILD,
            "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50",
            _child,
        ),
        RetentionRule("mentor", _SIX, "[Default] DOMAIN §13", _six_years),
        RetentionRule("six years", _SIX, "[Default] DOMAIN §13", _six_years),
        RetentionRule(
            "draft", "At once when it is sent, else 28 days after it was last saved.", "[Default]", _four_weeks
        ),
        RetentionRule("import", _CHILD, "It repeats what it changed in a child's record.", _child),
        RetentionRule(
            "workbook row",
            "90 days after it was held back; what was typed goes at once when it is mended or left out.",
            "[Default] Whatever came of it is kept as what it became.",
            _ninety_days,
        ),
        RetentionRule(
            "columns",
            "Two years after something was last brought in by it: what comes once a year may be left out once.",
            "[Default] Headings only; it can be confirmed again at any time.",
            _two_years,
        ),
        RetentionRule("a week", "Seven days after it was made: what it repeats is kept elsewhere.", "[Default]", _week),
        RetentionRule("authority", "As long as the authority uses the software.", "[Default]", _never),
        RetentionRule("account", _SIX, "Who could see what is evidence: as for the audit of those years.", _six_years),
        RetentionRule("audit", "As long as anything it speaks of is kept.", "DOMAIN §13", _never),
        RetentionRule("system", "Bookkeeping of the software; holds nothing about a person.", "[Default]", _never),
        RetentionRule("public register", "Public; as long as it is of use.", "Get Information About Schools", _never),
    )
}


@dataclass(frozen=True)
class Keeping:
    """How long the answers to one form are kept: the form's key, and the key of a rule of keeping."""

    form: str
    rule: str

    @property
    def key(self) -> str:
        """What it is known by among a plugin's declarations."""
        return self.form


def retention_rules() -> dict[str, RetentionRule]:
    """Every rule of keeping by its key: those of the core, and those that plugins brought."""
    brought = [one for one in register().declared("cm_retention") if isinstance(one, RetentionRule)]
    return {**{rule.key: rule for rule in brought}, **RETENTION}


def kept_by(form: str) -> RetentionRule:
    """The rule by which the answers to a form are kept; what nobody spoke of is kept as a child's record."""
    told = {one.form: one.rule for one in register().declared("cm_retention") if isinstance(one, Keeping)}
    known = retention_rules()
    return known.get(told.get(form, "child"), RETENTION["child"])
