"""How old somebody is who reads a text with ease: the grade of Flesch and Kincaid, and the five years before school.

Source: Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75.
"""

from __future__ import annotations

import re

_WORDS = re.compile(r"[A-Za-z][A-Za-z’']*")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_age(text: str) -> float:
    """The age in years. A text with no words can be read by everybody: 0."""
    words = _WORDS.findall(text)
    sentences = max(1, len(re.findall(r"[.!?:;](?=\s|$)", text)))
    if not words:
        return 0.0
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def syllables(word: str) -> int:
    """About how many syllables an English word has; letters said one by one count one each."""
    if word.isupper() and len(word) <= 4:
        return len(word)
    low = re.sub(r"[’'].*", "", word.lower())
    low = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$|(?<=[^cgsxz])es$", "", low)
    return max(1, len(_VOWELS.findall(low)))
