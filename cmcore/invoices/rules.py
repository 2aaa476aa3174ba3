"""What must hold before an invoice is sent and approved: R-INV-1 to R-INV-5. Pure, over plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import hours, in_words, pounds

#: One commission on one day: what is billed, and what was accepted, are compared for each.
Spot = tuple[int, date]


@dataclass(frozen=True)
class Billed:
    """One line as it is billed: minutes, the rate in pence an hour, the amount in pence."""

    spot: Spot
    minutes: int
    rate_pence: int
    amount_pence: int


@dataclass(frozen=True)
class TallyRow:
    """One commission and day: minutes billed beside minutes of accepted reports. Nothing: it is not there at all."""

    spot: Spot
    billed: int | None
    accepted: int | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same to the minute."""
        return (self.billed or 0) != (self.accepted or 0)


def amount(minutes: int, rate_pence: int) -> int:
    """What so many minutes cost at a rate in pence an hour: whole pence, half a penny rounded up."""
    return (minutes * rate_pence * 2 + 60) // 120


def tally(billed: Mapping[Spot, int], accepted: Mapping[Spot, int]) -> list[TallyRow]:
    """Every commission and day of either side, in order of day."""
    spots = sorted(billed.keys() | accepted.keys(), key=lambda spot: (spot[1], spot[0]))
    return [TallyRow(spot, billed.get(spot), accepted.get(spot)) for spot in spots]


def tallies(rows: Sequence[TallyRow], policy: Policy) -> list[Finding]:
    """R-INV-1 and R-INV-2: of every day billed the minutes equal those of accepted reports. Source: [Role].

    Days that were accepted and are not billed here do not count: they may stand on another invoice.
    """
    own = [row for row in rows if row.billed is not None]
    said = []
    if bare := sorted({row.spot[1] for row in own if row.accepted is None}):
        said.append(
            policy.finding(
                "R-INV-1",
                f"There is no accepted activity report for {in_words([day(on) for on in bare])}.",
                way_out="Accept the report first, or take the day off the invoice.",
            )
        )
    if differing := [row for row in own if row.differs]:
        billed, accepted = (sum(getattr(row, side) or 0 for row in own) for side in ("billed", "accepted"))
        days = [_difference(row) for row in differing]
        said.append(
            policy.finding(
                "R-INV-2",
                f"Invoice says {hours(billed)}, accepted reports add up to {hours(accepted)}: {in_words(days)}.",
                way_out="Ask the mentor about these days.",
            )
        )
    return said


def not_approved_already(days: Collection[date], policy: Policy) -> list[Finding]:
    """R-INV-2: minutes of these days cannot be accepted any more, because an invoice over them was approved."""
    if not days:
        return []
    stand = "stands" if len(days) == 1 else "stand"
    return [
        policy.finding(
            "R-INV-2",
            f"{in_words([day(on) for on in sorted(days)])} {stand} on an approved invoice, with other minutes.",
            way_out="Have that invoice undone by a credit note, accept the report, and bill the day again whole.",
        )
    ]


def _difference(row: TallyRow) -> str:
    if row.accepted is None:
        return f"{day(row.spot[1])} is missing"
    return f"{day(row.spot[1])} differs by {hours(abs((row.billed or 0) - row.accepted))}"


def billed_once(days: Collection[date], policy: Policy) -> list[Finding]:
    """R-INV-3: these days stand on another live invoice already."""
    if not days:
        return []
    return [
        policy.finding(
            "R-INV-3",
            f"{in_words([day(on) for on in sorted(days)])} {'is' if len(days) == 1 else 'are'} billed already.",
            place="lines",
            way_out="Take the day off this invoice, or ask for the other one to be rejected.",
        )
    ]


def rates_hold(lines: Sequence[Billed], rates: Mapping[int, int], total_pence: int, policy: Policy) -> list[Finding]:
    """R-INV-4: each rate is its commission's, each amount follows from it, and the total is their sum."""
    said = []
    for line in lines:
        rate = rates[line.spot[0]]
        if line.rate_pence != rate:
            said.append(
                policy.finding(
                    "R-INV-4",
                    f"{day(line.spot[1])}: the rate is {pounds(line.rate_pence)}, the commission says {pounds(rate)}.",
                    place="lines",
                    way_out="Put the commission's rate.",
                )
            )
        elif line.amount_pence != amount(line.minutes, rate):
            said.append(
                policy.finding(
                    "R-INV-4",
                    f"{day(line.spot[1])}: {hours(line.minutes)} at {pounds(rate)} an hour is "
                    f"{pounds(amount(line.minutes, rate))}, not {pounds(line.amount_pence)}.",
                    place="lines",
                )
            )
    if total_pence != sum(line.amount_pence for line in lines):
        said.append(policy.finding("R-INV-4", "The total is not the sum of the lines.", place="lines"))
    return said


def inside(days: Collection[date], starts_on: date, ends_on: date) -> list[Finding]:
    """Every day billed lies inside the days the invoice is for."""
    if out := sorted(on for on in days if not starts_on <= on <= ends_on):
        said = (
            f"{in_words([day(on) for on in out])} {'lies' if len(out) == 1 else 'lie'} outside the days of the invoice."
        )
        return [Finding(said, place="lines", way_out="Change the days of the invoice, or take it off.")]
    return []


def may_approve(login: str, mentor_logins: Collection[str], submitter: str, policy: Policy) -> list[Finding]:
    """R-INV-5: whoever approves is neither the mentor nor whoever sent it."""
    if login not in mentor_logins and login != submitter:
        return []
    who = "It is your own invoice." if login in mentor_logins else "You sent this invoice."
    return [policy.finding("R-INV-5", who, way_out="Ask somebody else to approve it.")]
