"""What studies must keep, over plain values: R-STUDY-1 to R-STUDY-13. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date

from cmcore.api import Finding, Policy, count, day, in_words
from cmcore_action_research.themes import told_in

#: Below this nobody may go, whatever an authority's settings say (R-STUDY-8, R-STUDY-10).
LEAST = 5


def hash_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def frozen_before(frozen_on: date | None, on: date, doing: str, policy: Policy) -> list[Finding]:
    """R-STUDY-1: refuses to begin before the protocol is frozen, or as of a day before it was. DOMAIN §10.

    ``doing`` begins the sentence: "Nobody is measured".
    """
    if frozen_on is None:
        said = f"{doing} before the protocol of the study is frozen."
        return [policy.finding("R-STUDY-1", said, way_out="Freeze the protocol first, on its page.")]
    if on >= frozen_on:
        return []
    said = f"{doing} as of {day(on)}: the protocol was frozen on {day(frozen_on)}."
    return [policy.finding("R-STUDY-1", said, way_out="Give a day on or after that one.")]


def may_change(state: str, policy: Policy) -> list[Finding]:
    """R-STUDY-2: refuses to change a version that is frozen or replaced."""
    if state == "draft":
        return []
    said = "This version is frozen, and stays as it is."
    return [policy.finding("R-STUDY-2", said, way_out="Draw up another version, and say why.")]


def holds(text: str, kept_hash: str, as_kept: str, policy: Policy) -> list[Finding]:
    """R-STUDY-2: what is wrong with a frozen version: its text gives another hash, or its record says something else.

    ``as_kept`` is the text that the record's columns give today.
    """
    if hash_of(text) != kept_hash:
        said = "The text of this version no longer gives the hash it was frozen with: it was tampered with."
    elif text != as_kept:
        said = "What is kept of this version is not what was frozen: it was tampered with."
    else:
        return []
    return [policy.finding("R-STUDY-2", said, way_out="Bring it back from a backup, and look through the audit.")]


def is_planned(measured: bool, planned_before: bool) -> bool:
    """R-STUDY-3: whether an analysis of a version that is frozen now is planned.

    It is where nothing was ``measured`` yet, or where it was planned in the version before, word for word.
    """
    return not measured or planned_before


def may_take_part(permitted: bool, on: date, policy: Policy) -> list[Finding]:
    """R-STUDY-4: refuses whoever has no permission for research in force on a day."""
    if permitted:
        return []
    said = f"There is no permission for research in force on {day(on)}."
    return [policy.finding("R-STUDY-4", said, way_out="Ask for it, and write it down among their permissions.")]


def in_order(number: int, waiting: Collection[int], reason: str, policy: Policy) -> list[Finding]:
    """R-STUDY-5: refuses a place out of order without a reason. ``waiting`` are the numbers of those still in line."""
    before = sorted(each for each in waiting if each < number)
    if not before or reason.strip():
        return []
    said = f"{count(len(before), 'young person', 'young people')} joined earlier and still waits."
    if len(before) > 1:
        said = f"{count(len(before), 'young person', 'young people')} joined earlier and still wait."
    return [
        policy.finding(
            "R-STUDY-5", said, place="out_of_order_because", way_out="Give them a place first, or say why not."
        )
    ]


def measured_while_waiting(baseline_on: date | None, last_on: date | None, policy: Policy) -> list[Finding]:
    """R-STUDY-6: points out whoever waits and was not measured at the beginning and the end of the wait."""
    if baseline_on is not None and last_on is not None and last_on > baseline_on:
        return []
    said = "Not measured when they joined." if baseline_on is None else "Not measured again while waiting."
    return [policy.finding("R-STUDY-6", said, way_out="Score the measures before the mentoring begins.")]


def within_the_dose(hours: float, months: int, least_age: int, most_age: int, policy: Policy) -> list[Finding]:
    """R-STUDY-7: points out a protocol that plans more than was evaluated, or for other ages."""
    known = {one: policy.threshold("R-STUDY-7", one) for one in ("hours", "months", "least_age", "most_age")}
    beyond = []
    if hours > known["hours"]:
        beyond.append(f"{hours:g} hours where {known['hours']} were evaluated")
    if months > known["months"]:
        beyond.append(f"{months} months where {known['months']} were evaluated")
    if least_age < known["least_age"] or most_age > known["most_age"]:
        beyond.append(
            f"ages {least_age} to {most_age} where {known['least_age']} to {known['most_age']} were evaluated"
        )
    if not beyond:
        return []
    said = f"{in_words(beyond)}."
    return [policy.finding("R-STUDY-7", said[:1].upper() + said[1:], way_out="Say in the protocol why it is more.")]


def hours_within(minutes: int, dose_hours: int, policy: Policy) -> list[Finding]:
    """R-STUDY-7: points out hours commissioned beyond what the protocol plans for one young person."""
    if minutes <= dose_hours * 60:
        return []
    said = f"{minutes / 60:g} hours in all, where the protocol plans {dose_hours}."
    return [policy.finding("R-STUDY-7", said, place="hours", way_out="Commission fewer, or say why it is more.")]


def age_within(age: int, least_age: int, most_age: int, policy: Policy) -> list[Finding]:
    """R-STUDY-7: points out an age the protocol is not for."""
    if least_age <= age <= most_age:
        return []
    said = f"They are {age}; the protocol is for ages {least_age} to {most_age}."
    return [policy.finding("R-STUDY-7", said, way_out="Offer them mentoring outside the study.")]


def least(rule: str, policy: Policy) -> int:
    """How many must share, or must differ: the rule's threshold, never fewer than five."""
    return max(LEAST, int(policy.threshold(rule, "least")))


