"""How long studies are kept, and what was typed about them."""

from __future__ import annotations

from datetime import date

from cmcore.api import Facts, Keeping, RetentionRule, financial_year
from cmcore_action_research.asked import FORMS

#: Forms about one young person: kept as their record is.
_OF_A_CHILD = ("action-research-referral", "action-research-take", "action-research-give", "action-research-leave")


def _due(facts: Facts) -> date | None:
    return None if facts.ended_on is None else date(financial_year(facts.ended_on) + 11, 4, 1)


#: The rule of keeping, and the forms it holds for.
KEEPING: tuple[Keeping | RetentionRule, ...] = (
    RetentionRule(
        "action_research",
        "Ten years and the current one, by financial year, after the study was closed.",
        "[Default] As funders of research ask for what a result rests on.",
        _due,
    ),
    *(
        Keeping(one.form.key, "child" if one.form.key in _OF_A_CHILD else "action_research")
        for one in FORMS
        if any(each.sensitive for each in one.form.questions)
    ),
)
