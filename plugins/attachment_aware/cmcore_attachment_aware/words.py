"""The fixed answers about a school in the programme: what staff are, what is counted, what a portfolio holds."""

from __future__ import annotations

from cmcore.api import Choice


class StaffRole(Choice):
    """What somebody does at the school."""

    head = "head", "Head teacher or deputy"
    designated_teacher = "designated_teacher", "Designated teacher"
    sendco = "sendco", "Special educational needs co-ordinator"
    teacher = "teacher", "Teacher"
    assistant = "assistant", "Teaching assistant"
    pastoral = "pastoral", "Pastoral or behaviour staff"
    governor = "governor", "Governor"
    other = "other", "Other"


class Indicator(Choice):
    """What a school counts before and after."""

    suspensions = "suspensions", "Suspensions"
    exclusions = "exclusions", "Permanent exclusions"
    attendance = "attendance", "Attendance"


class At(Choice):
    """When it was counted."""

    before = "before", "Before"
    after = "after", "After"


class PieceKind(Choice):
    """What a piece of a portfolio of practice is."""

    practice = "practice", "Something we do"
    resource = "resource", "Something others can use"
    policy = "policy", "A policy that was changed"
    voice = "voice", "What pupils or staff said"
    reflection = "reflection", "What we learnt"


#: Of each indicator: what is counted, and out of what.
COUNTED: dict[str, tuple[str, str]] = {
    Indicator.suspensions: ("suspensions", "pupils on roll"),
    Indicator.exclusions: ("permanent exclusions", "pupils on roll"),
    Indicator.attendance: ("sessions attended", "sessions that were possible"),
}
