"""What the programme must keep, over plain values: R-AAS-1 to R-AAS-13. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from cmcore.api import Finding, Period, Policy, count, day, in_words
from cmcore_attachment_aware.words import At, Indicator


# ---- places
def place_free(places: int, taken: int, policy: Policy) -> list[Finding]:
    """R-AAS-1: no more places are given than there are. Source: DOMAIN §10, [Award]."""
    if taken <= places:
        return []
    said = f"There {'is' if places == 1 else 'are'} {count(places, 'place')}, and {taken} would be taken."
    way_out = "Put the school on the waiting list, or give the cohort more places."
    return [policy.finding("R-AAS-1", said, place="places", way_out=way_out)]


def head_agrees(agrees: bool, agreed_on: date | None, today: date, policy: Policy) -> list[Finding]:
    """R-AAS-2: a school applies with its head teacher's agreement, of a day that has been. Source: [Default]."""
    if agrees and agreed_on is not None and agreed_on <= today:
        return []
    said = "The head teacher has not agreed." if not agrees else "The head teacher agreed on no day that has been."
    way_out = "Ask the head teacher, then apply."
    return [policy.finding("R-AAS-2", said, place="head_agrees" if not agrees else "head_agreed_on", way_out=way_out)]


def in_order(before: Sequence[str], why: str, policy: Policy) -> list[Finding]:
    """R-AAS-3: ``before`` are the schools that waited longer; passing them takes a reason. Source: DOMAIN §10."""
    if not before or why.strip():
        return []
    said = f"{in_words(list(before[:3]))} waited longer."
    way_out = "Offer them the place, or say why this school comes first."
    return [policy.finding("R-AAS-3", said, place="out_of_turn", way_out=way_out)]


def once(standing: str, policy: Policy) -> list[Finding]:
    """R-AAS-4: ``standing`` says where the school stands already, empty where nowhere. Source: DOMAIN §10."""
    if not standing:
        return []
    way_out = "Go on with that one, or withdraw it first."
    return [policy.finding("R-AAS-4", f"This school stands there already: {standing}.", way_out=way_out)]


def answered(offered_on: date | None, today: date, policy: Policy) -> list[Finding]:
    """R-AAS-5: an offer that nobody answered in time is pointed out. Source: [Default]."""
    days = policy.threshold("R-AAS-5", "days")
    if offered_on is None or today <= offered_on + timedelta(days=days):
        return []
    said = f"The place was offered on {day(offered_on)}, and nobody has answered."
    return [policy.finding("R-AAS-5", said, way_out="Ring the school, or withdraw it so that the next one is offered.")]


# ---- the project
def comparable(before: Period, after: Period, policy: Policy) -> list[Finding]:
    """R-AAS-6: two closed periods, the one over before the other begins, of comparable length. Source: DOMAIN §10."""
    if before.ends_on is None or after.ends_on is None:
        raise ValueError("Two periods with a last day are compared.")
    if before.ends_on < before.starts_on or after.ends_on < after.starts_on:
        where = "before_to" if before.ends_on < before.starts_on else "after_to"
        return [policy.finding("R-AAS-6", "A period ends before it begins.", place=where, way_out="Check the days.")]
    if after.starts_on <= before.ends_on:
        said = "The period after begins before the period before is over."
        return [policy.finding("R-AAS-6", said, place="after_from", way_out="Choose a later day.")]
    first, second = ((one.ends_on - one.starts_on).days + 1 for one in (before, after) if one.ends_on)
    percent = policy.threshold("R-AAS-6", "percent")
    if abs(first - second) * 100 <= percent * max(first, second):
        return []
    said = f"The period before has {count(first, 'day')} and the period after {count(second, 'day')}."
    way_out = f"Choose periods that differ by at most {percent} in a hundred: the same terms of two years, for example."
    return [policy.finding("R-AAS-6", said, place="after_to", way_out=way_out)]


def counted(number: int | None, out_of: int | None, missing: str, *, part: bool) -> list[Finding]:
    """A count has its whole, or says why it is not known; ``part`` says that it cannot be more than its whole."""
    if number is None and out_of is None:
        if missing.strip():
            return []
        way_out = "Write both numbers, or why they are not known."
        return [Finding("Nothing is counted and nothing is said.", place="number", way_out=way_out)]
    if number is None or out_of is None:
        where = "number" if number is None else "out_of"
        return [Finding("A count needs how many, and of how many.", place=where, way_out="Write both numbers.")]
    if missing.strip():
        return [Finding("It is counted, and said not to be known.", place="missing", way_out="Leave one of them out.")]
    if part and number > out_of:
        return [Finding(f"{number:,} of {out_of:,} cannot be.", place="number", way_out="Check the two numbers.")]
    return []


def both_counted(readings: Mapping[tuple[str, str], bool]) -> list[Indicator]:
    """The indicators counted before and after; ``readings`` say for (indicator, at) whether there is a number."""
    return [one for one in Indicator if all(readings.get((one.value, at.value)) for at in At)]


def lacking(readings: Mapping[tuple[str, str], bool]) -> list[str]:
    """What is not written down at all, in words."""
    return [
        f"{one.label.lower()} {at.label.lower()}"
        for one in Indicator
        for at in At
        if (one.value, at.value) not in readings
    ]


