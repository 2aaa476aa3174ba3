"""The fixed answers of studies: groups, analyses and their standing, what a release holds."""

from __future__ import annotations

from cmcore.api import Choice

#: The plugin's name.
PLUGIN = "action_research"


class Group(Choice):
    """Which side of the comparison somebody is on: settled once, when places are given."""

    mentored = "mentored", "Mentored first"
    waiting = "waiting", "Waited first"


class Statistic(Choice):
    """What an analysis counts. Source: DOMAIN §12."""

    median_change = "median_change", "Median change"
    improved_share = "improved_share", "Share improved, with Wilson’s 95 % interval"
    signed_rank = "signed_rank", "Exact Wilcoxon signed-rank test"
    rank_biserial = "rank_biserial", "Matched-pairs rank-biserial correlation"
    dose_response = "dose_response", "Change against hours received"


class Compares(Choice):
    """What an analysis sets side by side."""

    before_after = "before_after", "Before and after, of those mentored first"
    mentored_waiting = "mentored_waiting", "Those mentored first and those who waited first"


class Standing(Choice):
    """What an analysis may be called (R-STUDY-3)."""

    draft = "draft", "In a draft"
    planned = "planned", "Planned"
    exploratory = "exploratory", "Exploratory"


class PartnerKind(Choice):
    """What a referral partner is."""

    virtual_school = "virtual_school", "Virtual school"
    social_care = "social_care", "Social care or leaving care"
    school = "school", "School or college"
    health = "health", "Health"
    youth_justice = "youth_justice", "Youth justice"
    housing = "housing", "Housing"
    charity = "charity", "Charity"
    other = "other", "Other"
