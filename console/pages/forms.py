"""Forms: those in use, by who brought them; what each asks; begun on a page, on paper or on a sheet; withdrawn."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.answers import queries
from cmcore.answers.declared import owner_title
from cmcore.answers.editions import bring_back, editions_of, known_forms, withdraw
from cmcore.base.clock import local
from cmcore.base.findings import NotFound, Refused
from cmcore.forms import Answers, ask, form
from cmcore.safekeeping.work import Work
from console import desk, form_rows, lookups
from console.forms_begin import FORM, Asked, Beginning
from console.framework import Page
from console.security import needs
from console.steps import NextStep


@form("withdraw-form", version=1, title="Withdraw a form")
class WithdrawAnswers(Answers):
    """Why a form is not used any more."""

    reason: str = ask("Why is it withdrawn?", long=True, most=1000, hint="Drafts may be finished; answers stay.")


class Forms(Beginning, Page):
    """The forms an authority fills in, whoever brought them."""

    route_base = "/forms"
    about = (
        "Every form that can be filled in: those that come with the software, those of plugins, and your own workbooks."
    )

    @expose("/")
    @needs("form_edition.see")
    def index(self) -> Any:
        """Every form of every authority within reach."""
        work = desk.work()
        names = desk.names_of(sorted(work.scope.authorities) if work.scope else [])
        shown = []
        for key, name in names:
            known = known_forms(work, key)
            found = form_rows.groups(known, queries.counts_for(work, key), self._address_in(key), owner_title)
            shown.append((name, found, [one.finding for one in known if one.finding]))
        return self.show_page(
            "cm/forms.html", title="Forms", authorities=shown, about=self.about, acts=self._acts(work), crumbs=()
        )

    def _address_in(self, authority_id: int) -> Any:
        about = request.args.get("about")
        return lambda one: url_for("Forms.show", authority_id=authority_id, key=one.form.key, about=about)

    def _acts(self, work: Work) -> list[tuple[str, str]]:
        """What else can be done: the answers, and bringing a workbook in where there is a page for it."""
        answers = self.appbuilder.page_about("form_answers")
        made = [("All answers", answers.address())] if answers is not None and answers.may("list") else []
        view = next((one for one in self.appbuilder.baseviews if getattr(one, "brings_forms", False)), None)
        if view is not None and work.may("form_edition.publish"):
            made.append(("Bring in a workbook", self.appbuilder.address(f"{view.endpoint}.{view.default_view}")))
        return made

    @expose(FORM)
    @needs("form_edition.see")
    def show(self, authority_id: int, key: str) -> Any:
        """One form: what it asks, its editions, its answers."""
        work = desk.work()
        asked = self.asked(work, authority_id, key)
        editions = editions_of(work, authority_id, key)
        newest = asked.offered.edition
        why = queries.why_withdrawn(work, newest) if newest is not None else ""
        return self.show_page(
            "cm/one_form.html",
            title=asked.form.title,
            form=asked.form,
            findings=[asked.offered.finding] if asked.offered.finding else [],
            steps=self._steps(work, asked),
            drafts=self._drafts(work, asked),
            facts=[
                ("Brought by", form_rows.owner_words(asked.offered.owner, owner_title)),
                ("Edition", form_rows.edition_cell(asked.offered)),
                ("Answers so far", form_rows.answers_words(queries.counts_for(work, authority_id).get(key, _NONE))),
                ("Key", key),
                *([("Withdrawn because", why)] if why else []),
            ],
            left_out=[_said(one) for one in newest.left_out] if newest is not None else [],
            columns=form_rows.EDITION_HEADS,
            editions=form_rows.edition_rows(editions),
            asked=form_rows.asked(asked.form),
            crumbs=[("Forms", url_for("Forms.index")), (asked.form.title, "")],
        )

    def _steps(self, work: Work, asked: Asked) -> list[NextStep]:
        about = request.args.get("about")
        at = {"authority_id": asked.authority_id, "key": asked.form.key}
        made: list[NextStep] = []
        in_force = asked.offered.standing == "in force"
        if in_force and work.may("form_answers.fill", asked.authority_id):
            made += [
                NextStep("Fill it in", url_for("Forms.begin", about=about, **at), _begin_words(about)),
                NextStep("Save an empty sheet", url_for("Forms.sheet", **at), "Excel, to be filled in elsewhere."),
                NextStep("Bring a filled-in sheet back", url_for("Forms.sheet_in", about=about, **at), _SHEET_WORDS),
            ]
        if in_force:
            made.append(NextStep("Save as an empty PDF", url_for("Forms.pdf", **at), "To be filled in by hand."))
        answers = self.appbuilder.page_about("form_answers")
        if answers is not None and answers.may("list"):
            made.append(NextStep("Look at the answers", f"{answers.address()}?form_key={asked.form.key}"))
        if work.may("form_answers.export", asked.authority_id) and asked.offered.edition is not None:
            why = "Over all editions, as CSV or Excel."
            made.append(NextStep("Export the answers", url_for("FormExports.index", **at), why))
        if work.may("form_edition.withdraw", asked.authority_id) and asked.offered.edition is not None:
            if in_force:
                made.append(NextStep("Withdraw it", url_for("Forms.withdraw", **at), "Nobody begins it any more."))
            elif asked.offered.standing == "withdrawn":
                made.append(NextStep("Use it again", url_for("Forms.bring_back", **at), "As it was."))
        return made

    def _drafts(self, work: Work, asked: Asked) -> list[tuple[str, str, str]]:
        if not work.may("form_answers.fill", asked.authority_id):
            return []
        return [
            (
                url_for("AnswersToForms.fill", pk=one.id),
                f"Begun {local(one.created_at):%d %b %Y}, {one.ref}",
                lookups.title("young_person", one.young_person_id) or "" if one.young_person_id else "",
            )
            for one in queries.own_drafts(work, asked.form.key, asked.authority_id)
        ]

    # ---- in use or not
    @expose(f"{FORM}/withdraw", methods=("GET", "POST"))
    @needs("form_edition.withdraw")
    def withdraw(self, authority_id: int, key: str) -> Any:
        """Take a form out of use, with a reason."""
        work = desk.work()
        asked = self.asked(work, authority_id, key)
        page = self.form_page(asked, WithdrawAnswers.form, f"Withdraw: {asked.form.title}", "Withdraw it")
        if request.method == "GET":
            return page.blank()
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        if asked.offered.edition is None:
            raise NotFound("form")
        try:
            withdraw(work, asked.offered.edition, taken.answers.reason)
            work.commit()
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        flash("Withdrawn. Drafts may be finished, and what was answered stays.")
        return redirect(url_for("Forms.show", authority_id=authority_id, key=key), 303)

    @expose(f"{FORM}/bring-back", methods=("GET", "POST"))
    @needs("form_edition.publish")
    def bring_back(self, authority_id: int, key: str) -> Any:
        """Put a withdrawn form into use again."""
        work = desk.work()
        asked = self.asked(work, authority_id, key)
        if request.method == "GET" or asked.offered.edition is None:
            return self.confirm(asked, "Use again", "It can be filled in again, as it was.", "Use it again")
        bring_back(work, asked.offered.edition)
        work.commit()
        flash("It can be filled in again.")
        return redirect(url_for("Forms.show", authority_id=authority_id, key=key), 303)


_SHEET_WORDS = "It becomes a draft, which is looked over before it is finished."


def _begin_words(about: str | None) -> str:
    kind, _, number = (about or "").rpartition("-")
    found = lookups.shown(kind, int(number)) if kind and number.isascii() and number.isdigit() else None
    whom = f"About {found.title}. " if found is not None else ""
    return f"{whom}Over several sittings: a draft is kept for you."


_NONE = queries.Counted()


def _said(one: dict[str, Any]) -> str:
    row, column = one.get("row"), one.get("column")
    sheet = str(one.get("file") or "").rpartition(", ")[2]
    where = ", ".join(part for part in (sheet, f"row {row}" if row else "", f"“{column}”" if column else "") if part)
    return f"{where}: {one['message']}" if where else str(one["message"])
