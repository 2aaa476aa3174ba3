"""The fixed answers about places of learning."""

from __future__ import annotations

from cmcore.base.words import Choice


class SettingKind(Choice):
    """The kinds of place where a young person learns or lives: DOMAIN §3."""

    early_years = "early_years", "Early years"
    school = "school", "School"
    special_school = "special_school", "Special school"
    pupil_referral_unit = "pupil_referral_unit", "Pupil referral unit"
    alternative_provision = "alternative_provision", "Alternative provision"
    college = "college", "College"
    childrens_home = "childrens_home", "Children's home"
    secure_unit = "secure_unit", "Secure unit"
    hospital = "hospital", "Hospital"
    other = "other", "Other"
