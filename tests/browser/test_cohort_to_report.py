"""A cohort in a real browser: built on the evidence page, saved, opened again, and printed as a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.autumn_served import Served, autumn_served
from tests.browser.test_referral_to_evidence import choose, follow, press

pytestmark = pytest.mark.browser

NAME = "Key stage 3, all years"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the story lasts."""
    with autumn_served(tmp_path_factory.mktemp("cohort")) as made:
        yield made


def test_a_coordinator_builds_a_cohort_saves_it_opens_it_again_and_prints_a_report(
    browser: Browser, served: Served
) -> None:
    with served.context(browser, "coordinator") as context:
        page = context.new_page()
        main = page.locator("main")
        page.goto(f"{served.address}/evidence/")
        follow(page, "Choose a cohort")
        choose(page, "key_stage", "KS3")
        press(page, "Count these")
        expect(main).to_contain_text("Key stage at the start: Key stage 3")
        follow(page, "Save this cohort")
        page.get_by_label("Name").fill(NAME)
        press(page, "Save this cohort")
        expect(page.get_by_role("status")).to_contain_text("The cohort is saved.")
        expect(main).to_contain_text(f"Saved as {NAME}")
        counted = page.locator("#h-who").inner_text()

        page.goto(f"{served.address}/evidence/?programme=1")
        page.get_by_text("Saved cohorts", exact=True).last.click()
        page.get_by_label("Open a saved cohort").select_option(NAME)
        press(page, "Open it")
        expect(main).to_contain_text(f"Saved as {NAME}")
        assert page.locator("#h-who").inner_text() == counted

        follow(page, "Draw up a report")
        expect(main).to_contain_text(NAME)
        expect(main).to_contain_text("No comparison group.")
        with page.expect_download() as taken:
            page.locator("main a[href*='format=pdf']").click()
        assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
