"""The fixed answers about money: which kinds there are."""

from __future__ import annotations

from cmcore.base.words import Choice


class FundingKind(Choice):
    """The kinds of money: DOMAIN §11."""

    ppplus = "ppplus", "Pupil Premium Plus"
    ppplus_post16 = "ppplus_post16", "Pupil Premium Plus, post-16"
    school = "school", "School"
    social_care = "social_care", "Social care"
    grant = "grant", "Grant"
    charity = "charity", "Charity"
