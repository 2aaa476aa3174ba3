"""A plugin's own form at a stage: which one is asked, what of it becomes the record, what stands beside it."""

from __future__ import annotations

from typing import Any

from cmcore.answers.offers import begun
from cmcore.answers.stages import StageForm, asks_more, columns_of, kept_beside, stage_form
from cmcore.commissions.forms import CommissionAnswers
from cmcore.forms import ask, form
from cmcore.plugins.records import PluginHealth
from cmcore.referrals.actions import add_referral, submit_referral
from cmcore.referrals.forms import ReferralAnswers
from cmcore.testing import Stage
from cmcore.testing.plugged import a_plugin, plugged
from cmcore.testing.story import Story


@form("wrenshire-referral", version=1, title="Wrenshire's referral")
class WrenshireReferral(ReferralAnswers):
    """The usual referral, and one question more."""

    favourite: str | None = ask("What they would show a stranger", sensitive=True)


@form("abbotshire-referral", version=1, title="Abbotshire's referral")
class AbbotshireReferral(ReferralAnswers):
    """Another one."""

    colour: str | None = ask("Their colour")


def asking(form_class: type[ReferralAnswers], name: str = "wrenshire") -> Any:
    return a_plugin(name, cm_forms=lambda: [form_class], cm_stage_forms=lambda: [StageForm("referral", form_class)])


def answers(story: Story, **more: Any) -> WrenshireReferral:
    return WrenshireReferral(**story.referral_form().columns(), **more)


def test_a_form_asks_more_and_the_rest_is_the_records() -> None:
    assert [one.key for one in asks_more(WrenshireReferral, ReferralAnswers)] == ["favourite"]
    assert asks_more(ReferralAnswers, ReferralAnswers) == ()


def test_of_two_plugins_the_first_by_name_is_asked(stage: Stage) -> None:
    with plugged(asking(WrenshireReferral), asking(AbbotshireReferral, "abbotshire")), stage.work() as work:
        assert stage_form(work, "referral", ReferralAnswers, stage.authority_id) is AbbotshireReferral
        assert stage_form(work, "referral", ReferralAnswers, None) is ReferralAnswers


def test_a_form_that_does_not_build_on_the_stages_own_is_not_asked_there(stage: Stage) -> None:
    with plugged(asking(WrenshireReferral)), stage.work() as work:
        assert stage_form(work, "referral", CommissionAnswers, stage.authority_id) is CommissionAnswers


def test_the_record_has_its_columns_and_the_whole_form_stands_beside_it(stage: Stage) -> None:
    story = Story.begin(stage)
    with plugged(asking(WrenshireReferral)), stage.work() as work:
        told = answers(story, favourite="A tern's egg, blown.")
        assert "favourite" not in columns_of(told, ReferralAnswers)
        referral = add_referral(work, told)
        kept = kept_beside(work, referral, WrenshireReferral)
        assert kept is not None and kept.values["favourite"] == "A tern's egg, blown."
        assert kept.values["reasons"] == ["engage"]
        submit_referral(work, referral)
        assert kept.state == "finished"


def test_what_two_plugins_offer_is_put_together_and_what_is_not_asked_left_out(stage: Stage) -> None:
    def offering(name: str, **values: Any) -> Any:
        return a_plugin(name, cm_begin_form=lambda form: values)

    first, second = offering("abbotshire", hours=10, colour="blue"), offering("wrenshire", hours=20, rate_pence=3000)
    with plugged(first, second), stage.work() as work:
        assert begun(work, CommissionAnswers.form, stage.authority_id) == {"hours": 10, "rate_pence": 3000}


def test_a_plugin_that_fails_to_offer_stops_nobody_and_is_written_down(stage: Stage) -> None:
    def fails() -> dict[str, Any]:
        raise KeyError("nothing there")

    with plugged(a_plugin(cm_begin_form=fails)):
        with stage.work() as work:
            assert begun(work, CommissionAnswers.form, stage.authority_id) == {}
        with stage.work("operator") as work:
            from sqlalchemy import select

            assert [one.hook for one in work.db.scalars(select(PluginHealth))] == ["cm_begin_form"]
