"""The reference of words: what each means, in plain English."""

from __future__ import annotations

from cmcore.plugins.glossary import glossary
from tests.house.reference import markdown
from tests.house.reference.markdown import link, table


def page() -> str:
    """Every word the core explains."""
    rows = [(one.word, ", ".join(one.also), one.meaning) for one in glossary().values()]
    return markdown.page(
        "Words",
        link("cmcore/base/glossary.toml"),
        "The words of the sector as this software uses them. The console shows them under *Words* at the foot of every "
        "page; a plugin brings its own through the hook `cm_glossary`.",
        table(("word", "also", "what it means"), rows),
    )
