"""The forms of a session over several sittings: kept while somebody types, offered again, and sent once only.

A page carries a mark. What is typed is kept under it, for whoever types it and nobody else; what is sent twice under
one mark, by two presses or by going back, is one session.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Response, flash, make_response, redirect, request, url_for
from markupsafe import Markup

from cmcore.base.clock import day, local
from cmcore.base.findings import Finding, Refused
from cmcore.forms import Form, dump
from cmcore.forms.schema import is_blank
from cmcore.forms.standing import standing
from cmcore.safekeeping.work import Conflict, Work
from cmcore.sessions.actions import add_session
from cmcore.sessions.drafts import is_mark, keep_draft, own_drafts, sent_from
from cmcore.sessions.forms import SessionMissedAnswers, SessionPlanAnswers
from cmcore.sessions.planning import add_missed_session, miss_session, plan_session, record_session
from cmcore.sessions.records import MentoringSession, SessionDraft
from cmcore.sessions.words import DraftOf
from console.asking import Asking
from console.filling_page import AUTOSAVE, DRAFT, told_to_script
from console.form_page import FormPage, Taken
from console.shown import when

#: Names of the page's own, which no question can have.
MARK, DRAFT_VERSION = "cm-mark", "cm-draft"
#: What is kept while it is typed, by what is being done.
_DRAFTED = {"add": DraftOf.session, "record": DraftOf.record, "missed": DraftOf.record}

_TITLES = {"session-plan": "Plan a session", "session-missed": "A session that did not take place"}
#: What each is for, above its questions; what stands in its declaration is for whoever reads that.
_LEADS = {
    "session-record": "Six questions. The rest is folded away.",
    "session-plan": "When and where, and what for. How it went is said afterwards.",
    "session-missed": "When it was to be, and what got in the way.",
}


def new_mark() -> str:
    """A mark for a page that is opened now."""
    return secrets.token_urlsafe(18)


def posted_mark() -> str:
    """The mark that came back with a page; a new one where none did."""
    sent = str(request.form.get(MARK) or "")
    return sent if is_mark(sent) else new_mark()


def posted_version() -> int:
    """The version of the draft that the page was opened with; 0 where nothing had been kept."""
    sent = str(request.form.get(DRAFT_VERSION) or "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def saved_words(draft: SessionDraft | None) -> str:
    """When a draft was saved, as the page says it."""
    return f"Draft saved {when(draft.saved_at)}. Only you see it." if draft else "What you type is kept as a draft."


def keep(work: Work, form: Form, raw: Mapping[str, Any], draft_of: DraftOf, **more: Any) -> SessionDraft:
    """Keep a draft because a button was pressed: where its page was sent or changed elsewhere, as a new one."""
    try:
        kept = keep_draft(work, form, raw, mark=posted_mark(), version=posted_version(), draft_of=draft_of, **more)
    except Refused:
        work.undo()
        kept = keep_draft(work, form, raw, mark=new_mark(), draft_of=draft_of, **more)
    work.commit()
    return kept


def autosaved(work: Work, form: Form, raw: Mapping[str, Any], draft_of: DraftOf, **more: Any) -> Response:
    """The answer to a script that keeps a draft while somebody types."""
    try:
        kept = keep_draft(work, form, raw, mark=posted_mark(), version=posted_version(), draft_of=draft_of, **more)
        work.commit()
    except Conflict:
        work.undo()
        return told_to_script(409, conflict=True)
    except Refused as refused:
        work.undo()
        return told_to_script(409, said=refused.findings[0].message)
    return told_to_script(200, at=f"{local(kept.saved_at):%H:%M}", version=kept.version)


class SessionForms(Asking):
    """What the page of sessions does with its forms beyond every other; mixed in before the record view."""

    #: What may be gone on with instead of beginning anew: words, a line more, and where.
    offers: Callable[[Work, SessionDraft | None], list[tuple[str, str, str]]]
    #: The forms to choose from: words, address, whether it is shown.
    kinds_of_session: Callable[[], list[tuple[str, str, bool]]]

    def _page(
        self, form: Form, title: str, about: Any, doing: str, work: Work, *, submit: str = "", lead: str = ""
    ) -> FormPage:
        if doing == "add":
            title = _TITLES.get(form.key, title)
        lead = _LEADS[form.key] if doing == "add" else lead
        page = super()._page(form, title, about, doing, work, submit=submit, lead=lead)
        if doing not in _DRAFTED:
            return replace(page, template="cm/session.html", context={"mark": ""})
        draft = self._draft(work, about) if request.method == "GET" else None
        if doing == "add":
            page = replace(page, submit="Keep the plan" if form.key == "session-plan" else "Save session")
        context = {
            "mark": draft.mark if draft else posted_mark(),
            "draft_version": draft.version if draft else posted_version(),
            "saved": saved_words(draft),
            "draft": draft,
            "record_version": getattr(about, "version", None),
            "offers": self.offers(work, draft) if doing == "add" and request.method == "GET" else [],
            "kinds_of_session": self.kinds_of_session() if doing == "add" else [],
        }
        buttons = ((DRAFT, "Save and come back"),)
        return replace(page, template="cm/session.html", buttons=buttons, context=context)

    def _draft(self, work: Work, about: Any) -> SessionDraft | None:
        """The draft a page is opened with: of the plan it is about, or the one its address names."""
        if isinstance(about, MentoringSession):
            return next((one for one in own_drafts(work, DraftOf.record) if one.session_id == about.id), None)
        asked = request.args.get("draft", "")
        if not asked.isascii() or not asked.isdigit() or len(asked) > 9:
            return None
        return work.get(SessionDraft, int(asked))

    def _open(self, page: FormPage) -> Response | None:
        opened = super()._open(page)
        draft: SessionDraft | None = page.context.get("draft")
        if opened is not None or draft is None:
            return opened
        return page.blank(draft.values, version=page.context["record_version"])

    def _done(self, page: FormPage, work: Work, act: Callable[[Taken], Any], doing: str, about: Any) -> Any:
        if doing not in _DRAFTED:
            return super()._done(page, work, act, doing, about)
        mark, draft_of = page.context["mark"], self._draft_of(page, doing)
        session = about if isinstance(about, MentoringSession) else None
        taken = page.take(request.form, request.files)
        if AUTOSAVE in request.form:
            return autosaved(work, page.form, taken.raw, draft_of, session=session)
        if taken.pressed == DRAFT:
            keep(work, page.form, taken.raw, draft_of, session=session)
            flash("Saved as a draft. It waits for you on Today and under “Log a session”; only you see it.")
            return make_response(redirect(url_for("Today.index"), 303))
        if taken.answers is not None and doing == "add" and (kept := sent_from(work, mark)) is not None:
            return self._sent_before(page, taken, kept)
        if taken.answers is not None and (lost := _would_be_lost(page.form, taken.raw)):
            return page.again(taken, lost)
        return super()._done(page, work, lambda told: _act(work, told, doing, mark, about), doing, about)

    def _draft_of(self, page: FormPage, doing: str) -> DraftOf:
        return DraftOf.plan if page.form.key == "session-plan" else _DRAFTED[doing]

    def _sent_before(self, page: FormPage, taken: Taken, kept: MentoringSession) -> Response:
        """The page once more, or where its session is, for what was sent from it before."""
        if _same(page.form, taken.answers, self.answers(page.form, kept)):
            flash("It was kept already, once.")
            return make_response(redirect(self.address_of(kept), 303))
        start = local(kept.starts_at)
        link = Markup('<a href="{}">Session on {}, {:%H:%M}</a>').format(
            self.address_of(kept), day(start.date()), start
        )
        finding = Finding(
            "You sent this page before, and what it said then is kept.",
            way_out=Markup("It is {}: change it there. To keep this as another session, send it once more.").format(
                link
            ),
        )
        again = replace(page, context={**page.context, "mark": new_mark(), "draft_version": 0})
        return again.again(taken, [finding])

    def _moved_on(self, work: Work, record: Any, chosen: Any) -> Response:
        mark = request.form.get(MARK)
        if request.method == "POST" and mark and record.sent_once == mark:
            flash("It was kept already, once.")
            return make_response(redirect(self.address_of(record), 303))
        return super()._moved_on(work, record, chosen)  # type: ignore[misc,no-any-return]


def _act(work: Work, taken: Taken, doing: str, mark: str, about: Any) -> MentoringSession:
    """What the page asked for, under its mark."""
    if doing != "add":
        if taken.version is None:
            raise Conflict(about)
        say = record_session if doing == "record" else miss_session
        return say(work, about, taken.answers, taken.version, mark)
    match taken.answers:
        case SessionPlanAnswers() as plan:
            return plan_session(work, plan, mark)
        case SessionMissedAnswers() as missed:
            return add_missed_session(work, missed, mark)
        case session:
            return add_session(work, session, mark)


def _would_be_lost(form: Form, raw: Mapping[str, Any]) -> list[Finding]:
    """What was typed into questions that are not asked of a session that went so: nothing goes without a word."""
    hidden = standing(form, raw).hidden
    asked = [one for one in form.questions if one.key in hidden and not is_blank(raw.get(one.key))]
    return [
        Finding(
            f"“{one.label}” is not kept of a session that went like this.",
            place=one.key,
            way_out="Take the words where they belong, or empty the box. Or choose again how it went.",
        )
        for one in asked
    ]


def _same(form: Form, one: Any, other: Any) -> bool:
    asked = [each.key for each in form.questions if each.key != "instead_on"]
    first, second = dump(form, one), dump(form, other)
    return all((first.get(key) or None) == (second.get(key) or None) for key in asked)
