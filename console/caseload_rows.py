"""What a list of enrolments or commissions draws: hours as a bar, both scores as one mark, the next review in words."""

from __future__ import annotations

from markupsafe import Markup

from cmcore.base.words import count, hours
from cmcore.evidence.caseload import NextReview, Standing

_MARKS = {
    "both": ('<circle class="cm-ch-paired" cx="9" cy="9" r="7"/>', "Both scores"),
    "first": (
        '<circle class="cm-ch-base" cx="9" cy="9" r="6.300"/>'
        '<path class="cm-ch-base-half" d="M9 2.700a6.300 6.300 0 0 0 0 12.600z"/>',
        "Baseline only",
    ),
    "none": ('<circle class="cm-ch-lack" cx="9" cy="9" r="6.300"/>', "No score"),
}
#: From this share on the bar has the colour of a warning, as R-COM-2 usually tells.
_NEARLY = 80
#: A review that comes so soon is said a little louder.
_SOON = 3


def hours_bar(used: int, minutes: int) -> Markup | str:
    """How much of the commissioned time is used: "19 h 30 of 24 h", and the same as a bar."""
    if not minutes:
        return ""
    share = min(100, used * 100 // minutes)
    return Markup(
        '<span class="cm-hours"><span>{} of {}</span><svg width="88" height="6" aria-hidden="true" focusable="false">'
        '<rect class="cm-ch-ground" width="100%" height="6" rx="1"/>'
        '<rect class="{}" width="{}%" height="6" rx="1"/></svg></span>'
    ).format(
        hours(used) if used else "0 h",
        hours(minutes),
        "cm-ch-fill--warn" if share >= _NEARLY else "cm-ch-fill",
        share,
    )


def scores_mark(standing: Standing, ref: str) -> Markup:
    """Whether change can be shown: both scores, the baseline only, or none."""
    ends = standing.ends(ref)
    drawn, words = _MARKS["both" if ends.latest else "first" if ends.baseline else "none"]
    mark = '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">{}</svg>'
    return Markup(f'<span class="cm-state">{mark} {{}}</span>').format(Markup(drawn), words)


def next_words(due: NextReview | None) -> Markup | str:
    """When the next review is due: "in 9 days", "7 days over", "baseline late"."""
    if due is None:
        return ""
    if due.days < 0:
        said = "baseline late" if due.kind == "baseline" else f"{count(-due.days, 'day')} over"
        return Markup('<span class="cm-late">{}</span>').format(said)
    if due.kind == "exit":
        return Markup('<span class="cm-soon">exit review</span>')
    what = "baseline " if due.kind == "baseline" else ""
    said = f"{what}today" if not due.days else f"{what}in {count(due.days, 'day')}"
    return Markup('<span class="cm-soon">{}</span>').format(said) if due.days <= _SOON else said
