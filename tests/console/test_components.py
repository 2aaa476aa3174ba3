"""The page of components in docs shows what the console's templates make today; ``make reference`` draws it again."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cmcore.base.engine import engine_for
from tests.console.autumn import found_again, settle_at
from tests.databases import filled_sqlite
from tests.house import sources
from tests.house.components import FILE, cutting
from tests.house.components.pages import opener


def test_the_page_of_components_is_as_the_templates_make_them(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{shutil.copy(filled_sqlite('autumn', settle_at), tmp_path / 'cm.sqlite')}")
    kept = (sources.ROOT / FILE).read_text(encoding="utf-8")
    assert kept == cutting.written(opener(found_again(engine))), f"{FILE} is stale: run make reference"
    engine.dispose()


def test_a_component_that_is_gone_from_its_page_is_named() -> None:
    one = replace(cutting.components()["Work"][0], css="cm-nowhere")
    with pytest.raises(LookupError, match=r"Work that waits: there is no \.cm-nowhere on /"):
        cutting.cut_out(one, "<html><body><p>Nothing</p></body></html>")


def test_a_cutting_leads_nowhere_and_has_names_of_its_own() -> None:
    one = replace(cutting.components()["Work"][0], css="cm-x", key="key")
    page = (
        '<body><div class="cm-x"><a href="/people/1">One</a><label for="q">Two</label><input id="q" name="q">'
        '<input type="hidden" name="csrf_token" value="secret"></div></body>'
    )
    cut = cutting.cut_out(one, page)
    assert 'href="#main"' in cut and 'for="key-q"' in cut and 'id="key-q"' in cut
    assert "secret" not in cut and "/people/1" not in cut


def test_the_page_asks_nothing_of_anybody() -> None:
    kept = (sources.ROOT / FILE).read_text(encoding="utf-8")
    assert not re.search(r"https?://|<script|\sstyle=|\son[a-z]+=|csrf", kept)
    assert len(re.findall(r'\sid="', kept)) == len(set(re.findall(r'\sid="([^"]+)"', kept)))
