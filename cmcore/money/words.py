"""The fixed answers about money that is set aside."""

from __future__ import annotations

from cmcore.base.words import Choice


class AllocationUse(Choice):
    """What money set aside for somebody is for. Mentoring is spent through commissions, the rest as it is paid."""

    mentoring = "mentoring", "Mentoring hours"
    lessons = "lessons", "Lessons or a club"
    equipment = "equipment", "Instruments, materials or equipment"
    visits = "visits", "Visits and events"
    tuition = "tuition", "Tuition"
    other = "other", "Something else"
