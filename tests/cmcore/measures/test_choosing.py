"""What can be hoped for is what a programme is measured with."""

from __future__ import annotations

from cmcore.forms import form_of, kinds
from cmcore.measures.choosing import measure_labels, offering
from cmcore.referrals.forms import ReferralAnswers

ASKED = form_of(ReferralAnswers)


def offered(*sets: str) -> list[str]:
    """The keys offered for these sets."""
    kind = offering(ASKED, "outcomes", sets).question("outcomes").kind
    assert isinstance(kind, kinds.Choices)
    return [one.key for one in kind.options]


def test_where_everything_is_measured_with_the_eight_the_form_stays_as_it_is() -> None:
    assert offering(ASKED, "outcomes", ["eight@1"]) is ASKED


def test_a_set_whose_plugin_is_gone_offers_nothing() -> None:
    assert offering(ASKED, "outcomes", ["wrenshire_five@1"]) is ASKED


def test_measures_of_several_sets_are_offered_once_each() -> None:
    both, eight = offered("eight@1", "sdq@1"), offered("eight@1")
    assert both[: len(eight)] == eight and len(both) > len(eight) and len(both) == len(set(both))


def test_every_measure_has_its_words() -> None:
    assert measure_labels()["confidence"] == "Confidence" and set(offered("sdq@1")) <= set(measure_labels())
