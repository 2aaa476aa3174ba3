"""The charts of a young person and of a cohort as blocks of a printed document."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cmcore.base.words import count
from cmcore.evidence.account import Account, MeasureAccount
from cmcore.exchange.documents.charts import ChangeRow, Changes, Moved, MovedRow
from cmcore.measures.change import Change
from cmcore.measures.sets import Polarity


def chart_block(changes: Iterable[Change], hoped_for: Collection[str] = ()) -> Changes:
    """What became of each measure of one young person; ``hoped_for`` names the measures the referral hoped for."""
    return Changes(
        rows=tuple(
            ChangeRow(
                label=change.measure.label,
                least=change.measure.scale.least,
                most=change.measure.scale.most,
                baseline=change.baseline,
                latest=change.latest,
                mark=change.outcome.value,
                words=change.in_words,
                hoped=change.measure.key in hoped_for,
                rising=change.measure.polarity is Polarity.higher_is_better,
            )
            for change in changes
        )
    )


def cohort_block(account: Account) -> Moved:
    """How a cohort moved, measure by measure, with the improved share where there are pairs enough for one."""
    return Moved(rows=tuple(_moved(row, account.least_pairs) for row in account.measures))


def _moved(row: MeasureAccount, least_pairs: int) -> MovedRow:
    if row.percent is not None and row.percent_range is not None:
        low, high = row.percent_range
        share = f"{row.percent} % ({low} to {high}) of {row.paired:,}"
    else:
        share = f"fewer than {count(least_pairs, 'pair')}" if row.paired else "no pairs"
    return MovedRow(
        label=row.measure.label,
        paired=row.paired,
        improved=row.improved,
        maintained=row.maintained,
        declined=row.declined,
        at_ceiling=row.at_ceiling,
        share=share,
    )
