"""How a form of a record's page is asked, read, refused and kept: the same way for every kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from flask import Response, flash, make_response, redirect, render_template, request, url_for

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotAllowed, Refused, Severity
from cmcore.base.records import Record
from cmcore.forms import Form
from cmcore.safekeeping.work import Conflict, Work
from console import desk, lookups
from console.form_page import FormPage, Taken
from console.said import say
from console.steps import Step


class Asking:
    """What :class:`console.record_forms.RecordForms` does with a form once it knows which, and for which record."""

    endpoint: str
    singular: str
    record: ClassVar[type[Record]]
    list_title: str
    may: Callable[[str], bool]
    address_of: Callable[[Any], str]
    named: Callable[[Any], str]
    answers: Callable[[Form, Any], Any]
    lookup: Callable[[str, str, Any], Any]
    told: Callable[[Work, Any, str], list[Finding]]
    after: Callable[[Any, str], str]
    steps: Sequence[Step]
    one_hand: bool
    added_words: str
    edited_words: str

    def _page(
        self, form: Form, title: str, about: Any, doing: str, work: Work, *, submit: str = "", lead: str = ""
    ) -> FormPage:
        named = about is not None and isinstance(about, self.record)
        back = self.address_of(about) if named and self.may("show") else url_for(f"{self.endpoint}.list")
        crumbs = [(self.list_title, url_for(f"{self.endpoint}.list"))]
        if named:
            crumbs.append((self.named(about), back))
        return FormPage(
            form=form,
            title=title,
            action_url=request.full_path.rstrip("?"),
            submit=submit or (title if doing == "add" else "Keep the changes"),
            heading=f"{title}: {self.named(about)}" if named else title,
            lead=lead or form.doc.partition("\n\n")[0].replace("\n", " "),
            lookup=lambda of, text: self.lookup(of, text, about),
            shown=lookups.shown,
            fetch=lookups.fetch,
            cancel_url=back,
            crumbs=[*crumbs, (title, "")],
            one_hand=self.one_hand,
            told=self.told(work, about, doing),
        )

    def _open(self, page: FormPage) -> Response | None:
        """The page with what was typed when the sign-in ended, if that is what it waits for."""
        if (typed := desk.typed_before()) is None:
            return None
        said = Finding(
            "This is what you had typed when you were signed out",
            severity=Severity.inform,
            way_out="It is not sent yet: look it over, then send it.",
        )
        told = replace(page, told=[*page.told, said])
        taken = told.take(typed)
        return told.again(replace(taken, findings=taken.warnings))

    def _done(self, page: FormPage, work: Work, act: Callable[[Taken], Any], doing: str, about: Any) -> Any:
        """Read what came back, act, keep it; or show the page again with everything that was typed."""
        taken = page.take(request.form, request.files)
        if taken.answers is None:
            return page.again(taken)
        pk = getattr(about, "id", None)
        try:
            with just_read(work, page, taken):
                made = act(taken)
            work.commit()
        except Conflict:
            work.undo()
            stored = work.get(self.record, pk)
            by = f"Somebody else, {local(stored.changed_at):%H:%M}"
            return page.conflict(taken, self.answers(page.form, stored), version=stored.version, by=by)
        except NotAllowed:
            raise
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        record = made if isinstance(made, self.record) else about
        words = {
            "add": self.added_words or f"{capital(self.singular)} added.",
            "edit": self.edited_words or "Changes kept.",
        }
        step = next((one for one in self.steps if one.key == doing), None)
        return self._kept(work, record, (step.done or stands_now) if step else words[doing], doing)

    def _kept(self, work: Work, record: Any, said: Any, doing: str) -> Response:
        if callable(said):
            flash(said(record) or "Done.")
        else:
            say(said or "Done.")
        for one in work.warnings:
            flash(f"{one.message} {one.way_out}".strip(), "warning")
        return make_response(redirect(self.after(record, doing), 303))

    def _confirm(
        self, work: Work, record: Any, title: str, why: str, button: str, doing: str, findings: Sequence[Finding] = ()
    ) -> Response:
        back = self.address_of(record) if self.may("show") else url_for(f"{self.endpoint}.list")
        page = render_template(
            "cm/confirm.html",
            title=title,
            heading=f"{title}: {self.named(record)}",
            why=why,
            button=button,
            back_url=back,
            findings=[*findings, *self.told(work, record, doing)],
            crumbs=[(self.list_title, url_for(f"{self.endpoint}.list")), (self.named(record), back), (title, "")],
        )
        return make_response(page, 200 if button else 422)

    def _refused(self, work: Work, pk: int, title: str, doing: str, refused: Refused) -> Response:
        work.undo()
        return self._confirm(work, work.get(self.record, pk), title, "Not done.", "", doing, refused.findings)

    def _write_down(self, work: Work, record: Any, why: str) -> None:
        if type(record).about == "child":
            work.opened(record, why=why)
            work.commit()


@contextmanager
def just_read(work: Work, page: FormPage, taken: Taken) -> Iterator[None]:
    """Let the action take the answers as they were read by the form it would read them by, a moment ago.

    A draft may leave questions open, and an authority's own form asks more: those are read again.
    """
    kept = work.db.info
    if taken.pressed != "draft" and getattr(type(taken.answers), "form", None) is page.form:
        kept.update({"just read": taken.answers, "just said": taken.warnings})
    try:
        yield
    finally:
        kept.pop("just read", None)
        kept.pop("just said", None)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def stands_now(record: Any) -> str:
    """What a step has led to, in the words of the record's life cycle: "Done: it is “In triage” now."."""
    state = getattr(record, "state_label", "")
    return f"Done: it is “{state}” now." if state else ""
