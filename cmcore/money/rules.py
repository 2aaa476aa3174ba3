"""What must hold of money that is set aside and spent: R-PPP-1 to R-PPP-3. Pure, given the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.periods import academic_year_name, age_on, financial_year
from cmcore.base.policy import Policy
from cmcore.base.words import pounds
from cmcore.funding.words import FundingKind

#: The kinds of money that are Pupil Premium Plus.
PUPIL_PREMIUM = (FundingKind.ppplus, FundingKind.ppplus_post16)


def points_at_a_target(kind_of_money: str, has_target: bool, policy: Policy) -> list[Finding]:
    """R-PPP-1: Pupil Premium Plus set aside points at a target of the education plan. Source: DOMAIN §11."""
    if has_target or kind_of_money not in PUPIL_PREMIUM:
        return []
    return [
        policy.finding(
            "R-PPP-1",
            "Pupil Premium Plus is spent on what the education plan says, and this names no target of it.",
            place="pep_target_id",
            way_out="Choose the target it serves, or other money.",
        )
    ]


def may_be_funded(kind_of_money: str, set_aside: bool, policy: Policy) -> list[Finding]:
    """R-PPP-1 for a commission: its Pupil Premium Plus was set aside for the young person, for a target of the plan."""
    if set_aside or kind_of_money not in PUPIL_PREMIUM:
        return []
    return [
        policy.finding(
            "R-PPP-1",
            "Nothing of this Pupil Premium Plus is set aside for the young person with a target of the education plan.",
            place="funding_line_id",
            way_out="Set the money aside first and name the target, or choose other money.",
        )
    ]


@dataclass(frozen=True)
class Care:
    """When somebody was born and looked after; nothing in ``ceased_on`` while it goes on."""

    born_on: date
    looked_after_from: date | None
    ceased_on: date | None


def eligible(care: Care, year: int, kind_of_money: str, policy: Policy) -> list[Finding]:
    """R-PPP-2: looked after at least a day by the end of the year, and of school age. Source: DOMAIN §11.

    The age is counted on the 31 August before the financial year begins, as the conditions of grant count it. Money
    for the years after 16 has its own conditions and is not looked at.
    """
    if kind_of_money != FundingKind.ppplus:
        return []
    youngest, oldest = (int(policy.threshold("R-PPP-2", name)) for name in ("youngest", "oldest"))
    counted_on = date(year - 1, 8, 31)
    reasons = []
    if not youngest <= age_on(care.born_on, counted_on) <= oldest:
        reasons.append(f"was not {youngest} to {oldest} years old on {day(counted_on)}")
    if care.looked_after_from is None or care.looked_after_from > date(year + 1, 3, 31):
        reasons.append("is not recorded as looked after")
    elif care.ceased_on is not None and care.ceased_on <= date(year - 1, 4, 1):
        reasons.append(f"was not looked after for a day since 1 April {year - 1}")
    return [
        policy.finding(
            "R-PPP-2",
            f"The grant for {academic_year_name(year)} may not cover this: the young person {reason}.",
            place="funding_line_id",
            way_out="Look at the record of care and the date of birth, or choose other money.",
        )
        for reason in reasons
    ]


def uncommitted(kind_of_money: str, year: int, left_pence: int, today: date, policy: Policy) -> list[Finding]:
    """R-PPP-3: Pupil Premium Plus that nothing is promised of, near 31 March, when it is recovered. Source: DOMAIN §11.

    Said from the first day of a month on (January by default) until the year is over.
    """
    if kind_of_money not in PUPIL_PREMIUM or left_pence <= 0 or not is_raised(year, today, policy):
        return []
    left = (date(year + 1, 3, 31) - today).days
    return [
        policy.finding(
            "R-PPP-3",
            f"{pounds(left_pence)} is promised to nobody, and is recovered after 31 March {year + 1}"
            f"{': ' + (f'{left} days are left' if left != 1 else 'one day is left') if left else ', which is today'}.",
            way_out="Commission hours or set money aside, for what the education plans say.",
        )
    ]


def is_raised(year: int, today: date, policy: Policy) -> bool:
    """Whether money left over in a financial year is spoken of on a day: the last months of that year."""
    return financial_year(today) == year and int(policy.threshold("R-PPP-3", "from_month")) <= today.month <= 3


def is_red(year: int, today: date, policy: Policy) -> bool:
    """Whether it is shown in red: the last month or months of the year."""
    return is_raised(year, today, policy) and today.month >= int(policy.threshold("R-PPP-3", "red_month"))


def fits(amount_pence: int, left_pence: int) -> list[Finding]:
    """No more is set aside than the line still holds."""
    if amount_pence <= left_pence:
        return []
    return [
        Finding(
            f"{pounds(amount_pence)} is more than the {pounds(max(left_pence, 0))} this line has left.",
            place="amount_pence",
            way_out="Set less aside, or choose another line.",
        )
    ]
