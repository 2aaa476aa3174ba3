"""Pictures drawn on the server as SVG: classes and percentages only, so that the policy allows no inline style.

Every picture is hidden from those who listen: the row or the caption it stands in says the same in words and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from cmcore.evidence.statistics import Interval
from cmcore.measures.change import Change, Outcome
from cmcore.measures.sets import Polarity, Scale

#: Left and right edge of the scale inside a row's picture, in per cent of its width.
_LEFT, _RIGHT = 8.0, 92.0

_RIGHTWARDS = "M-2-4 2.2 0-2 4"
_LEFTWARDS = "M1.8-4-2.4 0l4.2 4"
_DIAMOND = "M-10 0 0-10 10 0 0 10z"


def _svg(attributes: Markup, *parts: Markup) -> Markup:
    return Markup('<svg {} aria-hidden="true" focusable="false">{}</svg>').format(attributes, Markup("").join(parts))


def _number(value: float) -> str:
    """A number as an attribute: at most two decimals, no trailing noughts."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(value: float) -> str:
    return f"{_number(value)}%"


def ticks(scale: Scale) -> list[int]:
    """The scores that get a line: each of a short scale, about five of a long one, the ends always."""
    span = scale.most - scale.least
    if span <= 10:
        return list(range(scale.least, scale.most + 1))
    step = span / 4
    return [scale.least + round(step * part) for part in range(5)]


def place(scale: Scale, score: float) -> float:
    """Where a score stands in a row's picture, in per cent of its width. The axis is never cut."""
    return _LEFT + (_RIGHT - _LEFT) * (score - scale.least) / (scale.most - scale.least)


# ---- one young person: baseline to latest


def axis(scale: Scale) -> Markup:
    """The numbers above the rows."""
    number = Markup('<text class="cm-ch-text" x="{}" y="13" text-anchor="middle">{}</text>')
    return _svg(
        Markup('width="100%" height="18"'), *(number.format(_percent(place(scale, one)), one) for one in ticks(scale))
    )


def dumbbell(change: Change) -> Markup:
    """One row: a hollow ring where it began, and where it is now a disc, a diamond or a ring with a dot."""
    scale = change.measure.scale
    line = Markup('<line class="cm-ch-grid" x1="{0}" x2="{0}" y1="0" y2="100%"/>')
    parts = [line.format(_percent(place(scale, one))) for one in ticks(scale)]
    if change.baseline is not None:
        began = _percent(place(scale, change.baseline))
        ring = Markup('<circle class="cm-ch-from" cx="{}" cy="50%" r="6"/>').format(began)
        if change.outcome is Outcome.unpaired:
            parts.append(ring)
        elif change.latest is not None:
            now = _percent(place(scale, change.latest))
            if change.latest != change.baseline:
                way = "up" if change.outcome is Outcome.improved else "down"
                parts.append(
                    Markup('<line class="cm-ch-way cm-ch-way--{}" x1="{}" x2="{}" y1="50%" y2="50%"/>').format(
                        way, began, now
                    )
                )
                parts.append(ring)
            parts.append(Markup('<svg x="{}" y="50%" overflow="visible">{}</svg>').format(now, _latest(change)))
    # Beside the highest score the bar of the ceiling may stand a little outside, on a phone.
    return _svg(Markup('width="100%" height="34" overflow="visible"'), *parts)


def _latest(change: Change) -> Markup:
    """The mark of the latest score. Its chevron points the way the score went, on a scale where lower is better too."""
    rightwards = (change.latest or 0) > (change.baseline or 0)
    if change.outcome is Outcome.at_ceiling:
        return _same(at_the_end=1 if change.measure.best == change.measure.scale.most else -1)
    return _mark(change.outcome, rightwards)


def _mark(outcome: Outcome, rightwards: bool) -> Markup:
    if outcome is Outcome.maintained:
        return _same()
    body = (
        Markup('<circle class="cm-ch-up" r="8.5"/>')
        if outcome is Outcome.improved
        else Markup('<path class="cm-ch-down" d="{}"/>').format(_DIAMOND)
    )
    chevron = _RIGHTWARDS if rightwards else _LEFTWARDS
    return body + Markup('<path class="cm-ch-chev" d="{}"/>').format(chevron)


