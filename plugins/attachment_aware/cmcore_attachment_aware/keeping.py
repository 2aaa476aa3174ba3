"""How long the programme's records are kept, and what was typed in its forms."""

from __future__ import annotations

from datetime import date

from cmcore.api import Facts, Keeping, RetentionRule, financial_year
from cmcore_attachment_aware.forms import FORMS


def _due(facts: Facts) -> date | None:
    return None if facts.ended_on is None else date(financial_year(facts.ended_on) + 7, 4, 1)


#: The rule of keeping, and the forms it holds for.
KEPT: tuple[Keeping | RetentionRule, ...] = (
    RetentionRule(
        "attachment_aware",
        "Six years and the current one, by financial year, after the school's year ended.",
        "[Default] As other papers of the authority; it names staff of schools, and no young person.",
        _due,
    ),
    *(Keeping(one.form.key, "attachment_aware") for one in FORMS if any(each.sensitive for each in one.form.questions)),
)
