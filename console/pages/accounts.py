"""Who may sign in and what they do: for the administrator alone, one line for each role somebody holds or held."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import g
from sqlalchemy import ColumnElement, and_, false, not_, or_

from cmcore.base.clock import day
from cmcore.base.words import count
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console import keeping_accounts as acts
from console.account_forms import AccountAnswers, FirstPasswordAnswers
from console.asking import capital
from console.keeping_accounts import AccountStanding
from console.listing import Filter
from console.record_view import RecordView
from console.shown import State
from console.steps import Step

_ROLES = tuple((key, capital(role.label)) for key, role in roles().items() if key != "operator")
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
        Filter("role", "Role", _ROLES, _in_role),
        Filter("held", "Role held", _HELD, _held),
    ]
    order_columns: ClassVar[list[str]] = ["login", "role"]
    base_order = ("login", "asc")
    views: ClassVar[list[Any]] = [("Held now", {"held": "now"}), ("Administrators", {"role": "administrator"})]
    show_columns: ClassVar[list[str]] = [
        "login", "name", "role", "until", "setting", "stands", "last", "browsers", "password",
    ]  # fmt: skip
    facts_heading = "The account and its role"
    empty_words = "Nobody has an account here yet. Add the first one, with a first password that they change."
    add_form = AccountAnswers
    add_action = staticmethod(acts.open_account)
    add_words = "Add an account"
    added_words = "They may sign in now. Tell them the first password yourself, not by e-mail."
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
            "password",
            "Set a first password",
            acts.set_first_password,
            form=FirstPasswordAnswers,
            why="For somebody who cannot sign in any more. They choose their own when they come in with it.",
            done="The password is set. Tell it to them yourself, not by e-mail.",
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
        return dict(_ROLES).get(membership.role, membership.role)

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
        return (
            State("First password not changed yet", "warn", "half")
            if standing.to_change
            else State("Open", "plain", "dot")
        )

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
        return "A first one, to be changed at the next sign-in" if standing.to_change else "Their own"

    def cell_setting(self, membership: Membership) -> str:
        """The school a referrer works at."""
        return (lookups.title("setting", membership.setting_id) or "") if membership.setting_id else ""

    def heading(self, membership: Membership) -> str:
        """Whose account, and as what."""
        return f"{self.cell_role(membership)}: {membership.login}"

    def named(self, membership: Membership) -> str:
        """The sign-in name."""
        return membership.login
