"""Drafts of sessions: thrown away by who typed them; everything else happens on the page of the session."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.sessions.drafts import discard_draft
from cmcore.sessions.records import SessionDraft
from console import desk
from console.framework import Page
from console.record_forms import ONE
from console.security import needs


class SessionDrafts(Page):
    """What somebody typed of sessions and has not sent."""

    route_base = "/session-drafts"
    default_view = "discard"

    @expose(f"/{ONE}/discard", methods=("GET", "POST"))
    @needs("session_draft.discard")
    def discard(self, pk: int) -> Any:
        """Throw one's own draft away, after a page that says so."""
        work = desk.work()
        draft = work.get(SessionDraft, pk)
        if request.method == "POST":
            discard_draft(work, draft)
            work.commit()
            flash("The draft is gone.")
            return redirect(url_for("Today.index"), 303)
        return render_template(
            "cm/confirm.html",
            title="Throw a draft away",
            heading="Throw a draft away",
            why="What was typed goes with it. It cannot be brought back.",
            button="Throw it away",
            back_url=url_for("Sessions.add"),
            findings=(),
            crumbs=[("Sessions", url_for("Sessions.list")), ("Throw a draft away", "")],
        )
