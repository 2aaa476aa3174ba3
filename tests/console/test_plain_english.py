"""What mentors and young people are asked can be read by somebody of eleven."""

from __future__ import annotations

import pytest

from cmcore.concerns.forms import ConcernAnswers
from cmcore.forms import Form, form_of
from cmcore.journals.forms import JournalAnswers, JournalChangeAnswers
from cmcore.peps.forms import ContributionAnswers
from cmcore.plugins.register import Register, standing
from cmcore.reviews.forms import ReviewAnswers
from cmcore.sessions.forms import SessionAnswers, SessionMissedAnswers, SessionPlanAnswers
from tests.plain_english import reading_age, syllables

#: What a mentor fills in on a phone, with the young person beside them.
ASKED = (
    SessionAnswers,
    SessionMissedAnswers,
    SessionPlanAnswers,
    ConcernAnswers,
    JournalAnswers,
    JournalChangeAnswers,
    ReviewAnswers,
    ContributionAnswers,
)
#: Forms of plugins that young people fill in themselves.
OWN = ("staffordshire-voice",)


def words_of(form: Form) -> str:
    """Everything the form says: what it is for, each question and each hint, every one as a sentence."""
    said = [form.doc or "", *(text for one in form.questions for text in (one.label, one.hint) if text)]
    return " ".join(text if text[-1:] in ".?!" else f"{text}." for text in said if text)


@pytest.mark.parametrize("form", [form_of(one) for one in ASKED], ids=lambda form: form.key)
def test_a_form_of_a_mentor_is_for_somebody_of_eleven(form: Form) -> None:
    assert reading_age(words_of(form)) <= 11


def test_the_forms_that_young_people_fill_in_themselves_are_too() -> None:
    known = Register()
    known.load_installed()
    with standing(known):
        forms = {one.key: one for _, each in known.by_plugin("cm_forms") for one in [form_of(each)]}
        for key in OWN:
            assert reading_age(words_of(forms[key])) <= 11, key


@pytest.mark.parametrize(
    ("word", "number"), [("cat", 1), ("table", 2), ("confidence", 3), ("looked", 1), ("started", 2), ("PEP", 3)]
)
def test_syllables_are_counted_as_they_are_said(word: str, number: int) -> None:
    assert syllables(word) == number


def test_a_hard_sentence_is_found_to_be_hard() -> None:
    easy = "We met at the park. She drew a heron. He liked it."
    hard = "Multidisciplinary professionals operationalise comprehensive safeguarding methodologies collaboratively."
    assert reading_age(easy) < 8 < 18 < reading_age(hard) and reading_age("") == 0
