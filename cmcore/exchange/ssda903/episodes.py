"""The episodes file read into episodes of care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from cmcore.exchange.ssda903 import checks
from cmcore.exchange.ssda903.children import Children, Row
from cmcore.exchange.ssda903.codes import (
    CATEGORY_OF_NEED,
    LEGAL_STATUS,
    PLACEMENT,
    PROVIDER,
    REASON_CEASED,
    REASON_NEW_EPISODE,
)
from cmcore.exchange.ssda903.reading import MOST_URN, Reading, as_written
from cmcore.exchange.ssda903.rows import Child, Episode


def read_episodes(rows: Iterable[Row], reading: Reading, children: Children) -> list[Episode]:
    """The episodes of the children that came in. Held back: no usable start, an end before it."""
    by_child: dict[str, list[Episode]] = {}
    started: dict[tuple[str, date], tuple[int, tuple[str, ...]]] = {}
    episodes: list[Episode] = []
    known = children.by_id
    for row, cells in rows:
        child = known.get(cells[0]) or children.named(cells[0], row, reading)
        if child is None:
            continue
        episode = _episode(row, cells, child, reading)
        if episode is None:
            children.incomplete.add(child.child_id)
            continue
        first, before = started.setdefault((child.child_id, episode.started_on), (row, cells))
        if first != row:
            _doubled(reading, row, first, cells[1], same=before == cells)
            continue
        episodes.append(episode)
        if child.child_id in by_child:
            by_child[child.child_id].append(episode)
        else:
            by_child[child.child_id] = [episode]
    for of_child in by_child.values():
        if len(of_child) > 1:
            _compare(reading, of_child)
    return episodes


def _episode(row: int, cells: tuple[str, ...], child: Child, reading: Reading) -> Episode | None:
    _, start, new, legal, need, place, provider, end, ceased, urn = cells
    if not start:
        message = "There is no day on which the episode started."
        reading.found(
            checks.NOT_A_DAY, message, row, "DECOM", "", "Put it in and bring the file in again; this row waits."
        )
        return None
    started_on = reading.past.get(start) or reading.past_day(start, row, "DECOM", "the day the episode started")
    if started_on is None:
        return None
    if started_on < child.born_on:
        reading.found(
            checks.BEFORE_BIRTH,
            f"It starts before the date of birth, {as_written(child.born_on)} (header file, row {child.row}).",
            row,
            "DECOM",
            start,
            "Put the wrong one right in the return and bring the files in again; this row waits.",
        )
        return None
    ended_on = None
    if end:
        ended_on = reading.past.get(end) or reading.past_day(end, row, "DEC", "the day the episode ceased")
        if ended_on is None:
            return None
        if ended_on < started_on:
            reading.found(
                checks.ENDS_BEFORE_START,
                f"The episode ceases on {end}, before it starts on {start}.",
                row,
                "DEC",
                end,
                "Put the wrong one right in the return and bring the file in again; this row waits.",
            )
            return None
    # A code that is known is taken as it stands: five questions a row are most of the work here.
    code = reading.code
    return Episode(
        row,
        child.child_id,
        started_on,
        new if new in REASON_NEW_EPISODE else code(new, row, "RNE", REASON_NEW_EPISODE),
        legal if legal in LEGAL_STATUS else code(legal, row, "LS", LEGAL_STATUS),
        need if need in CATEGORY_OF_NEED else code(need, row, "CIN", CATEGORY_OF_NEED),
        place if place in PLACEMENT else code(place, row, "PLACE", PLACEMENT),
        provider if provider in PROVIDER else code(provider, row, "PLACE_PROVIDER", PROVIDER, needed=False),
        ended_on,
        ceased if ended_on and ceased in REASON_CEASED else _reason_ceased(reading, row, ceased, ended=bool(ended_on)),
        urn.upper() if 0 < len(urn) <= MOST_URN and urn.strip("Xx") else None,
    )


def children_without_episode(reading: Reading, children: Children, episodes: Iterable[Episode]) -> None:
    """Warn of every child of the header file without an episode that came in."""
    there = {episode.child_id for episode in episodes}
    for child_id, child in children.by_id.items():
        if child_id not in there:
            reading.found(
                checks.NO_EPISODE,
                "This child has no episode of care.",
                child.row,
                "CHILD",
                child_id,
                "The row comes in; look whether the episodes file is whole.",
            )


def _reason_ceased(reading: Reading, row: int, text: str, *, ended: bool) -> str | None:
    if ended:
        if not text:
            reading.found(
                checks.END_WITHOUT_REASON,
                "The episode ceased, but there is no reason.",
                row,
                "REC",
                "",
                "The row comes in without it.",
            )
            return None
        return reading.code(text, row, "REC", REASON_CEASED)
    if text:
        reading.found(
            checks.REASON_WITHOUT_END,
            "There is a reason for ceasing but no day, so the episode is open and the reason is left out.",
            row,
            "REC",
            text,
            "The row comes in; put in the day it ceased, or take out the reason.",
        )
    return None


def _doubled(reading: Reading, row: int, first: int, start: str, *, same: bool) -> None:
    if same:
        reading.found(
            checks.EPISODE_TWICE, f"This is the same row as row {first}; it was left out.", row, "DECOM", start
        )
        return
    reading.found(
        checks.EPISODE_DIFFERS,
        f"This child's episode in row {first} starts on the same day, and the two rows differ.",
        row,
        "DECOM",
        start,
        f"Row {first} is used and this row waits; take out the wrong one and bring the file in again.",
    )


def _compare(reading: Reading, of_child: list[Episode]) -> None:
    """Warn where one child's episodes are open together or overlap; nothing is invented to part them."""
    in_order = sorted(of_child, key=lambda episode: episode.started_on)
    first_open: Episode | None = None
    for before, after in pairwise(in_order):
        if first_open is None and before.ended_on is None:
            first_open = before
        if after.ended_on is None and first_open is not None:
            reading.found(
                checks.TWO_OPEN,
                f"This child has another open episode, from {as_written(first_open.started_on)} "
                f"in row {first_open.row}.",
                after.row,
                "DEC",
                "",
                "Both come in; put in the day the earlier one ceased.",
            )
        elif before.ended_on is None or after.started_on < before.ended_on:
            reading.found(
                checks.OVERLAP,
                f"The one in row {before.row}, from {as_written(before.started_on)}, had not ceased when this started.",
                after.row,
                "DECOM",
                as_written(after.started_on),
                "Both come in; put in the day the earlier one ceased.",
            )
