"""Filling answers in over several sittings, taking a draft over to a newer edition, correcting, answering again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.answers.editions import form_of_edition
from cmcore.answers.filling import begin_again, carry_over, correct, finish, may_correct
from cmcore.answers.records import FormAnswers
from cmcore.answers.sensitive import has_sensitive, sees_sensitive
from cmcore.base.findings import Finding, NotAllowed, Refused, Severity
from cmcore.forms import read
from cmcore.safekeeping.work import Conflict, Work
from console import desk, lookups
from console.filling_page import (
    AUTOSAVE,
    DRAFT,
    AnswersKeeper,
    autosaved,
    conflict,
    filling_page,
    keep_draft,
    take,
    with_reason,
)
from console.form_page import FormPage
from console.record_forms import ONE
from console.security import needs


class Filling:
    """What the page of answers has for writing; mixed into :class:`console.pages.form_answers.AnswersToForms`."""

    endpoint: str
    list_title: str
    read_with: Sequence[Any]
    address: Callable[[], str]
    address_of: Callable[[Any], str]
    about_whom: Callable[[Work, FormAnswers], str]
    _confirm: Callable[..., Response]

    @expose(f"/{ONE}/fill", methods=("GET", "POST"))
    @needs("form_answers.fill")
    def fill(self, pk: int) -> Any:
        """Fill a draft in; what comes back is kept before it is judged."""
        work = desk.work()
        answers = work.get(FormAnswers, pk, *self.read_with)
        if answers.state != "draft":
            flash("These answers were finished meanwhile.", "warning")
            return redirect(self.address_of(answers), 303)
        self._refuse_unless_theirs(work, answers)
        page = self._filling(work, answers)
        if request.method == "GET":
            shown = self._typed(page) or self._opened(page, answers)
            work.opened(answers, "to fill it in")
            work.commit()
            return shown
        taken = take(page)
        if AUTOSAVE in request.form:
            return autosaved(work, answers, taken)
        try:
            taken = keep_draft(work, answers, taken)
        except Conflict:
            work.undo()
            return conflict(page, work.get(FormAnswers, pk), taken)
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        rejected = bool(page.keeper.refused) if isinstance(page.keeper, AnswersKeeper) else False
        page = self._filling(work, answers)
        if taken.pressed == DRAFT and not rejected:
            flash("Saved. Come back to it whenever you like.")
            return redirect(self.address_of(answers), 303)
        if taken.answers is None:
            return page.again(taken)
        try:
            finish(work, answers)
            work.commit()
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        for one in work.warnings:
            flash(f"{one.message} {one.way_out}".strip(), "warning")
        flash("Finished. Thank you.")
        return redirect(self.address_of(answers), 303)

    def _filling(self, work: Work, answers: FormAnswers) -> FormPage:
        return filling_page(
            work,
            answers,
            back=self.address_of(answers),
            carry=self.at("carry", answers),
            crumbs=self.crumbs_to(answers, "Fill in"),
            about=self.about_whom(work, answers),
        )

    def _typed(self, page: FormPage) -> Response | None:
        """The page with what was typed when the sign-in ended."""
        if (typed := desk.typed_before()) is None:
            return None
        said = Finding(
            "This is what you had typed when you were signed out",
            severity=Severity.inform,
            way_out="Look it over, then save it or finish.",
        )
        told = replace(page, told=[*page.told, said])
        taken = told.take(typed)
        return told.again(taken, taken.warnings)

    def _opened(self, page: FormPage, answers: FormAnswers) -> Response:
        if "check" in request.args:
            findings = read(page.form, answers.values, draft=True).findings
            return page.opened(answers.values, findings, version=answers.version)
        return page.blank(answers.values, version=answers.version)

    def _refuse_unless_theirs(self, work: Work, answers: FormAnswers) -> None:
        if not sees_sensitive(work, answers) and has_sensitive(form_of_edition(answers.edition)):
            raise NotAllowed([Finding("Only who began these answers goes on with them.", way_out="Begin your own.")])

    @expose(f"/{ONE}/carry-over", methods=("POST",))
    @needs("form_answers.fill")
    def carry(self, pk: int) -> Any:
        """Take a draft over to the edition in force."""
        work = desk.work()
        answers = carry_over(work, work.get(FormAnswers, pk))
        work.commit()
        behind = len(answers.left_behind)
        flash(f"It is on edition {answers.edition.number} now." + (" Look at what no longer fits." if behind else ""))
        return redirect(self.at("fill", answers), 303)

    @expose(f"/{ONE}/again", methods=("GET", "POST"))
    @needs("form_answers.fill")
    def again(self, pk: int) -> Any:
        """Begin a new set of answers with finished ones."""
        work = desk.work()
        answers = work.get(FormAnswers, pk)
        if request.method == "GET":
            why = "A new draft begins with these answers. These stay as they are until the new ones are finished."
            return self._confirm(work, answers, "Answer again", why, "Begin", "again")
        made = begin_again(work, answers)
        work.commit()
        return redirect(self.at("fill", made), 303)

    @expose(f"/{ONE}/correct", methods=("GET", "POST"))
    @needs("form_answers.fill")
    def correct(self, pk: int) -> Any:
        """Correct finished answers, with a reason."""
        work = desk.work()
        answers = work.get(FormAnswers, pk, *self.read_with)
        if answers.state not in ("finished", "corrected") or not may_correct(work, answers):
            raise NotAllowed([Finding("These answers cannot be corrected by you.", way_out="Ask a coordinator.")])
        form, key = with_reason(form_of_edition(answers.edition))
        page = FormPage(
            form=form,
            title="Correct answers",
            heading=f"Correct: {form.title}",
            action_url=request.full_path.rstrip("?"),
            submit="Keep the correction",
            lookup=lookups.lookup,
            shown=lookups.shown,
            keeper=AnswersKeeper(work, answers),
            cancel_url=self.address_of(answers),
            crumbs=self.crumbs_to(answers, "Correct"),
        )
        if request.method == "GET":
            shown = self._typed(page) or page.blank(answers.values, version=answers.version)
            work.opened(answers, "to correct it")
            work.commit()
            return shown
        taken = take(page)
        if taken.answers is None:
            return page.again(taken)
        raw = {name: value for name, value in taken.raw.items() if name != key}
        try:
            if taken.version is None:
                raise Conflict(answers)
            correct(work, answers, raw, reason=str(taken.raw.get(key, "")), version=taken.version)
            work.commit()
        except Conflict:
            work.undo()
            stored = work.get(FormAnswers, pk)
            return page.conflict(taken, stored.values, version=stored.version, by=stored.saved_by)
        except NotAllowed:
            raise
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        flash("Corrected. What stood before is kept.")
        return redirect(self.address_of(answers), 303)

    def at(self, method: str, record: FormAnswers) -> str:
        """Where something is done with answers."""
        return url_for(f"{self.endpoint}.{method}", pk=record.id)

    def crumbs_to(self, record: FormAnswers, last: str) -> list[tuple[str, str]]:
        """The way to a page about answers."""
        return [(self.list_title, self.address()), (record.ref, self.address_of(record)), (last, "")]
