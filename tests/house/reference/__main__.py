"""Writes the pages of docs/reference again: ``make reference``."""

from tests.house import sources
from tests.house.reference import FOLDER, PAGES

for name, written in PAGES.items():
    (sources.ROOT / FOLDER / name).write_text(written(), encoding="utf-8")
