"""Charts of a report as small pictures for a page that needs nothing else: each stands in the row that says the same.

Every picture is hidden from those who listen. What is not shown is drawn as one piece with a dashed edge.
"""

from __future__ import annotations

from cmcore.exchange.documents.charts import ChangeRow, MovedRow, bar_parts, ticks

_WIDE, _TALL = 220, 22
_INK, _RULE, _UP, _DOWN, _SAME = "#261b27", "#b8acb3", "#2a7058", "#b4502a", "#e6e0e4"


def dumbbell(row: ChangeRow) -> str:
    """Where it began, a hollow ring, and where it is now: a disc, a diamond, or a ring with a dot."""
    middle = _TALL / 2

    def at(score: int) -> float:
        return 12 + (_WIDE - 24) * (score - row.least) / (row.most - row.least)

    parts = [
        f'<line x1="{at(one):.1f}" x2="{at(one):.1f}" y1="0" y2="{_TALL}" stroke="{_RULE}" stroke-width=".5"/>'
        for one in ticks(row.least, row.most)
    ]
    ring = '<circle cx="{:.1f}" cy="{}" r="5" fill="#fff" stroke="{}" stroke-width="1.5"/>'
    if row.mark == "unpaired" or row.baseline is None or row.latest is None:
        parts += [ring.format(at(one), middle, _INK) for one in (row.baseline, row.latest) if one is not None][:1]
        return _svg(parts)
    began, now = at(row.baseline), at(row.latest)
    if row.mark in ("improved", "declined"):
        paint = _UP if row.mark == "improved" else _DOWN
        dashed = "" if row.mark == "improved" else ' stroke-dasharray="4 3"'
        way = f'x1="{began:.1f}" x2="{now:.1f}" y1="{middle}" y2="{middle}"'
        parts.append(f'<line {way} stroke="{paint}" stroke-width="2"{dashed}/>')
        parts.append(ring.format(began, middle, _INK))
        if row.mark == "improved":
            parts.append(f'<circle cx="{now:.1f}" cy="{middle}" r="7" fill="{_UP}"/>')
        else:
            points = f"{now + 8:.1f},{middle} {now:.1f},{middle + 8} {now - 8:.1f},{middle} {now:.1f},{middle - 8}"
            parts.append(f'<polygon points="{points}" fill="{_DOWN}"/>')
        return _svg(parts)
    parts.append(ring.format(now, middle, _INK))
    parts.append(f'<circle cx="{now:.1f}" cy="{middle}" r="2.5" fill="{_INK}"/>')
    if row.mark == "at_ceiling":
        end = now + (10 if row.rising else -10)
        parts.append(
            f'<line x1="{end:.1f}" x2="{end:.1f}" y1="3" y2="{_TALL - 3}" stroke="{_INK}" stroke-width="1.5"/>'
        )
    return _svg(parts)


def bar(row: MovedRow) -> str:
    """Improved, maintained and declined, left to right: solid, edged, hatched; what is not shown is dashed."""
    parts, x = [], 0.0
    for one in bar_parts(row):
        wide = (_WIDE - 2) * one["share"]
        box = f'x="{x + 1:.1f}" y="2" width="{max(wide - 1, 0.5):.1f}" height="{_TALL - 4}"'
        parts.append(f"<rect {box} {_LOOK[one['part']]}/>")
        if one["part"] == "down":
            parts.append(f'<rect {box} fill="url(#hatch)"/>')
        if one["part"] in ("up", "same") and wide > 9 * len(one["count"]) + 6:
            ink = "#fff" if one["part"] == "up" else _INK
            parts.append(f'<text x="{x + 6:.1f}" y="{_TALL - 6}" font-size="13" fill="{ink}">{one["count"]}</text>')
        x += wide
    return _svg(parts)


_LOOK = {
    "up": f'fill="{_UP}"',
    "same": f'fill="{_SAME}" stroke="#857884"',
    "down": f'fill="#f3ddd2" stroke="{_DOWN}"',
    "hidden": 'fill="none" stroke="#857884" stroke-dasharray="3 3"',
}

#: The pattern of what declined, once on a page before the first bar.
HATCH = (
    '<svg width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<line x1="0" y1="0" x2="0" y2="6" stroke="{_DOWN}" stroke-width="2"/></pattern></defs></svg>'
)


def _svg(parts: list[str]) -> str:
    inside = "".join(parts)
    return (
        f'<svg viewBox="0 0 {_WIDE} {_TALL}" width="{_WIDE}" height="{_TALL}" aria-hidden="true" '
        f'focusable="false">{inside}</svg>'
    )
