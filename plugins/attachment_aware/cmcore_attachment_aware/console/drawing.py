"""The network drawn as SVG on the server: schools as numbered marks, who mentors whom as lines.

Classes and numbers alone, so that the policy allows no inline style; hidden from those who listen: the table below
says the same.
"""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from cmcore_attachment_aware.network import HEIGHT, WIDTH, Drawn, scale_bar

_FRAME = Markup('<rect class="cm-ch-edge" x="0.5" y="0.5" width="{}" height="{}"/>')
_LINE = Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>')
_END = Markup('<circle class="cm-ch-point" cx="{}" cy="{}" r="3"/>')
_FULL = Markup('<circle class="cm-ch-fill" cx="{}" cy="{}" r="8"/>')
_HOLLOW = Markup('<circle class="cm-ch-from" cx="{}" cy="{}" r="7"/>')
_NUMBER = Markup('<text class="cm-ch-text" x="{}" y="{}" text-anchor="middle">{}</text>')


def network_picture(drawn: Drawn, graduated: Collection[int]) -> Markup:
    """The picture: full marks graduated, hollow ones take part; a line ends in a dot at the school that is mentored."""
    parts = [_FRAME.format(WIDTH - 1, HEIGHT - 1)]
    for tie in drawn.ties:
        ends = [_said(each) for each in (tie.x1, tie.y1, tie.x2, tie.y2)]
        parts.append(_LINE.format("cm-ch-line" if tie.goes_on else "cm-ch-half", *ends))
        parts.append(_END.format(*ends[2:]))
    for spot in drawn.spots:
        mark = _FULL if spot.key in graduated else _HOLLOW
        parts.append(mark.format(_said(spot.x), _said(spot.y)))
        parts.append(_NUMBER.format(_said(spot.x), _said(spot.y - 13), spot.number))
    miles, long = scale_bar(drawn.metres)
    if drawn.metres:
        parts.append(_LINE.format("cm-ch-way", 16, HEIGHT - 16, _said(16 + long), HEIGHT - 16))
        unit = "mile" if miles == 1 else "miles"
        parts.append(_NUMBER.format(_said(16 + long / 2), HEIGHT - 24, f"{miles} {unit}"))
    box = Markup('<svg viewBox="0 0 {} {}" width="{}" aria-hidden="true" focusable="false">{}</svg>')
    return box.format(WIDTH, HEIGHT, WIDTH, Markup("").join(parts))


def _said(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
