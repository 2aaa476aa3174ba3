"""The fixed answers of a session: where it was held and what became of it."""

from __future__ import annotations

from cmcore.base.words import Choice


class SessionPlace(Choice):
    """Where a session was held: DOMAIN §6."""

    home = "home", "At home"
    school = "school", "At school"
    community = "community", "In the community"
    online = "online", "Online"
    other = "other", "Somewhere else"


class Outcome(Choice):
    """What became of a session: DOMAIN §6."""

    held = "held", "Held"
    shortened = "shortened", "Held, but cut short"
    absent = "absent", "Young person absent"
    cancelled_by_young_person = "cancelled_by_young_person", "Cancelled by the young person"
    cancelled_by_mentor = "cancelled_by_mentor", "Cancelled by the mentor"
    postponed = "postponed", "Postponed, unsettled"
    ended_for_safety = "ended_for_safety", "Ended for safety"
    left = "left", "Young person left the session"


#: Outcomes in which mentor and young person met.
MET = (Outcome.held, Outcome.shortened, Outcome.ended_for_safety, Outcome.left)
#: Outcomes that count as an absence (R-SES-2).
ABSENCES = (Outcome.absent, Outcome.cancelled_by_young_person)
#: Outcomes in which nothing took place at that time, so the time is free again.
NOT_HELD = (Outcome.cancelled_by_young_person, Outcome.cancelled_by_mentor, Outcome.postponed)


class DraftOf(Choice):
    """What somebody was typing when they stopped."""

    session = "session", "Session"
    plan = "plan", "Plan"
    record = "record", "Record of a plan"
    week = "week", "Week"


class Missed(Choice):
    """What became of a session that did not take place: the outcomes of which no more is asked than why."""

    absent = "absent", "They were not there"
    cancelled_by_young_person = "cancelled_by_young_person", "They called it off"
    cancelled_by_mentor = "cancelled_by_mentor", "I called it off"
    postponed = "postponed", "They were unsettled, so we put it off"


#: Outcomes of which it is asked what got in the way.
NOT_AS_PLANNED = (*(Outcome(each.value) for each in Missed), Outcome.ended_for_safety)