def enough_share(smallest: int, alone: int, ways: Sequence[str], policy: Policy) -> list[Finding]:
    """R-STUDY-8: refuses a release in which fewer than five share what is told of them.

    ``alone`` is how many young people are in groups that are too small; ``ways`` say what to coarsen.
    """
    wanted = least("R-STUDY-8", policy)
    if smallest >= wanted:
        return []
    said = (
        f"{count(alone, 'young person', 'young people')} would be one of fewer than {wanted} who share what is told."
        if smallest
        else "There is nobody to tell of."
    )
    way_out = f"{in_words(list(ways), 'or')}." if ways else "Wait until more young people have taken part."
    return [policy.finding("R-STUDY-8", said, way_out=way_out[:1].upper() + way_out[1:])]


def theme_decided(wanted: bool, decided_by: str, reason: str, policy: Policy) -> list[Finding]:
    """R-STUDY-9: refuses to let themes leave without a named person's decision and its reason."""
    if not wanted or (decided_by.strip() and len(reason.split()) >= _WORDS):
        return []
    said = "Themes leave only where a named person decides so, with a reason."
    return [policy.finding("R-STUDY-9", said, place="theme_why", way_out="Leave them out, or have the head decide.")]


#: A reason is a sentence.
_WORDS = 3


def themes_stand_apart(theme: str, policy: Policy) -> list[Finding]:
    """R-STUDY-9: refuses a theme in an ordinary referral, where a mentor would read it."""
    if not theme.strip():
        return []
    said = "The theme of a study does not stand in a referral that mentors read."
    return [policy.finding("R-STUDY-9", said, place="theme", way_out="Leave it empty; the study keeps it apart.")]


def told_together(few: int, policy: Policy) -> list[Finding]:
    """R-STUDY-10: refuses a release that, laid beside the earlier ones, tells of fewer than five.

    ``few`` are the young people who would be in too small a group then.
    """
    if not few:
        return []
    wanted = least("R-STUDY-10", policy)
    said = f"Beside earlier releases, {count(few, 'young person', 'young people')} would be one of fewer than {wanted}."
    way_out = "Tell no more than the last one did, of the same young people; or call that one back, once it is deleted."
    return [policy.finding("R-STUDY-10", said, way_out=way_out)]


def differ_enough(now: Collection[int], earlier: Sequence[Collection[int]], policy: Policy) -> list[Finding]:
    """R-STUDY-10: refuses a release whose young people differ from an earlier one's by one to four."""
    wanted = least("R-STUDY-10", policy)
    for before in earlier:
        apart = len(set(now) ^ set(before))
        if 0 < apart < wanted:
            said = f"It differs from an earlier release by {count(apart, 'young person', 'young people')} only."
            way_out = f"Wait until it differs by {wanted} or more, or call the earlier one back, once it is deleted."
            return [policy.finding("R-STUDY-10", said, way_out=way_out)]
    return []


def partner_stands(starts_on: date | None, ends_on: date | None, today: date, policy: Policy) -> list[Finding]:
    """R-STUDY-11: refuses a partner whose partnership has not begun or is over; nothing known is no partner."""
    if starts_on is not None and starts_on <= today and (ends_on is None or today <= ends_on):
        return []
    said = "You are not a referral partner today."
    return [policy.finding("R-STUDY-11", said, way_out="Ask the coordinator of the study.")]


def theme_is_open(
    theme: str, of_partner: Collection[str], of_protocol: Collection[str], policy: Policy
) -> list[Finding]:
    """R-STUDY-11: refuses a theme that the study is not open to, or the partner does not refer into."""
    if theme in of_protocol and (not of_partner or theme in of_partner):
        return []
    said = "The study is not open to that theme for you."
    return [policy.finding("R-STUDY-11", said, place="theme", way_out="Choose one of those offered.")]


def title_says_none(title: str, policy: Policy) -> list[Finding]:
    """R-STUDY-12: refuses a title that tells a theme."""
    if not (told := told_in(title)):
        return []
    said = f"The title says “{told[0]}”, which tells a theme."
    return [policy.finding("R-STUDY-12", said, place="title", way_out="Name the study without it.")]


def taken_back(pseudonyms: Sequence[str], told: Collection[str], policy: Policy) -> list[Finding]:
    """R-STUDY-13: points out permissions taken back since a release whose rows nobody was told to delete."""
    left = [each for each in pseudonyms if each not in told]
    if not left:
        return []
    said = f"{count(len(left), 'permission')} taken back since this release was made."
    return [policy.finding("R-STUDY-13", said, way_out="Tell the evaluator which rows to delete.")]
