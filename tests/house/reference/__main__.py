"""Writes the pages of docs/reference again: ``make reference``."""

from cmcore.plugins.register import Register, standing
from tests.house import sources
from tests.house.reference import FOLDER, PAGES

# What the software itself declares, whatever plugins are installed beside it.
with standing(Register()):
    for name, written in PAGES.items():
        (sources.ROOT / FOLDER / name).write_text(written(), encoding="utf-8")