def chased(readings: Mapping[tuple[str, str], bool], ends_on: date, today: date, policy: Policy) -> list[Finding]:
    """R-AAS-11: what the indicators lack, from some weeks before the year ends. Source: DOMAIN §2."""
    missing = lacking(readings)
    if not missing or today < ends_on - timedelta(days=policy.threshold("R-AAS-11", "days")):
        return []
    said = f"Not written down yet: {in_words(missing)}."
    return [policy.finding("R-AAS-11", said, way_out="Count it, or say why it is not known.")]


# ---- graduation
@dataclass(frozen=True)
class Came:
    """How one of the staff came: to so many training days of so many that were held while they took part."""

    days: int
    of: int


def attended(staff: Sequence[Came], policy: Policy) -> list[Finding]:
    """R-AAS-7: enough of the staff each came to enough of the training days. Source: DOMAIN §10, [Default]."""
    people, percent = policy.threshold("R-AAS-7", "people"), policy.threshold("R-AAS-7", "percent")
    enough = came_enough(staff, percent)
    if enough >= people:
        return []
    said = f"{count(enough, 'member of staff', 'staff')} came to {percent} in a hundred of the training days or more."
    way_out = f"It takes {people}: offer the days they missed again, or ask for another measure of your authority."
    return [policy.finding("R-AAS-7", said, way_out=way_out)]


def came_enough(staff: Sequence[Came], percent: int) -> int:
    """How many came to at least this share of the days that were held."""
    return sum(one.of > 0 and one.days >= ceil(one.of * percent / 100) for one in staff)


def project_done(
    tried: str, learnt: str, readings: Mapping[tuple[str, str], bool] | None, policy: Policy
) -> list[Finding]:
    """R-AAS-8: a project that says what was tried and what came of it, counted before and after. Source: DOMAIN §10."""
    if readings is None:
        return [policy.finding("R-AAS-8", "There is no project yet.", way_out="Begin one: a question, and a change.")]
    if not tried.strip() or not learnt.strip():
        said = "The project does not say what was tried." if not tried.strip() else "It does not say what was learnt."
        return [policy.finding("R-AAS-8", said, way_out="Write it down on the page of the project.")]
    wanted, found = policy.threshold("R-AAS-8", "indicators"), both_counted(readings)
    if len(found) >= wanted:
        return []
    named = in_words([one.label.lower() for one in found]) if found else "nothing"
    said = f"Counted before and after: {named}; it takes {count(wanted, 'indicator')}."
    return [policy.finding("R-AAS-8", said, way_out="Count what is missing on the page of the project.")]


def portfolio_full(pieces: int, policy: Policy) -> list[Finding]:
    """R-AAS-9: enough pieces in the portfolio of practice. Source: DOMAIN §10, [Default]."""
    wanted = policy.threshold("R-AAS-9", "pieces")
    if pieces >= wanted:
        return []
    said = f"The portfolio has {count(pieces, 'piece')}; it takes {wanted}."
    return [policy.finding("R-AAS-9", said, way_out="Write down what you do that others could do.")]


# ---- mentoring, training days, pictures
def may_mentor(
    graduated_on: date | None, starts_on: date, *, itself: bool, policy: Policy, place: str = "starts_on"
) -> list[Finding]:
    """R-AAS-10: a school that graduated, from that day on, and another than itself. Source: DOMAIN §10, [Award]."""
    if itself:
        said, way_out = "A school does not mentor itself.", "Choose another school."
        return [policy.finding("R-AAS-10", said, place="mentored_id", way_out=way_out)]
    if graduated_on is None:
        said = "Only a school that graduated mentors another."
        return [policy.finding("R-AAS-10", said, way_out="Let it complete its year first.")]
    if starts_on < graduated_on:
        said = f"It graduated on {day(graduated_on)}, and mentors from that day on."
        return [policy.finding("R-AAS-10", said, place=place, way_out="Choose that day or a later one.")]
    return []


def in_its_year(on: date, starts_on: date, ends_on: date, policy: Policy) -> list[Finding]:
    """R-AAS-12: a training day is in the year of its cohort. Source: DOMAIN §10."""
    if starts_on <= on <= ends_on:
        return []
    said = f"The year of this cohort is from {day(starts_on)} to {day(ends_on)}."
    return [policy.finding("R-AAS-12", said, place="held_on", way_out="Choose a day in it.")]


def nobody_shown(nobody: bool, policy: Policy) -> list[Finding]:
    """R-AAS-13: a picture in a portfolio shows nobody who can be recognised. Source: R-CON-3."""
    if nobody:
        return []
    said = "Somebody can be recognised in this picture."
    way_out = "Take one without people: a portfolio is shared, and holds nobody's permission."
    return [policy.finding("R-AAS-13", said, place="nobody_in_it", way_out=way_out)]


def not_ahead(on: date | None, today: date, place: str) -> list[Finding]:
    """Refuses a day that is still to come for something that is said to have happened."""
    if on is None or on <= today:
        return []
    return [Finding(f"{day(on)} is still to come.", place=place, way_out="Say so once it has happened.")]
