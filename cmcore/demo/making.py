"""What every story of one authority draws on: chance, the calendar, keys, references, and the history of states."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from cmcore.demo.calendar import Calendar
from cmcore.demo.history import History
from cmcore.demo.sheets import Keys, Refs
from cmcore.demo.sizes import Extent


@dataclass(frozen=True)
class Making:
    """The making of one authority. ``draw`` is the only source of chance: a seed and a day decide everything."""

    extent: Extent
    draw: Random
    calendar: Calendar
    authority_id: int
    keys: Keys
    refs: Refs
    history: History