def _same(at_the_end: int = 0) -> Markup:
    mark = Markup('<circle class="cm-ch-same" r="8"/><circle class="cm-ch-dot" r="3.6"/>')
    return mark + Markup('<path class="cm-ch-way" d="M{}-9v18"/>').format(14 * at_the_end) if at_the_end else mark


def measures_key(polarity: Polarity = Polarity.higher_is_better) -> list[tuple[Markup, str]]:
    """The legend of the rows: each mark with its words, the chevrons pointing the way the score goes."""
    higher = polarity is Polarity.higher_is_better
    top = f"maintained, already at the {'top' if higher else 'best'}"
    mirrored = Markup('width="30" height="22" viewBox="-18 -11 30 22"')
    box = Markup('width="{0}" height="22" viewBox="-12 -11 {0} 22"')
    return [
        (_svg(box.format(20), Markup('<circle class="cm-ch-from" r="6"/>')), "baseline"),
        (_svg(box.format(24), _mark(Outcome.improved, higher)), "improved"),
        (_svg(box.format(24), _same()), "maintained"),
        (_svg(box.format(30) if higher else mirrored, _same(1 if higher else -1)), top),
        (_svg(box.format(24), _mark(Outcome.declined, not higher)), "declined"),
    ]


def over_time(scale: Scale, scored: Sequence[tuple[date, int | None]]) -> Markup:
    """Every review of one measure, in time from left to right; a review without a score leaves a gap."""
    grid = Markup('<line class="cm-ch-grid" x1="0" x2="150" y1="{0}" y2="{0}"/>')
    parts = [grid.format(_number(_height(scale, one))) for one in ticks(scale)]
    if not any(score is not None for _, score in scored):
        words = Markup('<text class="cm-ch-text" x="75" y="38" text-anchor="middle">not scored</text>')
        return _svg(Markup('viewBox="0 0 150 66"'), *parts, words)
    first, last = min(on for on, _ in scored), max(on for on, _ in scored)
    days = max(1, (last - first).days)
    points = [
        None if score is None else (8 + 134 * (on - first).days / days, _height(scale, score)) for on, score in scored
    ]
    for run in _runs(points):
        if len(run) > 1:
            joined = " ".join(f"{_number(x)},{_number(y)}" for x, y in run)
            parts.append(Markup('<polyline class="cm-ch-line" points="{}"/>').format(joined))
    drawn = [point for point in points if point is not None]
    circle = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>')
    for number, (x, y) in enumerate(drawn):
        kind = "cm-ch-from" if number == 0 else "cm-ch-fill"
        size = 4 if number == 0 else 5 if number == len(drawn) - 1 else 3
        parts.append(circle.format(kind, _number(x), _number(y), size))
    return _svg(Markup('viewBox="0 0 150 66"'), *parts)


def _height(scale: Scale, score: float) -> float:
    return 58 - 48 * (score - scale.least) / (scale.most - scale.least)


