"""Where the schools of the network lie to each other: places in a picture, worked out from metres on the grid. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: The picture's width and height, and how far its edge stays free, in its own units.
WIDTH, HEIGHT, EDGE = 720, 480, 36
#: The least stretch of ground that is shown, in metres: two schools in one street are not pulled apart.
LEAST = 4_000


@dataclass(frozen=True)
class Spot:
    """A school in the picture: its key, where it is, and its number in the list beside it."""

    key: int
    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Tie:
    """A line from the school that mentors to the one that is mentored, ending short of both marks."""

    x1: float
    y1: float
    x2: float
    y2: float
    goes_on: bool


@dataclass(frozen=True)
class Drawn:
    """The whole picture, and how many metres a hundred of its units are."""

    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    metres: float


def drawn(
    lie: Sequence[tuple[int, int, int, int]], mentors: Iterable[tuple[int, int, bool]], radius: float = 9
) -> Drawn:
    """Place schools given as (key, number, easting, northing), and join those of ``mentors`` (from, to, goes on).

    North is up and east is right, by one scale both ways. A line whose school lies nowhere is left out.
    """
    if not lie:
        return Drawn((), (), 0)
    east, north = [one[2] for one in lie], [one[3] for one in lie]
    stretch = max((max(east) - min(east)) / (WIDTH - 2 * EDGE), (max(north) - min(north)) / (HEIGHT - 2 * EDGE))
    scale = max(stretch, LEAST / (WIDTH - 2 * EDGE))
    middle = ((max(east) + min(east)) / 2, (max(north) + min(north)) / 2)
    spots = {
        key: Spot(key, WIDTH / 2 + (x - middle[0]) / scale, HEIGHT / 2 - (y - middle[1]) / scale, number)
        for key, number, x, y in lie
    }
    ties = [
        _tie(spots[first], spots[second], goes_on, radius)
        for first, second, goes_on in mentors
        if first in spots and second in spots
    ]
    return Drawn(tuple(spots.values()), tuple(one for one in ties if one is not None), 100 * scale)


def _tie(first: Spot, second: Spot, goes_on: bool, radius: float) -> Tie | None:
    across, down = second.x - first.x, second.y - first.y
    length = (across**2 + down**2) ** 0.5
    if length <= 2 * radius:
        return None
    part = radius / length
    return Tie(
        first.x + across * part,
        first.y + down * part,
        second.x - across * part * 1.4,
        second.y - down * part * 1.4,
        goes_on,
    )


def scale_bar(metres: float) -> tuple[int, float]:
    """A round number of miles and how long it is in the picture: one that takes between a tenth and a third of it."""
    per_mile = 1609.344 / metres * 100 if metres else 0
    for miles in (1, 2, 5, 10, 20, 50, 100, 200):
        if miles * per_mile >= WIDTH / 10:
            return miles, miles * per_mile
    return 200, 200 * per_mile
