"""What a later return ends by no longer naming it. Pure.

A return names every episode open on the 1 April its year begins with. What is held as open from before that day and is
no longer named had therefore ended before the year began, and is ended on the last day of the year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.exchange.ssda903.rows import Return
from cmcore.returns import checks
from cmcore.returns.held import Held, HeldEpisode
from cmcore.returns.plan import ENDED, Change, Plan


@dataclass(frozen=True, slots=True)
class Endings:
    """Finds what one return ends, and puts it into the plan with a finding that says why and on which day."""

    made: Return
    held: Held
    plan: Plan
    kind: str

    @property
    def year_starts_on(self) -> date:
        """The 1 April the year of the return begins with."""
        return date(self.made.year_ends_on.year - 1, 4, 1)

    def of_child(
        self, child_id: str, row: int, held: Iterable[HeldEpisode], told: set[date]
    ) -> Iterator[tuple[HeldEpisode, date]]:
        """The open episodes of a named child that are no longer told, each with the day it ends on."""
        for episode in held:
            starts_on = episode.values["starts_on"]
            if starts_on in told or episode.values["ends_on"] is not None:
                continue
            if starts_on >= self.year_starts_on:
                message = f"The episode from {starts_on:%d/%m/%Y} is held as open, and this return does not name it."
                self._not_named("episodes", message, child_id, row)
                continue
            next_start = min((start for start in told if start > starts_on), default=None)
            yield episode, self._end(child_id, row, episode, next_start)

    def of_absent(self, named: set[str]) -> Iterator[tuple[str, dict[int, date]]]:
        """The children no longer named: each child id, with the day each of its open episodes (by key) ends on.

        A return without more than half of the children held as looked after is taken for a part, and ends nothing.
        """
        absent: dict[str, list[HeldEpisode]] = {}
        looked_after = 0
        for child_id, person in self.held.by_child_id.items():
            episodes = self.held.episodes.get(person.id)
            still_open = [one for one in episodes.values() if one.values["ends_on"] is None] if episodes else []
            looked_after += bool(still_open)
            if still_open and child_id not in named:
                absent[child_id] = still_open
        if 2 * len(absent) > looked_after:
            self._part_only(len(absent), looked_after)
            return
        for child_id, still_open in absent.items():
            if any(one.values["starts_on"] >= self.year_starts_on for one in still_open):
                message = "This child is held as looked after in the year of this return, which does not name them."
                self._not_named("header", message, child_id, None)
            else:
                yield child_id, {one.id: self._end(child_id, None, one, None) for one in still_open}

    def _end(self, child_id: str, row: int | None, episode: HeldEpisode, next_start: date | None) -> date:
        starts_on: date = episode.values["starts_on"]
        last_day = self.year_starts_on - timedelta(days=1)
        ends_on = max(starts_on, min(last_day, next_start) if next_start else last_day)
        self.plan.changed.append(
            Change(self.kind, ENDED, child_id, row, episode.id, {"ends_on": None}, {"ends_on": ends_on})
        )
        self.plan.findings.append(
            checks.ENDED_BY_ABSENCE.found(
                f"The episode from {starts_on:%d/%m/%Y} is held as open and this return no longer names it, so it had "
                f"ended before {self.year_starts_on:%d/%m/%Y}. It is ended on {ends_on:%d/%m/%Y}.",
                file=self.made.files["episodes"],
                row=row,
                column=self.made.called("episodes", "CHILD"),
                value=child_id,
                way_out="Put in the day it ceased, if you know it.",
            )
        )
        return ends_on

    def _part_only(self, absent: int, looked_after: int) -> None:
        self.plan.findings.append(
            checks.PART_ONLY.found(
                f"{absent:,} of {looked_after:,} children held as looked after are not in this return. It seems to be "
                "a part only, so nothing was ended for them.",
                file=self.made.files["header"],
                way_out="Bring in the whole return.",
            )
        )

    def _not_named(self, part: str, message: str, child_id: str, row: int | None) -> None:
        self.plan.findings.append(
            checks.NOT_IN_RETURN.found(
                message,
                file=self.made.files[part],
                row=row,
                column=self.made.called(part, "CHILD"),
                value=child_id,
                way_out="Nothing was changed; look whether the return is whole.",
            )
        )
