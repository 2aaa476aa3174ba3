"""What the import pages show of a plan: counts, rows cell by cell with old and new, and findings in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from cmcore.answers.exporting import Table
from cmcore.base.clock import short_day
from cmcore.base.findings import Finding, Severity
from cmcore.base.words import count
from cmcore.exchange.gias import read as gias
from cmcore.exchange.ssda903 import checks as ssda903
from cmcore.exchange.ssda903 import codes
from cmcore.exchange.ssda903.upn import masked
from cmcore.returns import checks as returns
from cmcore.returns.plan import CHANGED, ENDED, NEW, Change, Plan
from cmcore.reviews.words import ReviewKind
from cmcore.virtual_schools.words import SettingKind
from cmcore.young_people.words import CareStatus, Sex
from console.columns import words_of
from console.shown import State

#: What one and many of each kind are called here.
KINDS = {
    "young_person": ("young person", "young people"),
    "care_episode": ("care episode", "care episodes"),
    "review": ("SDQ total", "SDQ totals"),
    "setting": ("setting", "settings"),
    "federation": ("federation", "federations"),
}
LOOKS = {
    NEW: State("New", "note", "ring"),
    CHANGED: State("Changed", "ok", "tick"),
    ENDED: State("Ended", "plain", "bars"),
}
PAGE = 50
#: Findings of one check that are written out before the rest is counted.
WRITTEN_OUT = 5
_SAID: Mapping[str, Any] = {
    "legal_status": codes.LEGAL_STATUS.say,
    "placement": codes.PLACEMENT.say,
    "provider": codes.PROVIDER.say,
    "reason_new": codes.REASON_NEW_EPISODE.say,
    "reason_ceased": codes.REASON_CEASED.say,
    "need": codes.CATEGORY_OF_NEED.say,
    "ethnicity": codes.ETHNIC.say,
    "upn": masked,
    "sex": Sex.say,
    "care_status": CareStatus.say,
    "kind_of_review": ReviewKind.say,
    "kind_of_setting": SettingKind.say,
}
_LABELS = {
    "born_on": "Date of birth",
    "starts_on": "From",
    "ends_on": "To",
    "upn": "Pupil number",
    "upn_unknown": "No pupil number",
    "reason_new": "Why it began",
    "reason_ceased": "Why it ended",
    "held_on": "As at",
}


#: What becomes of a row, by how grave it is.
_KEPT_BACK = {Severity.block: "held back", Severity.warn: "comes in", Severity.inform: "to know"}

#: What each check looks for, by its id.
STATEMENTS = {check.id: check.statement for owner in (ssda903, gias, returns) for check in owner.CHECKS}


@dataclass(frozen=True)
class Row:
    """One record that would be made or changed: what would happen, where it stands in the file, what it says."""

    look: State
    kind: str
    known_as: str
    row: int | None
    cells: tuple[tuple[str, Markup], ...]


@dataclass
class Group:
    """Findings of one check: the first few written out, the rest counted."""

    rule: str
    severity: str
    statement: str
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def counted(self) -> str:
        """How many of what: rows, or files where it is said of the whole file."""
        return count(self.count, "row" if any(one.row for one in self.findings) else "file")


def rows_of(changes: Iterable[Change]) -> list[Row]:
    """Changes as rows; an old value is struck through, the new one follows."""
    made = []
    for one in changes:
        names = [name for name in one.after if one.what == NEW or name in one.before]
        shown = [name for name in names if one.what != NEW or one.after[name] not in (None, "")]
        cells = tuple((_LABELS.get(name) or words_of(name), _cell(one, name)) for name in shown)
        made.append(Row(LOOKS[one.what], KINDS[one.kind][0].capitalize(), one.known_as, one.row, cells))
    return made


def _cell(change: Change, name: str) -> Markup:
    after = said(name, change.after.get(name))
    if change.what == NEW:
        return escape(after)
    before = said(name, change.before.get(name))
    return Markup("<del>{}</del> <ins>{}</ins>").format(before or "nothing", after or "nothing")


def said(name: str, value: Any) -> str:
    """A value of a column in words: codes with their meaning, days as tables show them, pupil numbers masked."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, dict):
        return ", ".join(f"{words_of(key)} {each}" for key, each in value.items())
    return str(_SAID[name](value)) if name in _SAID else str(value)


def groups_of(findings: Iterable[Finding]) -> list[Group]:
    """Findings by the check that made them: what is held back first, then warnings, then what is only told."""
    found: dict[tuple[str, str], Group] = {}
    for one in findings:
        group = found.setdefault((one.rule or one.message, str(one.severity)), _group(one))
        group.count += 1
        if len(group.findings) < WRITTEN_OUT:
            group.findings.append(one)
    order = {"block": 0, "warn": 1, "inform": 2}
    return sorted(found.values(), key=lambda group: (order[group.severity], -group.count))


def findings_table(findings: Iterable[Finding]) -> Table:
    """Every finding as a row to work through: where it stands and what to do, without what stood there."""
    rows = (
        (one.file or "", one.row, one.column or "", _KEPT_BACK[one.severity], one.rule or "", one.message, one.way_out)
        for one in findings
    )
    return Table(
        "Findings", ("File", "Row", "Column", "What of it", "Rule", "What is wrong", "What to do"), tuple(rows)
    )


def _group(one: Finding) -> Group:
    return Group(one.rule or "", str(one.severity), STATEMENTS.get(one.rule or "", one.message))


def counts_of(plan: Plan) -> list[tuple[int, State]]:
    """The counts at the top: new, changed, ended, the same, held back."""
    told = plan.counts()
    total = {what: sum(each[what] for each in told.values()) for what in (NEW, CHANGED, ENDED, "same")}
    held = len({(one.file, one.row) for one in plan.held_back})
    warned = len({(one.file, one.row) for one in plan.findings if one.severity is Severity.warn})
    return [
        (total[NEW], LOOKS[NEW]),
        (total[CHANGED], LOOKS[CHANGED]),
        (total[ENDED], LOOKS[ENDED]),
        (total["same"], State("The same", "none", "dot")),
        (held, State("Held back", "stop", "stop") if held else State("Held back", "none", "ring")),
        (warned, State("With a warning", "warn", "warn") if warned else State("With a warning", "none", "ring")),
    ]


def narrowed(plan: Plan, show: str) -> list[Change]:
    """The changes of one sort; everything where no sort is named."""
    every = list(plan.all_changes())
    return [one for one in every if one.what == show] if show in (NEW, CHANGED, ENDED) else every
