"""For whom a list is kept."""

from __future__ import annotations

from cmcore.base.words import Choice


class ForWhom(Choice):
    """Who is shown a list that was kept."""

    me = "me", "Only me"
    role = "role", "Everybody with one role"
    team = "team", "Everybody here who may see the list"


class ForRole(Choice):
    """The roles a list can be kept for, as roles.toml has them."""

    head = "head", "Virtual school heads"
    coordinator = "coordinator", "Coordinators"
    mentor = "mentor", "Creative mentors"
    referrer = "referrer", "Referrers"
    finance = "finance", "Finance officers"
    evaluator = "evaluator", "Evaluators"
    administrator = "administrator", "Administrators"
