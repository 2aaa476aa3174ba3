"""Editions: a changed question is a new version, an unchanged one is nothing to do, and keys are not shared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from cmcore.answers.editions import (
    asks_the_same,
    bring_back,
    edition_to_fill,
    editions_of,
    form_of_edition,
    forms_for,
    in_force,
    known_forms,
    publish,
    withdraw,
)
from cmcore.answers.forms import MyPage
from cmcore.answers.records import FormEdition
from cmcore.base.findings import Finding, NotAllowed, NotFound, Severity
from cmcore.forms import Form, ask, form, freeze
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused


@form("wrenshire-visit", version=1, title="Visit")
class Visit:
    """What was seen on a visit."""

    place: str = ask("Where was it?")
    people: int | None = ask("How many came?", least=1)


VISIT: Form = Visit.form  # type: ignore[attr-defined]


def changed(asked: Form = VISIT, **changes: object) -> Form:
    """The same form with another question asked about the place."""
    return replace(asked.with_question("place", label="Where did you go?"), **changes)


def brought(work: Work, asked: Form = VISIT, **more: object) -> FormEdition:
    """Publish a workbook's form."""
    return publish(work, asked, authority_id=work.db.info["scope"].grants[0].authority_id, source="workbook", **more)


def test_a_published_form_is_in_force_and_offered(stage: Stage) -> None:
    with stage.work() as work:
        edition = brought(work)
        assert (edition.state, edition.number, edition.published_on) == ("published", 1, stage.clock.today())
    with stage.work() as work:
        assert in_force(work, "wrenshire-visit") is not None
        assert "wrenshire-visit" in [one.form.key for one in forms_for(work, stage.authority_id)]


def test_the_same_workbook_again_changes_nothing(stage: Stage) -> None:
    with stage.work() as work:
        first = brought(work)
        assert brought(work).id == first.id
        assert work.db.scalar(select(func.count()).select_from(FormEdition)) == 1


def test_a_workbook_with_a_changed_question_becomes_the_next_edition_and_replaces_the_one_before(stage: Stage) -> None:
    with stage.work() as work:
        brought(work)
        second = brought(work, changed())
        assert [(one.number, one.state) for one in editions_of(work, stage.authority_id, "wrenshire-visit")] == [
            (2, "published"),
            (1, "replaced"),
        ]
        assert second.questions["version"] == 2


def test_a_declared_form_with_changed_questions_needs_a_higher_version(stage: Stage) -> None:
    with stage.work("operator") as work:
        publish(work, VISIT, authority_id=stage.authority_id, source="declared", owner="wrenshire")
        with refused(None, "The questions of “Visit” have changed, but its version is still 1. Give it version 2."):
            publish(work, changed(), authority_id=stage.authority_id, source="declared", owner="wrenshire")
        later = publish(work, changed(version=2), authority_id=stage.authority_id, source="declared", owner="wrenshire")
        assert later.number == 2
        with refused(None, "version 2 was published here already"):
            publish(work, VISIT, authority_id=stage.authority_id, source="declared", owner="wrenshire")


def test_another_title_is_no_other_question(stage: Stage) -> None:
    with stage.work("operator") as work:
        first = publish(work, VISIT, authority_id=stage.authority_id, source="declared", owner="wrenshire")
        same = replace(VISIT, title="A visit")
        assert publish(work, same, authority_id=stage.authority_id, source="declared", owner="wrenshire") is first


def test_a_key_somebody_else_uses_is_refused(stage: Stage) -> None:
    with stage.work("operator") as work:
        publish(work, VISIT, authority_id=stage.authority_id, source="declared", owner="wrenshire")
        with refused(None, "The key “wrenshire-visit” is taken: the form of that key belongs to “wrenshire”."):
            publish(work, VISIT, authority_id=stage.authority_id, source="workbook")
        with refused(None, "The key “my-page” is taken: the form of that key comes with the software."):
            publish(work, MyPage.form, authority_id=stage.authority_id, source="workbook")


def test_what_could_not_be_carried_is_kept_with_the_edition(stage: Stage) -> None:
    said = Finding("“geopoint” cannot be asked here.", severity=Severity.warn, row=4, column="type")
    with stage.work() as work:
        assert brought(work, left_out=[said]).left_out == [said.as_data()]


