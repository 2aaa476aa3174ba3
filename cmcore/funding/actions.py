"""What people do with funding lines."""

from __future__ import annotations

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import refuse
from cmcore.base.words import in_words
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.safekeeping.removal import hanging_on, remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for


@action("funding_line.add")
def add_funding_line(work: Work, answers: FundingLineAnswers, authority_id: int | None = None) -> FundingLine:
    """Enter a funding line of an authority."""
    authority = authority_for(work, authority_id)
    return work.add(FundingLine(authority_id=authority.id, **taken(work, answers).columns()))


@action("funding_line.change")
def change_funding_line(
    work: Work, line: FundingLine, answers: FundingLineAnswers, version: int | None = None
) -> FundingLine:
    """Change a funding line. What kind of money it is, and of which year, stays once something draws on it.

    Commissions and sums set aside were let through for that kind (R-PPP-1); another kind would be a way round.
    """
    answers = taken(work, answers)
    another = answers.kind_of_money != line.kind_of_money or answers.financial_year != line.financial_year
    if another and (drawing := hanging_on(work, line)):
        raise refuse(
            f"The kind and the year of this money stay: {in_words(drawing)} draw on it.",
            rule="R-PPP-1",
            place="kind_of_money" if answers.kind_of_money != line.kind_of_money else "financial_year",
            way_out="Add another funding line, and draw on that one from now on.",
        )
    work.change(line, version, **answers.columns())
    return line


@action("funding_line.remove")
def remove_funding_line(work: Work, line: FundingLine) -> None:
    """Remove a funding line entered by mistake. Refuses one that a referral or a commission names."""
    remove_if_free(work, line)


def answers_of_funding_line(line: FundingLine) -> FundingLineAnswers:
    """The funding line as the answers that would make it again."""
    return answers_from(FundingLineAnswers, line)
