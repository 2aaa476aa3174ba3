"""Searching everything one may see: what is found, for whom, at what cost, and where its words do not stand."""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import Flask

from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor


def searches(visitor: Visitor, words: str) -> dict[str, list[str]]:
    """What is found, by the heading it stands under."""
    visitor.sends("/search/", q=words)
    assert visitor.status == 303 and words.lower() not in unquote(visitor.answer.location).lower()
    page = visitor.opens(visitor.answer.location).page
    found = re.findall(r'<h2 id="found-\d+">(.*?)</h2>.*?<ul class="cm-found">(.*?)</ul>', page, re.S)
    return {head: re.findall(r"<li>(?:<a [^>]*>)?([^<]*)", hits) for head, hits in found}


def test_a_young_person_is_found_by_name_initials_and_reference_and_shown_by_initials(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = autumn.visitor(shipped)
    (known,) = searches(visitor, "kestrel arden")["Young people"]
    assert known.startswith("K.A. WR-") and "Kestrel" not in visitor.page.split("<ul", 1)[1].replace("kestrel", "")
    assert known in searches(visitor, "k.a.")["Young people"] and known in searches(visitor, "KA")["Young people"]
    assert searches(visitor, known)["Young people"] == [known]


def test_what_is_found_is_what_the_lists_show(shipped: Flask, autumn: Autumn) -> None:
    assert "Mentors" in searches(autumn.visitor(shipped), "tansyhurst")
    mentor = searches(autumn.visitor(shipped, "mentor"), "arden")
    assert "Young people" not in mentor
    for who in ("finance", "administrator", "evaluator"):
        assert "Young people" not in searches(autumn.visitor(shipped, who), "arden")
    elsewhere = autumn.visitor(shipped, "elsewhere")
    assert searches(elsewhere, "arden").keys() <= {"Pages of this console"}
    assert "Funding lines" in searches(autumn.visitor(shipped, "finance"), "funding")["Pages of this console"]


def test_a_search_costs_twenty_statements_at_most(shipped: Flask, autumn: Autumn) -> None:
    for who in ("coordinator", "head", "mentor"):
        visitor = autumn.visitor(shipped, who)
        for words in ("WR-0", "oak"):
            searches(visitor, words)
            sent = cost(visitor, visitor.answer.request.full_path, autumn.stage.engine)
            assert len(sent) <= 20, said(sent)


def test_a_page_without_words_says_what_to_type_and_signs_are_only_signs(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    assert "Type a reference, initials or a part of a name." in visitor.opens("/search/").page
    assert "Type it again" in visitor.opens("/search/?sought=0123456789abcdef").page
    for words in ("%", "<script>", "' OR 1=1 --", "\\"):
        assert searches(visitor, words) == {} and "<script>" not in visitor.page
    assert Visitor(shipped).opens("/search/").status == 303
