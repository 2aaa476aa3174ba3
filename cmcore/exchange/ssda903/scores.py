"""The OC2 file read into SDQ totals, one a child and year."""

from __future__ import annotations

from collections.abc import Iterable

from cmcore.exchange.ssda903 import checks
from cmcore.exchange.ssda903.children import Children, Row, compare_birth, once_only
from cmcore.exchange.ssda903.codes import SDQ_REASON
from cmcore.exchange.ssda903.reading import Reading
from cmcore.exchange.ssda903.rows import SdqTotal

#: The Strengths and Difficulties total runs from 0 to 40; lower is better.
LEAST, MOST = 0, 40

_SCORES = {str(score): score for score in range(LEAST, MOST + 1)}


def read_scores(rows: Iterable[Row], reading: Reading, children: Children) -> list[SdqTotal]:
    """The SDQ totals of the children that came in: a score, or the reason there is none."""
    totals: list[SdqTotal] = []
    seen: dict[str, tuple[int, str]] = {}
    for row, (text_id, score_text, reason_text, birth) in rows:
        child = children.named(text_id, row, reading)
        if child is None or once_only(reading, seen, child.child_id, row, f"{score_text}/{reason_text}"):
            continue
        compare_birth(reading, child, birth, row)
        if not score_text and not reason_text:
            reading.found(
                checks.SCORE_MISSING,
                "There is neither an SDQ total nor a reason why there is none.",
                row,
                "SDQ_SCORE",
                way_out="No total comes in for this child; give SDQ1 to SDQ5 in the return.",
            )
            continue
        score = None
        if score_text:
            # Spreadsheets may save a whole number as 12.0.
            score = _SCORES.get(score_text.removesuffix(".0"))
            if score is None:
                reading.found(
                    checks.SCORE_OUT_OF_RANGE,
                    f"{score_text[:20]} is not an SDQ total, which is a whole number from {LEAST} to {MOST}.",
                    row,
                    "SDQ_SCORE",
                    score_text,
                    "Put it right in the return and bring the file in again; this row waits.",
                )
                continue
        reason = reading.code(reason_text, row, "SDQ_REASON", SDQ_REASON, needed=False)
        if score is not None and reason is not None:
            reading.found(
                checks.SCORE_AND_REASON,
                "There is an SDQ total and a reason for none.",
                row,
                "SDQ_REASON",
                reason_text,
                "The total comes in; take out the reason in the return.",
            )
            reason = None
        totals.append(SdqTotal(row, child.child_id, score, reason))
    return totals
