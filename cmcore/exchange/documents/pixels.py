"""The rows of charts as small PNG pictures, for files that hold no drawing: without a letter, the row says it all."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from cmcore.exchange.documents.charts import ChangeRow, MovedRow, bar_parts, ticks

#: How wide and tall a picture is, in points; it is drawn larger and made smaller, so that its edges are smooth.
WIDE, TALL = 150, 16
_DRAWN, _KEPT = 8, 4
_INK, _RULE, _UP, _DOWN, _SAME, _EDGE = "#261b27", "#b8acb3", "#2a7058", "#b4502a", "#e6e0e4", "#857884"


class _Canvas:
    """A white ground to draw on in points, written out as PNG."""

    def __init__(self) -> None:
        self.picture = Image.new("RGB", (WIDE * _DRAWN, TALL * _DRAWN), "white")
        self.draw = ImageDraw.Draw(self.picture)

    def line(self, x: float, to: float, y: float, down: float, paint: str, wide: float = 1.0) -> None:
        self.draw.line([(x * _DRAWN, y * _DRAWN), (to * _DRAWN, down * _DRAWN)], paint, round(wide * _DRAWN))

    def dashes(self, x: float, to: float, y: float, paint: str, wide: float = 1.0) -> None:
        """A dashed line from left to right."""
        at, last = min(x, to), max(x, to)
        while at < last:
            self.line(at, min(at + 3, last), y, y, paint, wide)
            at += 5

    def box(self, x: float, to: float, fill: str | None, edge: str | None) -> None:
        corners = [(x * _DRAWN, 2 * _DRAWN), (to * _DRAWN, (TALL - 2) * _DRAWN)]
        self.draw.rectangle(corners, fill, edge, round(0.7 * _DRAWN))

    def disc(self, x: float, radius: float, fill: str, edge: str | None = None) -> None:
        middle = TALL / 2
        corners = [
            ((x - radius) * _DRAWN, (middle - radius) * _DRAWN),
            ((x + radius) * _DRAWN, (middle + radius) * _DRAWN),
        ]
        self.draw.ellipse(corners, fill, edge, round(1.1 * _DRAWN) if edge else 0)

    def diamond(self, x: float, radius: float, fill: str) -> None:
        middle = TALL / 2
        points = [(x - radius, middle), (x, middle - radius), (x + radius, middle), (x, middle + radius)]
        self.draw.polygon([(one * _DRAWN, other * _DRAWN) for one, other in points], fill)

    def png(self) -> bytes:
        out = BytesIO()
        small = self.picture.resize((WIDE * _KEPT, TALL * _KEPT), Image.Resampling.LANCZOS)
        small.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(out, "PNG", optimize=True)
        return out.getvalue()


def dumbbell_png(row: ChangeRow) -> bytes:
    """Where it began, a hollow ring, and where it is now: a disc, a diamond, or a ring with a dot."""
    canvas, middle = _Canvas(), TALL / 2

    def at(score: int) -> float:
        return 14 + (WIDE - 28) * (score - row.least) / (row.most - row.least)

    for one in ticks(row.least, row.most):
        canvas.line(at(one), at(one), 0, TALL, _RULE, 0.5)
    if row.mark == "unpaired" or row.baseline is None or row.latest is None:
        for score in [one for one in (row.baseline, row.latest) if one is not None][:1]:
            canvas.disc(at(score), 4, "white", _INK)
        return canvas.png()
    began, now = at(row.baseline), at(row.latest)
    if row.mark == "improved":
        canvas.line(began, now, middle, middle, _UP, 1.5)
        canvas.disc(began, 4, "white", _INK)
        canvas.disc(now, 5.5, _UP)
    elif row.mark == "declined":
        canvas.dashes(began, now, middle, _DOWN, 1.5)
        canvas.disc(began, 4, "white", _INK)
        canvas.diamond(now, 6.5, _DOWN)
    else:
        canvas.disc(now, 5, "white", _INK)
        canvas.disc(now, 2.2, _INK)
        if row.mark == "at_ceiling":
            end = now + (8 if row.rising else -8)
            canvas.line(end, end, 2, TALL - 2, _INK, 1.2)
    return canvas.png()


def bar_png(row: MovedRow) -> bytes:
    """Improved, maintained and declined, left to right: solid, edged, hatched; what is not shown is empty, dashed."""
    canvas, x = _Canvas(), 0.0
    for one in bar_parts(row):
        to = x + (WIDE - 1) * one["share"]
        if one["part"] == "up":
            canvas.box(x, to - 1, _UP, None)
        elif one["part"] == "same":
            canvas.box(x, to - 1, _SAME, _EDGE)
        elif one["part"] == "down":
            canvas.box(x, to - 1, "#f3ddd2", _DOWN)
            _hatch(canvas, x + 1, to - 2)
        else:
            canvas.dashes(x + 1, to - 1, 2, _EDGE, 0.8)
            canvas.dashes(x + 1, to - 1, TALL - 2, _EDGE, 0.8)
        x = to
    return canvas.png()


def _hatch(canvas: _Canvas, x: float, to: float) -> None:
    """Slanted lines between two places, none of them outside."""
    bottom, tall = TALL - 3, TALL - 6
    at = x - tall
    while at < to:
        begins, ends = max(at, x), min(at + tall, to)
        if begins < ends:
            canvas.line(begins, ends, bottom - (begins - at), bottom - (ends - at), _DOWN, 0.8)
        at += 4
