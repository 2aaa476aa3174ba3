"""Who may sign in and what they do: for the administrator alone, one line for each role somebody holds or held."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Response, g, make_response, url_for
from sqlalchemy import ColumnElement, and_, false, not_, or_

from cmcore.base.clock import day, local
from cmcore.base.words import count
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.work import Work
from console import desk, first_codes, lookups
from console import keeping_accounts as acts
from console.account_forms import account_form, roles_offered
from console.keeping_accounts import AccountStanding
from console.listing import Filter
from console.record_view import RecordView
from console.shown import State
from console.steps import Step

_HELD = (("now", "Held now"), ("ended", "Taken away or over"))


def _in_role(value: str, work: Work) -> ColumnElement[bool]:
    return Membership.role == value


def _held(value: str, work: Work) -> ColumnElement[bool]:
    now = and_(Membership.active, or_(Membership.until.is_(None), Membership.until >= work.today))
    return {"now": now, "ended": not_(now)}.get(value, false())


def _standing(membership: Membership) -> AccountStanding | None:
    """How the account of a role stands: all within reach are read once for a page."""
    if "cm_accounts" not in g:
        g.cm_accounts = acts.standings(desk.work())
    found: AccountStanding | None = g.cm_accounts.get(membership.login)
    return found


def _is_open(membership: Membership) -> bool:
    standing = _standing(membership)
    return standing is not None and standing.open


def _is_closed(membership: Membership) -> bool:
    standing = _standing(membership)
    return standing is not None and not standing.open


class Accounts(RecordView):
    """Accounts and roles of an authority."""

    record = Membership
    route_base = "/accounts"
    list_title = "Accounts and roles"
    singular = "account"
    plural = "accounts"
    about = (
        "Everybody who may sign in for your authority: their roles, when they were last here, and how many browsers "
        "are signed in with their account. Only administrators see this page; all that is done here is written down."
    )
    list_columns: ClassVar[list[str]] = ["login", "name", "role", "stands", "last", "browsers"]
    label_columns: ClassVar[dict[str, str]] = {
        "login": "Sign-in name",
        "name": "Name",
        "role": "Role",
        "stands": "Where it stands",
        "last": "Last signed in",
        "browsers": "Signed in now",
        "until": "Until",
        "setting": "School",
        "password": "Password",
    }
    search_columns: ClassVar[list[str]] = ["login"]
    filter_columns: ClassVar[list[Any]] = [
        Filter("held", "Role held", _HELD, _held),
    ]
    order_columns: ClassVar[list[str]] = ["login", "role"]
    base_order = ("login", "asc")
    views: ClassVar[list[Any]] = [("Held now", {"held": "now"}), ("Administrators", {"role": "administrator"})]
    show_columns: ClassVar[list[str]] = [
        "login", "name", "role", "until", "setting", "stands", "last", "browsers", "password",
    ]  # fmt: skip
    facts_heading = "The account and its role"
    empty_words = "Nobody has an account here yet. Add the first one: you are given a code to hand over."
    add_form = staticmethod(account_form)
    add_action = staticmethod(acts.open_account)
    add_words = "Add an account"
    added_words = "They have an account already, and the role now. They sign in as before."
    steps = (
        Step(
            "end",
            "Sign them out everywhere",
            acts.end_sessions,
            why="Every browser signed in with the account is signed out at once; the account stays open.",
            done="Every browser is signed out.",
            offered=_is_open,
            stands_in_the_way=acts.not_here_alone,
        ),
        Step(
            "code",
            "Give a code for a new password",
            acts.give_code,
            why=(
                "For somebody who cannot sign in. You are shown a code once; with it they choose a password nobody "
                "else knows. Their present one ends at once, every browser is signed out, and the head is told."
            ),
            offered=_is_open,
            stands_in_the_way=acts.not_here_alone,
        ),
        Step(
            "take_away",
            "Take this role away",
            acts.take_role_away,
            why="What they may see and do here by this role ends with the next page they open.",
            done="The role is taken away.",
            offered=lambda membership: membership.active,
            stands_in_the_way=lambda work, membership: (
                acts.last_administrator(work, membership) if membership.role == "administrator" else ()
            ),
            grave=True,
        ),
        Step(
            "give_back",
            "Give this role back",
            acts.give_role_again,
            why="They may do again what this role includes.",
            done="The role is given back.",
            offered=lambda membership: not membership.active,
        ),
        Step(
            "close",
            "Close the account",
            acts.close_account,
            why="Nobody signs in with it any more, and every browser is signed out at once. What was done stays known.",
            done="The account is closed.",
            offered=_is_open,
            stands_in_the_way=acts.closing,
            grave=True,
        ),
        Step(
            "open_again",
            "Open the account again",
            acts.open_again,
            why="It has the password and the roles it had.",
            done="The account is open again.",
            offered=_is_closed,
            stands_in_the_way=acts.not_here_alone,
        ),
    )

    def __init__(self) -> None:
        """Offer the roles there are once plugins are there."""
        self.role_words = {one.key: one.label for one in roles_offered()}
        by_role = Filter("role", "Role", tuple(self.role_words.items()), _in_role)
        self.filter_columns = [by_role, *type(self).filter_columns]
        super().__init__()

    def _kept(self, work: Work, record: Any, said: Any, doing: str) -> Response:
        """A code is shown at once, in answer to what was sent, and kept nowhere: opened again, the page is another."""
        code = first_codes.to_be_shown(work)
        if code is None:
            return super()._kept(work, record, said, doing)
        until = local(work.clock.now() + first_codes.LASTS)
        told = self.show_page(
            "cm/account_code.html",
            title="A code to hand over",
            login=record.login,
            code=code,
            until=f"{day(until.date())}, {until:%H:%M}",
            choose_url=url_for("SignIn.first", _external=True),
            back_url=self.address_of(record),
            crumbs=[(self.list_title, self.address()), (self.named(record), self.address_of(record)), ("Code", "")],
        )
        return make_response(told)

    def act_of(self, method: str, act: str) -> str:
        """Whoever may see everything else of an authority sees no account: that is the administrator's."""
        asked: str = super().act_of(method, act)
        return "membership.add" if asked.endswith(".see") else asked

    # ---- cells
    def cell_name(self, membership: Membership) -> str:
        """The name others see."""
        standing = _standing(membership)
        return standing.name if standing else ""

    def cell_role(self, membership: Membership) -> str:
        """The role in words."""
        return self.role_words.get(membership.role, membership.role)

    def cell_stands(self, membership: Membership) -> State:
        """Whether they may sign in and hold the role."""
        standing = _standing(membership)
        if standing is None:
            return State("No account yet", "none", "ring")
        if not standing.open:
            return State("Account closed", "none", "ring")
        if not membership.active:
            return State("Role taken away", "none", "ring")
        if membership.until is not None and membership.until < desk.work().today:
            return State(f"Role over since {day(membership.until)}", "none", "ring")
        if not standing.own:
            return State("Password not chosen yet", "warn", "half")
        if standing.to_change:
            return State("First password not changed yet", "warn", "half")
        return State("Open", "plain", "dot")

    def cell_last(self, membership: Membership) -> str:
        """The day of the last sign-in."""
        standing = _standing(membership)
        return day(standing.last_at.date()) if standing and standing.last_at else "Never"

    def cell_browsers(self, membership: Membership) -> str:
        """How many browsers are signed in."""
        standing = _standing(membership)
        return count(standing.browsers, "browser") if standing and standing.browsers else "Nowhere"

    def cell_password(self, membership: Membership) -> str:
        """Whether it is their own."""
        standing = _standing(membership)
        if standing is None:
            return "None"
        if standing.own:
            return "A first one, to be changed at the next sign-in" if standing.to_change else "Their own"
        if standing.code_until is None or standing.code_until <= desk.work().clock.now():
            return "None: the code they were given is over. Give another one"
        until = local(standing.code_until)
        return f"None yet: they choose it with the code they were given, until {day(until.date())}, {until:%H:%M}"

    def cell_setting(self, membership: Membership) -> str:
        """The school a referrer works at."""
        return (lookups.title("setting", membership.setting_id) or "") if membership.setting_id else ""

    def heading(self, membership: Membership) -> str:
        """Whose account, and as what."""
        return f"{self.cell_role(membership)}: {membership.login}"

    def named(self, membership: Membership) -> str:
        """The sign-in name."""
        return membership.login
