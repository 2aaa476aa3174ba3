"""How long a journey is kept, and what was typed about it."""

from __future__ import annotations

from datetime import date

from cmcore.api import Facts, Keeping, RetentionRule, financial_year
from cmcore_artsmark.forms import FORMS


def _due(facts: Facts) -> date | None:
    return None if facts.ended_on is None else date(financial_year(facts.ended_on) + 7, 4, 1)


#: The rule of keeping, and the forms it holds for.
KEEPING: tuple[Keeping | RetentionRule, ...] = (
    RetentionRule(
        "artsmark",
        "Six years and the current one, by financial year, after the journey ended.",
        "[Default] As other papers of the authority; a young person's words leave with their permission.",
        _due,
    ),
    *(Keeping(one.form.key, "artsmark") for one in FORMS if any(each.sensitive for each in one.form.questions)),
)
