"""One glossary: every word once, in plain English, with those of the plugins among them."""

from __future__ import annotations

import re

import pytest

from cmcore.api import GlossaryTerm, glossary
from cmcore.plugins.glossary import own_terms
from cmcore.plugins.manifest import PluginFault
from cmcore.testing import plugged
from cmcore.testing.plugged import a_plugin
from tests.plain_english import reading_age

KILN = GlossaryTerm("wrenshire_kiln", "Kiln", "A hot oven in which clay turns hard.")


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.key)
def test_a_word_is_explained_so_that_a_child_of_eleven_can_read_it(term: GlossaryTerm) -> None:
    assert re.fullmatch(r".+[.]", term.meaning)
    assert reading_age(term.meaning) <= 13
    assert term.word not in [one.word for one in own_terms() if one is not term]


def test_all_of_it_together_is_for_somebody_of_eleven() -> None:
    assert reading_age(" ".join(term.meaning for term in own_terms())) <= 11


def test_words_of_plugins_stand_among_the_others_in_the_order_of_the_alphabet() -> None:
    with plugged(a_plugin(cm_glossary=lambda: [KILN])):
        words = [term.word.lower() for term in glossary().values()]
        assert glossary()["wrenshire_kiln"] is KILN and words == sorted(words)
    with plugged():
        assert "wrenshire_kiln" not in glossary()


def test_a_plugin_explains_words_under_keys_of_its_own_only() -> None:
    plugin = a_plugin(cm_glossary=lambda: [GlossaryTerm("pep", "PEP", "Something else.")])
    with pytest.raises(PluginFault, match="does not begin with"), plugged(plugin):
        pass
