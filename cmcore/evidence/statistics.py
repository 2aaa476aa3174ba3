"""The statistics of paired scores: Wilson's interval, the exact signed-rank test, the rank-biserial correlation."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist

#: Two-sided 95 %.
Z_95 = NormalDist().inv_cdf(0.975)

#: Below this many pairs that changed, no p is given (DOMAIN section 12).
LEAST_CHANGED = 6

#: How many steps the exact test may take before the normal approximation stands in for it: a fifth of a second's worth.
#: On a scale of one to five that is reached at some 2,000 changed pairs.
_MOST_STEPS = 400_000

#: What every output of these numbers prints beside them.
DEFINITION = (
    "Share improved: those who improved out of all with both scores, with Wilson's 95 % interval. "
    "p: exact Wilcoxon signed-rank test, two-sided, pairs without change dropped, equal changes given their mean rank, "
    "only where at least six pairs changed. "
    "r: matched-pairs rank-biserial correlation, (W⁺ − W⁻) / (W⁺ + W⁻), where W⁺ is the sum of the ranks of the "
    "improvements and W⁻ of the declines, pairs without change dropped."
)


#: Equal changes together: (doubled mean rank, how many).
Groups = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Interval:
    """A share between 0 and 1 and the range it is known within."""

    share: float
    low: float
    high: float


def wilson(successes: int, trials: int, z: float = Z_95) -> Interval | None:
    """Wilson's score interval without continuity correction; nothing where there were no trials.

    Refuses successes outside 0 to trials. Source: E. B. Wilson (1927), Probable inference, the law of succession, and
    statistical inference, Journal of the American Statistical Association 22, 209-212.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is not a share.")
    if trials == 0:
        return None
    share = successes / trials
    scale = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    # The ends are exact where nobody or everybody did; rounding must not put them a hair inside.
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == trials else centre + half
    return Interval(share, low, high)


@dataclass(frozen=True)
class Ranks:
    """Signed ranks of the changes, zeros dropped. Sums are doubled, so that a mean rank stays a whole number.

    ``groups`` holds (doubled mean rank, how many) for each size of change, smallest first.
    """

    plus: int
    minus: int
    changed: int
    groups: Groups


def signed_ranks(steps: Mapping[int, int]) -> Ranks:
    """Rank the changes by size. ``steps`` counts how often each change, in points for the better, occurred."""
    sizes: Counter[int] = Counter()
    for step, often in steps.items():
        if step and often:
            sizes[abs(step)] += often
    plus = minus = below = 0
    groups = []
    for size in sorted(sizes):
        group = sizes[size]
        doubled = 2 * below + group + 1
        plus += doubled * steps.get(size, 0)
        minus += doubled * steps.get(-size, 0)
        groups.append((doubled, group))
        below += group
    return Ranks(plus, minus, below, tuple(groups))


@dataclass(frozen=True)
class SignedRankTest:
    """A two-sided p and how it was come by: ``exact``, or ``normal`` where the exact one would take too long."""

    p: float
    method: str


def wilcoxon(steps: Mapping[int, int]) -> SignedRankTest | None:
    """Wilcoxon's signed-rank test, two-sided, zeros dropped, ties by the permutation distribution of the mean ranks.

    Nothing where fewer than six pairs changed. With very many changed pairs the normal approximation, corrected for
    ties and continuity, stands in and says so. Source: F. Wilcoxon (1945), Individual comparisons by ranking methods,
    Biometrics Bulletin 1, 80-83.
    """
    ranks = signed_ranks(steps)
    if ranks.changed < LEAST_CHANGED:
        return None
    smaller = min(ranks.plus, ranks.minus)
    if _steps_needed(ranks.groups, smaller) <= _MOST_STEPS:
        return SignedRankTest(min(1.0, 2 * _lower_tail(ranks.groups, smaller)), "exact")
    return SignedRankTest(_normal_p(ranks), "normal")


def rank_biserial(steps: Mapping[int, int]) -> float | None:
    """The matched-pairs rank-biserial correlation (W⁺ − W⁻) / (W⁺ + W⁻), zeros dropped; nothing where none changed.

    Source: D. S. Kerby (2014), The simple difference formula, Comprehensive Psychology 3, 1.
    """
    ranks = signed_ranks(steps)
    if ranks.changed == 0:
        return None
    return (ranks.plus - ranks.minus) / (ranks.plus + ranks.minus)


def counted_quantile(counts: Mapping[int, int], part: float) -> float | None:
    """The quantile of values given as value and count, by linear interpolation; nothing where there are none."""
    total = sum(counts.values())
    if not total:
        return None
    position = part * (total - 1)
    lower, rest = int(position), position - int(position)
    first, second = _value_at(counts, lower), _value_at(counts, min(lower + 1, total - 1))
    return first + rest * (second - first)


def median(counts: Mapping[int, int]) -> float | None:
    """The median of values given as value and count; nothing where there are none."""
    return counted_quantile(counts, 0.5)


def _value_at(counts: Mapping[int, int], place: int) -> int:
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if place < seen:
            return value
    raise IndexError(place)


def _halves(groups: Groups) -> tuple[Groups, Groups]:
    """The groups in two halves with about as many sums each, so that the two need not be multiplied out together."""
    left: list[tuple[int, int]] = []
    right: list[tuple[int, int]] = []
    many_left = many_right = 1
    for rank, group in sorted(groups, key=lambda one: -one[1]):
        if many_left <= many_right:
            left.append((rank, group))
            many_left *= group + 1
        else:
            right.append((rank, group))
            many_right *= group + 1
    return tuple(left), tuple(right)


def _steps_needed(groups: Groups, most: int) -> int:
    needed = 0
    for half in _halves(groups):
        sums = 1
        for rank, group in half:
            needed += sums * (min(group, most // rank) + 1)
            sums = min(sums * (group + 1), most + 1)
    return needed


def _lower_tail(groups: Groups, most: int) -> float:
    """The chance that the doubled sum of the ranks with a plus is at most ``most`` when each sign is a fair coin."""
    left, right = (_sums(half, most) for half in _halves(groups))
    totals = sorted(right)
    up_to = list(accumulate(right[total] for total in totals))
    return math.fsum(chance * up_to[bisect_right(totals, most - total) - 1] for total, chance in left.items())


def _sums(groups: Groups, most: int) -> dict[int, float]:
    """The chance of each doubled sum up to ``most`` over these groups."""
    sums: dict[int, float] = {0: 1.0}
    for rank, group in groups:
        chances = _coin_chances(group)
        grown: dict[int, float] = {}
        for total, chance in sums.items():
            for often in range(min(group, (most - total) // rank) + 1):
                place = total + rank * often
                grown[place] = grown.get(place, 0.0) + chance * chances[often]
        sums = grown
    return sums


def _coin_chances(tosses: int) -> list[float]:
    # Divided as whole numbers, so that each is right to the last digit and none is lost on the way.
    return [math.comb(tosses, heads) / 2**tosses for heads in range(tosses + 1)]


def _normal_p(ranks: Ranks) -> float:
    smaller = min(ranks.plus, ranks.minus) / 2
    mean = (ranks.plus + ranks.minus) / 4
    spread = math.sqrt(sum(group * (doubled / 2) ** 2 for doubled, group in ranks.groups) / 4)
    # Twice the lower tail, written so that a very small one is not lost: it is never 0.
    return min(1.0, math.erfc((mean - smaller - 0.5) / spread / math.sqrt(2)))
