"""The pages of docs/reference say what the software declares today; ``make reference`` writes them again."""

from __future__ import annotations

import pytest

from tests.house import sources
from tests.house.reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_says_what_the_software_declares(name: str) -> None:
    kept = sources.ROOT / FOLDER / name
    said = kept.read_text(encoding="utf-8") if kept.exists() else ""
    assert said == PAGES[name](), f"{FOLDER / name} is stale: run make reference"


def test_no_reference_page_is_left_that_nothing_writes() -> None:
    kept = {path.name for path in sources.kept() if path.parent == FOLDER}
    assert kept - {"README.md"} <= set(PAGES)
