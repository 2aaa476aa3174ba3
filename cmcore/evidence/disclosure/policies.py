"""What may be shown to whom: the policies of disclosure, read from the rules (R-SUP-1), and their symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cmcore.base.findings import refuse
from cmcore.base.policy import Policy
from cmcore.base.words import Choice


class Symbol(Choice):
    """What stands in place of a figure, as the Department for Education writes it."""

    hidden = "c", "hidden so that nobody can be recognised; what is hidden may be any number, none included"
    not_applicable = "z", "does not apply: there is nobody to count, or too few for this figure"
    low = "k", "rounds to 0, and is not 0"


class PolicyKey(Choice):
    """The policies there are."""

    dfe = "dfe", "For readers outside: 1 to 5 hidden, as the Department for Education does"
    ons = "ons", "For research outputs: under 10 hidden, as the Office for National Statistics does"
    internal = "internal", "For the authority's own use: nothing is hidden"


@dataclass(frozen=True)
class Disclosure:
    """A policy in force: counts from 1 to ``hides_up_to`` are hidden, and no hidden count may be told closer than
    ``width``; shown counts are rounded to ``round_to`` where that is more than 1. Under ``least_pairs`` pairs no share
    is shown.
    """

    key: str
    hides_up_to: int
    round_to: int
    least_pairs: int
    #: How many steps a proof may take before all groups are hidden; it tells nothing of a table, so it is not kept.
    most_steps: int = field(default=0, compare=False)

    @property
    def hides(self) -> bool:
        """Whether anything is hidden at all."""
        return self.hides_up_to > 0

    @property
    def width(self) -> int:
        """How far apart the least and the most that a hidden count could be must lie: 1 to 5 is four."""
        return max(1, self.hides_up_to - 1)

    @property
    def caution(self) -> str:
        """What is printed with a table that hides nothing."""
        return "" if self.hides else "For your own use. Small numbers are shown: do not pass this on."

    def is_small(self, count: int) -> bool:
        """Whether a count is hidden for its own sake."""
        return 1 <= count <= self.hides_up_to

    def shown(self, count: int) -> int:
        """A count as it is shown where it is not hidden: rounded, a half up."""
        step = self.round_to
        return count if step < 2 else (2 * count + step) // (2 * step) * step

    def bounds(self, shown: int) -> tuple[int, int]:
        """The least and the most a shown count can stand for."""
        step = self.round_to
        return (shown, shown) if step < 2 else (max(0, shown - step // 2), shown + (step - 1) // 2)

    def as_data(self) -> dict[str, int | str]:
        """The policy as it was in force, to be kept with a table."""
        return {
            "policy": self.key,
            "hides_up_to": self.hides_up_to,
            "round_to": self.round_to,
            "least_pairs": self.least_pairs,
        }


def disclosure(policy: Policy, key: str, round_to: int | None = None) -> Disclosure:
    """The policy of disclosure with this key, as an authority keeps it; refuses another key.

    ``round_to`` asks for coarser rounding than the rule does: 5 or 10.
    """
    if key not in tuple(PolicyKey):
        raise refuse(f"There is no policy “{key}”.", way_out=f"The policies: {', '.join(PolicyKey)}.")
    if round_to not in (None, 0, 1, 5, 10):
        raise refuse("Counts are rounded to 5 or to 10, or not at all.", way_out="Choose 5 or 10.")
    least = policy.threshold("R-EVI-1", "pairs")
    if key == PolicyKey.internal:
        return Disclosure(key, 0, 1, least)
    limits: Mapping[str, int] = policy["R-SUP-1"].thresholds
    step = max(limits[f"{key}_round_to"], round_to or 1, 1)
    pairs = max(least, limits[f"{key}_least_pairs"])
    return Disclosure(key, limits[f"{key}_up_to"], step, pairs, max(1, limits["most_steps"]))
