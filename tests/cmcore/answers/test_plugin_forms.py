"""Forms of plugins: offered where the plugin is on, known where it is off, and answers readable when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cmcore.answers.editions import edition_to_fill, form_of_edition, forms_for, known_forms
from cmcore.answers.filling import correct, finish, save_draft, start_form
from cmcore.answers.records import FormAnswers
from cmcore.answers.showing import shown_parts
from cmcore.forms import Form
from cmcore.plugins.register import Register, standing
from cmcore.safekeeping.plugin_actions import switch_plugin
from cmcore.testing import Stage, a_plugin, refused
from tests.cmcore.answers.wrenshire import GOOD, KEY, VISIT, newer


def bringing(*forms: Form) -> Register:
    """A register with a plugin that brings these forms."""
    made, one = Register(), a_plugin(cm_forms=lambda: list(forms))
    made.add(one.MANIFEST, one)
    return made


@pytest.fixture
def installed() -> Iterator[Register]:
    """The plugin is installed."""
    with standing(bringing(VISIT)) as made:
        yield made


def offered(stage: Stage) -> list[str]:
    with stage.work("operator") as work:
        return [one.form.key for one in forms_for(work, stage.authority_id)]


def switch(stage: Stage, on: bool) -> None:
    with stage.work("operator") as work:
        switch_plugin(work, stage.authority_id, "wrenshire", on)


def test_a_plugins_form_is_offered_while_it_is_on_and_known_with_its_answers_while_it_is_off(
    stage: Stage, installed: Register
) -> None:
    switch(stage, on=True)
    assert KEY in offered(stage)
    with stage.work() as work:
        made = start_form(work, KEY, stage.authority_id)
        assert made.edition.owner == "wrenshire" and form_of_edition(made.edition) is VISIT
    switch(stage, on=False)
    assert KEY not in offered(stage)
    with stage.work() as work:
        known = {one.form.key: one.standing for one in known_forms(work, stage.authority_id)}
        assert known[KEY] == "off"
        with refused(None, "This form is not in use."):
            edition_to_fill(work, KEY, stage.authority_id)
        finish(work, work.get(FormAnswers, made.id), GOOD)


def test_answers_are_read_finished_and_corrected_after_the_plugin_is_gone(stage: Stage) -> None:
    with standing(bringing(VISIT)):
        switch(stage, on=True)
        with stage.work() as work:
            done = finish(work, start_form(work, KEY, stage.authority_id), GOOD).id
            begun = save_draft(work, start_form(work, KEY, stage.authority_id), {"place": "Mossgrave"}).id
    with standing(Register()), stage.work() as work:
        shown = shown_parts(work, work.get(FormAnswers, done))
        assert ("Where was it?", "Pennywick Mill") in [(one.label, one.said) for part in shown for one in part.lines]
        correct(work, work.get(FormAnswers, done), GOOD | {"people": "8"}, reason="Counted again.")
        assert finish(work, work.get(FormAnswers, begun), GOOD).state == "finished"


def test_a_newer_version_of_the_plugin_brings_a_newer_edition_and_drafts_stay_where_they_are(stage: Stage) -> None:
    with standing(bringing(VISIT)):
        switch(stage, on=True)
        with stage.work() as work:
            begun = save_draft(work, start_form(work, KEY, stage.authority_id), {"people": "7"}).id
    with standing(bringing(replace(newer(), version=2))), stage.work() as work:
        assert start_form(work, KEY, stage.authority_id).edition.number == 2
        kept = work.get(FormAnswers, begun)
        assert kept.edition.number == 1 and kept.values == {"people": "7"}
        assert form_of_edition(kept.edition).question("people").label == "How many came?"
