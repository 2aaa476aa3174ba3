"""What a reader checks in a file: each check with its id, its weight and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from cmcore.base.findings import Finding, Refused, Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for in every file of a kind.

    ``block`` means that the row is held back and the rest comes in; ``warn`` and ``inform`` let the row in.
    """

    id: str
    severity: Severity
    statement: str

    def found(
        self,
        message: str,
        *,
        file: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        way_out: str = "",
    ) -> Finding:
        """A finding of this check at one place of one file."""
        return Finding(message, self.id, self.severity, column, way_out, file, row, column, value)


def refused_file(
    name: str,
    message: str,
    way_out: str = "",
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Refused:
    """A refusal of a whole file, ready to raise: nothing of it is read."""
    return Refused([Finding(message, way_out=way_out, file=name, row=row, column=column, value=value)])


def clipped(value: str, most: int = 60) -> str:
    """A cell's text short enough to stand in a sentence."""
    return value if len(value) <= most else value[: most - 1] + "…"