def test_a_withdrawn_form_is_not_offered_and_can_be_brought_back(stage: Stage) -> None:
    with stage.work() as work:
        edition = brought(work)
        with refused(None, "needs a reason"):
            withdraw(work, edition, " ")
        withdraw(work, edition, "Nobody uses it.")
    with stage.work() as work:
        assert in_force(work, "wrenshire-visit") is None
        assert "wrenshire-visit" not in [one.form.key for one in forms_for(work, stage.authority_id)]
        assert ("wrenshire-visit", "withdrawn") in [
            (one.form.key, one.standing) for one in known_forms(work, stage.authority_id)
        ]
        with refused(None, "This form is not in use."):
            edition_to_fill(work, "wrenshire-visit", stage.authority_id)
        bring_back(work, editions_of(work, stage.authority_id, "wrenshire-visit")[0])
    with stage.work() as work:
        assert in_force(work, "wrenshire-visit") is not None


def test_a_withdrawn_workbook_published_again_comes_back_as_it_was(stage: Stage) -> None:
    with stage.work() as work:
        edition = brought(work)
        withdraw(work, edition, "By mistake.")
        assert brought(work).id == edition.id and edition.state == "published"


def test_a_declared_form_is_put_in_force_by_its_first_use(stage: Stage) -> None:
    with stage.work() as work:
        assert in_force(work, "my-page") is None
        first = edition_to_fill(work, "my-page", stage.authority_id)
        assert (first.number, first.source, first.owner) == (1, "declared", "cmcore")
        assert edition_to_fill(work, "my-page", stage.authority_id) is first
        assert form_of_edition(first) is MyPage.form


def test_a_declared_form_that_changed_without_a_new_version_stays_as_it_was_and_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stage.work() as work:
        edition_to_fill(work, "my-page", stage.authority_id)
    slipped = MyPage.form.with_question("likes", label="What do you like?")
    monkeypatch.setattr("cmcore.answers.declared._SHIPPED", (slipped,))
    with stage.work() as work:
        offered = next(one for one in forms_for(work, stage.authority_id) if one.form.key == "my-page")
        assert offered.form.question("likes").label == "What I like doing"
        assert offered.finding is not None and "its version is still 1" in offered.finding.message
        assert edition_to_fill(work, "my-page", stage.authority_id).number == 1


def test_a_declared_form_of_a_higher_version_is_used_at_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with stage.work() as work:
        edition_to_fill(work, "my-page", stage.authority_id)
    newer = replace(MyPage.form.with_question("likes", label="What do you like?"), version=3)
    monkeypatch.setattr("cmcore.answers.declared._SHIPPED", (newer,))
    with stage.work() as work:
        assert edition_to_fill(work, "my-page", stage.authority_id).number == 3
        assert [one.state for one in editions_of(work, stage.authority_id, "my-page")] == ["published", "replaced"]


def test_a_form_whose_plugin_is_gone_is_known_and_not_offered(stage: Stage) -> None:
    with stage.work("operator") as work:
        publish(work, VISIT, authority_id=stage.authority_id, source="declared", owner="wrenshire")
        assert "wrenshire-visit" not in [one.form.key for one in forms_for(work, stage.authority_id)]
        known = {one.form.key: one.standing for one in known_forms(work, stage.authority_id)}
        assert known["wrenshire-visit"] == "off"


def test_each_authority_has_its_own_editions(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        key = brought(work).id
    with stage.work(authority_id=other) as work:
        assert in_force(work, "wrenshire-visit") is None
        with pytest.raises(NotFound):
            work.get(FormEdition, key)
        assert brought(work, changed()).number == 1
    with stage.work() as work:
        assert asks_the_same(work.get(FormEdition, key), VISIT)


@pytest.mark.parametrize("role", ["mentor", "referrer", "evaluator", "finance"])
def test_only_who_answers_for_the_authority_publishes_a_form(stage: Stage, role: str) -> None:
    with stage.work(role, mentor_id=1, setting_id=1) as work, pytest.raises(NotAllowed):
        brought(work)


def test_what_is_kept_is_what_was_frozen(stage: Stage) -> None:
    with stage.work() as work:
        key = brought(work).id
    with stage.work() as work:
        assert work.get(FormEdition, key).questions == freeze(VISIT)
