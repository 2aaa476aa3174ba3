"""Signing in and out, and one's own account: the only pages that ever see a password."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask import Response, flash, make_response, redirect, request, session, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Finding, Severity
from cmcore.base.words import count
from console import accounts, desk, first_codes, passwords
from console.framework import Page
from console.listing import plain_text
from console.security import needs, safe_next
from console.server_sessions import MUST_CHANGE, ServerSession

NOT_TOGETHER = Finding(
    "This name and this password do not go together.", place="username", way_out="Look at both and try again."
)

NO_SUCH_CODE = Finding(
    "This name and this code do not go together, or the code was used already, or is over.",
    place="code",
    way_out="Look at both. If it is right, ask your administrator for another code.",
)


def _session() -> ServerSession:
    return cast(ServerSession, session._get_current_object())  # type: ignore[attr-defined]


def _why(code: str) -> Finding | None:
    idle = int(desk.premises().place.idle.total_seconds() // 60)
    said = {
        "idle": (f"You were signed out after {idle} minutes without use", "Sign in to go on where you were."),
        "ended": ("You were signed out", "A sign-in lasts one working day. Sign in to go on where you were."),
        "typed": (
            f"You were signed out after {idle} minutes without use",
            "What you had typed is kept. It opens again when you come back in.",
        ),
        "again": ("You are signed out", "What you sent has not been kept. Sign in, go back, and send it again."),
        "out": ("You are signed out", "On this device and on every other."),
        "password": ("Your password is changed", "Every device was signed out. Sign in with the new one."),
    }.get(code)
    return Finding(said[0], severity=Severity.inform, way_out=said[1]) if said else None


def wait_in_words(until: datetime, now: datetime) -> str:
    """How long to wait, as a sentence says it: "30 seconds", "4 minutes"."""
    seconds = max(1, round((until - now).total_seconds()))
    return count(seconds, "second") if seconds < 90 else count(-(-seconds // 60), "minute")


def _counted(login: str) -> str:
    """What tries are counted under: the sign-in name of whose account it is, or what was typed where it is nobody's.

    Counted by what was typed, an account with a name and an e-mail address would have twice the tries. It is looked
    up whether there is one or not, so that a try takes the same time.
    """
    found = accounts.credentials(desk.premises().engine, login)
    return found.login if found is not None else login


class SignIn(Page):
    """The door: a name, a password, and a wait after too many wrong ones."""

    route_base = ""
    default_view = "login"

    @expose("/sign-in", methods=("GET", "POST"))
    def login(self) -> Any:
        """Show the form; take a name and a password; say no more about a failure than that there was one."""
        if desk.account() is not None:
            return redirect(safe_next(request.args.get("next")), 303)
        if request.method == "GET":
            return self._form(_why(request.args.get("why", "")))
        login = plain_text(request.form.get("username", ""))[:320]
        password = request.form.get("password", "")
        shared = desk.premises()
        address = request.remote_addr or "unknown"
        now = shared.clock.now()
        if not login or not password:
            missing = "Write your sign-in name and your password."
            return self._form(Finding(missing, place="username" if not login else "password"), status=422)
        counted = _counted(login)
        if until := shared.throttle.take(counted, address, now):
            wait = wait_in_words(until, now)
            said = Finding(
                f"Too many tries. Try again at {local(until):%H:%M}, in {wait}.",
                place="username",
                way_out=shared.place.help_with_sign_in,
            )
            answer = self._form(said, status=429)
            answer.headers["Retry-After"] = str(max(1, round((until - now).total_seconds())))
            return answer
        found = accounts.check(shared.engine, login, password)
        if found is None:
            return self._form(NOT_TOGETHER, status=422)
        shared.throttle.forgive(counted, address, now)
        _session().sign_in(found.id)
        return redirect(safe_next(request.args.get("next")), 303)

    def _form(self, said: Finding | None = None, *, status: int = 200) -> Response:
        login = request.form.get("username", "")
        body = self.show_page(
            "cm/sign_in.html", title="Sign in", said=said, login=login, wrong=bool(said and said.blocks)
        )
        return make_response(body, status)

    @expose("/sign-out", methods=("POST",))
    @needs()
    def logout(self) -> Response:
        """End every session of the account, on every device."""
        _session().sign_out()
        answer = make_response(redirect(url_for("SignIn.login", why="out"), 303))
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    @expose("/sign-in/first", methods=("GET", "POST"))
    def first(self) -> Any:
        """Choose a password with a code that was handed over; the same answer whether name, code or time is wrong."""
        if desk.account() is not None:
            return redirect(url_for("MyAccount.index"), 303)
        if request.method == "GET":
            return self._first([])
        shared, address = desk.premises(), request.remote_addr or "unknown"
        login, now = plain_text(request.form.get("username", ""))[:320], shared.clock.now()
        code, new, again = (request.form.get(name, "")[:400] for name in ("code", "new", "again"))
        found = passwords.faults(new, login)
        if new != again:
            found.append(Finding("The two passwords differ. Write the same one twice.", place="again"))
        if not login or not code:
            said = "Write your sign-in name and the code you were given."
            found.insert(0, Finding(said, place="username" if not login else "code"))
        if found:
            return self._first(found, 422)
        counted = _counted(login)
        if until := shared.throttle.take(counted, address, now):
            said = f"Too many tries. Try again in {wait_in_words(until, now)}."
            answer = self._first([Finding(said, place="code")], 429)
            answer.headers["Retry-After"] = str(max(1, round((until - now).total_seconds())))
            return answer
        account_id = first_codes.choose(shared.engine, shared.clock, login, code, new)
        if account_id is None:
            return self._first([NO_SUCH_CODE], 422)
        shared.throttle.forgive(counted, address, now)
        _session().sign_in(account_id)
        flash("Your password is chosen, and nobody else knows it. The code works no more.")
        return redirect(url_for("Today.index"), 303)

    def _first(self, found: list[Finding], status: int = 200) -> Response:
        body = self.show_page(
            "cm/sign_in_first.html",
            title="Choose your password",
            found=found,
            wrong={one.place: one for one in reversed(found)},
            login=request.form.get("username", ""),
            least=passwords.LEAST,
        )
        return make_response(body, status)

    @expose("/sign-in/help")
    def help(self) -> str:
        """What to do when signing in does not work."""
        return self.show_page("cm/sign_in_help.html", title="I cannot sign in")


class MyAccount(Page):
    """One's own account: who one is here, what one's roles include, and a new password."""

    route_base = "/my-account"

    @expose("/")
    @needs()
    def index(self) -> str:
        """Who one is, and the form for a new password."""
        return self._page([])

    @expose("/password", methods=("POST",))
    @needs()
    def password(self) -> Any:
        """Change the password, if the present one is right; every session ends, this one included."""
        shared, who = desk.premises(), desk.account()
        assert who is not None
        old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
        found = passwords.faults(new, who.login)
        if new != again:
            found.append(Finding("The two new passwords differ. Write the same one twice.", place="again"))
        now = shared.clock.now()
        address = request.remote_addr or "unknown"
        if not found:
            if until := shared.throttle.take(who.login, address, now):
                found.append(Finding(f"Too many tries. Try again in {wait_in_words(until, now)}.", place="old"))
            elif accounts.check(shared.engine, who.login, old) is None:
                found.append(
                    Finding("This is not your present password.", place="old", way_out="Nothing has been changed.")
                )
        if found:
            return make_response(self._page(found), 422)
        shared.throttle.forgive(who.login, address, now)
        accounts.set_password(shared.engine, who.login, new)
        _session().sign_in(who.id)
        flash("Your password is changed. Every other device was signed out.")
        return redirect(url_for("MyAccount.index"), 303)

    def _page(self, found: list[Finding]) -> str:
        by_place = {one.place: one for one in reversed(found)}
        page = next((one for one in self.appbuilder.baseviews if one.endpoint == "Calendar"), None)
        may = page is not None and self.appbuilder.sm.has_access("can_index", page.class_permission_name)
        return self.show_page(
            "cm/my_account.html",
            title="My account",
            found=found,
            wrong=by_place,
            least=passwords.LEAST,
            must_change=bool(session.get(MUST_CHANGE)),
            calendar_url=url_for("Calendar.index") if may else "",
        )