def _runs(points: Iterable[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return runs


# ---- a cohort


def hatching() -> Markup:
    """The pattern of the declined part, once on a page, before the first bar."""
    return Markup(
        '<svg width="0" height="0" class="cm-defs" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="cm-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<line class="cm-ch-hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs></svg>'
    )


def cohort_key(*, hidden: bool = False) -> list[tuple[Markup, str]]:
    """The legend of the bars; ``hidden`` says that some of them have a part that is not shown."""
    box = Markup('width="14" height="14"')
    plain = Markup('<rect class="cm-ch-bar--{}" x="1" y="1" width="12" height="12"/>')
    hatched = Markup(
        '<rect class="cm-ch-bar--down" width="14" height="14"/><rect width="14" height="14" fill="url(#cm-hatch)"/>'
    )
    return [
        (_svg(box, plain.format("up")), "improved"),
        (_svg(box, plain.format("same")), "maintained"),
        (_svg(box, hatched), "declined"),
        *([(_svg(box, plain.format("hid")), "not shown")] if hidden else []),
    ]


def cohort_bar(improved: int | None, maintained: int | None, declined: int | None, of: int | None = None) -> Markup:
    """How many improved, maintained and declined, left to right: solid, edged, hatched, the counts where they fit.

    ``of`` are all pairs where a count is None, not shown: the hidden ones are drawn as one dashed piece at the end.
    """
    improved, maintained, declined = improved or 0, maintained or 0, declined or 0
    shown = improved + maintained + declined
    total = shown if of is None else of
    if not total:
        return Markup("")
    up, same, down = (100 * part / total for part in (improved, maintained, declined))
    parts: list[Markup] = []
    if improved:
        parts.append(
            Markup('<rect class="cm-ch-bar--up" x="0" y="2" width="{}" height="22"/>{}').format(
                _percent(up), _count(improved, up, "up", 8)
            )
        )
    if maintained:
        parts.append(
            Markup(
                '<svg x="{}" width="{}" overflow="visible">'
                '<rect class="cm-ch-bar--same" x="2.5" y="2.5" width="97%" height="21"/>{}</svg>'
            ).format(_percent(up), _percent(same), _count(maintained, same, "same", 9))
        )
    if declined:
        count = _count(declined, down, "down", 10)
        plate = Markup('<rect class="cm-ch-bar--down" x="5" y="5" width="{}" height="16"/>').format(
            12 + 8 * len(str(declined))
        )
        parts.append(
            Markup(
                '<svg x="{}" width="{}"><rect class="cm-ch-bar--down" x="2" y="2" width="100%" height="22"/>'
                '<rect x="2" y="2" width="100%" height="22" fill="url(#cm-hatch)"/>{}</svg>'
            ).format(_percent(up + same), _percent(down), plate + count if count else "")
        )
    if hid := 100 * (total - shown) / total:
        words = Markup('<text class="cm-ch-on-hid" x="12" y="18">not shown</text>') if hid > 40 else ""
        parts.append(
            Markup(
                '<svg x="{}" width="{}" overflow="visible">'
                '<rect class="cm-ch-bar--hid" x="3" y="2.5" width="97%" height="21"/>{}</svg>'
            ).format(_percent(100 - hid), _percent(hid), words)
        )
    return _svg(Markup('width="100%" height="26"'), *parts)


def _count(number: int, share: float, where: str, x: int) -> Markup:
    # On a phone the bar is some 250 px wide; a count that would not fit is left to the table beside it.
    if share * 2.5 < x + 4 + 8 * len(str(number)):
        return Markup("")
    return Markup('<text class="cm-ch-on-{}" x="{}" y="18">{}</text>').format(where, x, number)


def interval_mark(interval: Interval | None) -> Markup:
    """A share with its range on the whole way from 0 to 100 %, the half marked; only the ground where there is none."""
    line = Markup('<line class="cm-ch-{}" x1="{}" x2="{}" y1="{}" y2="{}"/>')
    parts = [line.format("half" if at == "50%" else "grid", at, at, "0", "100%") for at in ("0", "50%", "100%")]
    if interval is not None:
        low, high, share = (_percent(100 * one) for one in (interval.low, interval.high, interval.share))
        parts.append(line.format("range", low, high, "13", "13"))
        parts.extend(line.format("range", end, end, "8", "18") for end in (low, high))
        parts.append(Markup('<circle class="cm-ch-point" cx="{}" cy="13" r="4"/>').format(share))
    return _svg(Markup('width="100%" height="26" overflow="visible"'), *parts)


def flow_bar(reached: int, of: int, filled: bool = False) -> Markup:
    """How many of all reached a point, as the length of a bar; the last point is filled."""
    width = _percent(98 * reached / of) if of else "0%"
    kind = "cm-ch-fill" if filled else "cm-ch-bar--same"
    return _svg(
        Markup('height="12"'),
        Markup('<rect class="{}" x="0.5" y="0.5" width="{}" height="11"/>').format(kind, width),
    )
