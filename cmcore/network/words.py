"""The fixed answers about the adults around a young person."""

from __future__ import annotations

from cmcore.base.words import Choice


class AdultRole(Choice):
    """What an adult is to a young person: DOMAIN §3."""

    parent = "parent", "Parent"
    foster_carer = "foster_carer", "Foster carer"
    key_worker = "key_worker", "Key worker"
    teacher = "teacher", "Teacher"
    designated_teacher = "designated_teacher", "Designated teacher"
    social_worker = "social_worker", "Social worker"
    leaving_care_worker = "leaving_care_worker", "Leaving-care worker"
    personal_adviser = "personal_adviser", "Personal adviser"
    other = "other", "Other"
