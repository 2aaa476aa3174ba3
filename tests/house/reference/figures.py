"""The reference of figures: what the core counts, in plain words."""

from __future__ import annotations

from cmcore.evidence.own_figures import OWN
from tests.house.reference import markdown
from tests.house.reference.markdown import link, table


def page() -> str:
    """Every figure of the core with what it counts."""
    rows = [(f"`{one.key}`", one.title, one.meaning, "yes" if one.of_people else "") for one in OWN]
    return markdown.page(
        "Figures",
        link("cmcore/evidence/own_figures.py"),
        "A figure is a number that is a stored query: it is known by its key, and counted anew over a period whenever "
        "somebody asks (`cmcore.api.counted`), within their reach. One that counts people is hidden outside the "
        "authority while it is small ([R-SUP-1](rules.md)). A plugin brings more through the hook `cm_figures`.",
        table(("key", "figure", "what is counted", "counts people"), rows),
    )
