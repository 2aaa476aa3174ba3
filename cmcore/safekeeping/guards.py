"""What is looked at before a record moves, by the name its life cycle gives; later stages bring theirs to earlier ones.

A guard nobody brought refuses: a record never slips past a check because a module was not loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from cmcore.base.findings import Finding
from cmcore.safekeeping.work import Work

R = TypeVar("R")


class Guards(Generic[R]):
    """The guards of one kind of record, by name."""

    def __init__(self) -> None:
        """Begin with none."""
        self._brought: dict[str, Callable[[Work, R, date], list[Finding]]] = {}

    def bring(
        self, name: str
    ) -> Callable[[Callable[[Work, R, date], list[Finding]]], Callable[[Work, R, date], list[Finding]]]:
        """Bring the guard of that name: a function from (work, record, day) to findings."""

        def brought(function: Callable[[Work, R, date], list[Finding]]) -> Callable[[Work, R, date], list[Finding]]:
            self._brought[name] = function
            return function

        return brought

    def names(self) -> frozenset[str]:
        """The names somebody brought a guard for."""
        return frozenset(self._brought)

    def findings(self, names: tuple[str, ...], work: Work, record: R, on: date) -> list[Finding]:
        """What all of these guards say of a record on a day."""
        said: list[Finding] = []
        for name in names:
            brought = self._brought.get(name)
            said += (
                brought(work, record, on)
                if brought
                else [Finding(f"The check “{name}” is not installed, so this cannot be done.")]
            )
        return said
