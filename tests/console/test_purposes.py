"""Every page says what it is for: in its own words, in those of its class, or as its kind of page does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask

from console.purposes import page_purpose, pages, purpose_of
from tests.console.autumn import Autumn

RECORD = SimpleNamespace(record=object, singular="invoice", plural="invoices", about="What mentors ask for.")
PAGE = SimpleNamespace(about="Who may work today.")


@pytest.mark.parametrize(
    ("view", "method", "words"),
    [
        (RECORD, "list", "What mentors ask for."),
        (RECORD, "show", "One invoice: what is kept"),
        (RECORD, "add", "Write down an invoice."),
        (RECORD, "take", "One step of this invoice"),
        (RECORD, "something_else", "nothing is kept before you press it"),
        (PAGE, "index", "Who may work today."),
        (PAGE, "something_else", "Who may work today."),
        (SimpleNamespace(), "index", "nothing is kept before you press it"),
        (SimpleNamespace(about="All.", purposes={"narrow": "Choose."}), "narrow", "Choose."),
    ],
)
def test_a_page_says_what_it_is_for(view: SimpleNamespace, method: str, words: str) -> None:
    assert words in purpose_of(view, method)


def test_words_of_its_own_come_first(shipped: Flask) -> None:
    with shipped.test_request_context("/sessions/"):
        assert page_purpose("This one.") == "This one."
        assert page_purpose() == purpose_of(pages(shipped)["Sessions"], "list") != ""


def test_it_stands_once_at_the_foot_of_lists_records_forms_and_refusals(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped)
    for path in ("/", "/referrals/", "/young-people/1", "/settings/add", "/evidence/", "/who-may-work/"):
        assert hester.opens(path).page.count("What is this page for?") == 1, path
    assert "What is this page for?" not in hester.opens("/nowhere").page
