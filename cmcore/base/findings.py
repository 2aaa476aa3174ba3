"""What the rules say: findings that block, warn or inform, each with its place and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs: ``block`` refuses, ``warn`` lets through and stays visible, ``inform`` only tells."""

    block = "block"
    warn = "warn"
    inform = "inform"


@dataclass(frozen=True)
class Finding:
    """One thing a rule, a form or a file reader has to say.

    ``place`` names the question or column it is about; ``file``, ``row``, ``column`` and ``value`` say where in an
    imported file; ``way_out`` is what the reader can do about it.
    """

    message: str
    rule: str | None = None
    severity: Severity = Severity.block
    place: str | None = None
    way_out: str = ""
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __init__(
        self,
        message: str,
        rule: str | None = None,
        severity: Severity = Severity.block,
        place: str | None = None,
        way_out: str = "",
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Say one thing. A file may have thousands of findings, and a frozen class's own way takes twice as long."""
        said = self.__dict__
        said["message"], said["rule"], said["severity"], said["place"] = message, rule, severity, place
        said["way_out"], said["file"], said["row"], said["column"], said["value"] = way_out, file, row, column, value

    @property
    def blocks(self) -> bool:
        """Whether the act is refused because of it."""
        return self.severity is Severity.block

    def as_data(self) -> dict[str, Any]:
        """The finding as plain values, without what is empty, for JSON."""
        return {
            key: str(value) if isinstance(value, Severity) else value
            for key, value in asdict(self).items()
            if value not in (None, "")
        }

    def __str__(self) -> str:
        """The sentence a person reads: where, what, the way out, the rule."""
        where = ", ".join(
            part
            for part in (
                self.file or "",
                f"row {self.row}" if self.row is not None else "",
                f'"{self.column}"' if self.column else "",
            )
            if part
        )
        said = f"{where}: {self.message}" if where else self.message
        for extra in (self.way_out, self.rule):
            if extra:
                said = f"{said} {extra}"
        return said


class Refused(Exception):
    """An act was refused; ``findings`` say why, blocking ones first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings, the blocking ones first."""
        self.findings: tuple[Finding, ...] = tuple(sorted(findings, key=lambda one: not one.blocks))
        super().__init__(" ".join(str(one) for one in self.findings if one.blocks))


class NotAllowed(Refused):
    """The person's role does not include this act."""


class NotFound(Exception):
    """There is no such record within reach; whether it exists elsewhere is never said."""

    def __init__(self, what: str = "record") -> None:
        """Keep what was looked for, in words without a name."""
        self.what = what
        super().__init__("Not found.")


def refuse_if(findings: Iterable[Finding]) -> list[Finding]:
    """Raise :class:`Refused` if any finding blocks; otherwise give back the ones that warn or inform."""
    found = list(findings)
    if any(one.blocks for one in found):
        raise Refused(found)
    return found


def as_warnings(findings: Iterable[Finding]) -> list[Finding]:
    """What blocks is told as a warning: it will block a later step, and is pointed out at this one already."""
    return [replace(one, severity=Severity.warn) if one.blocks else one for one in findings]


def refuse(message: str, *, rule: str | None = None, place: str | None = None, way_out: str = "") -> Refused:
    """A refusal with one blocking finding, ready to raise."""
    return Refused([Finding(message, rule=rule, place=place, way_out=way_out)])
