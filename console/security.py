"""Who may open what: our security manager, roles by pattern from the library's role data, and the guard of every page.

A role's patterns are worked out once, from the acts that the library's roles include and the act that each page says
it needs. Asking whether somebody may open a page, or see it in the menu, therefore asks no database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_appbuilder.const import PERMISSION_PREFIX
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_login import LoginManager
from flask_wtf.csrf import CSRFError, validate_csrf
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import ValidationError

from cmcore.safekeeping.roles import roles
from console import desk
from console.server_sessions import MUST_CHANGE, TYPED, ServerSession, keep_typed

ViewMethod = TypeVar("ViewMethod", bound=Callable[..., Any])

#: The built-in role of everybody who is signed in, whatever else they are.
ANYBODY = "signed in"

#: Pages anybody may open; every other one wants a sign-in, whatever its own guard says.
OPEN_PAGES = frozenset(
    {
        "static",
        "SignIn.login",
        "SignIn.help",
        "SignIn.first",
        "Service.accessibility",
        "Service.health",
        "Calendar.feed",
    }
)

#: What Flask-WTF says of a token that we signed for another sign-in; a made-up one is "invalid".
_ANOTHER_SIGN_IN = "The CSRF tokens do not match."

#: What somebody whose password was set by another may open before they have changed it.
_WITH_A_FIRST_PASSWORD = frozenset({"MyAccount", "SignIn"})


def needs(act: str = "", *, like: str = "") -> Callable[[ViewMethod], ViewMethod]:
    """Guard a page: only somebody signed in whose role includes the act opens it.

    ``act`` is the library's, such as "evidence.see"; in a page about one kind of record ``{kind}`` stands for that
    kind. An empty act means anybody who is signed in. ``like`` names another method of the page: whoever may open that
    one may open this, and it is no permission of its own.
    """

    def declare(method: ViewMethod) -> ViewMethod:
        @wraps(method)
        def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
            if desk.account() is None:
                return to_sign_in()
            name = like or method.__name__
            if not self.appbuilder.sm.has_access(PERMISSION_PREFIX + name, self.class_permission_name):
                abort(403)
            return method(self, *args, **kwargs)

        guarded._permission_name = like or method.__name__  # type: ignore[attr-defined]
        if not like:
            guarded._act = act  # type: ignore[attr-defined]
        return cast(ViewMethod, guarded)

    return declare


def acts_of(view: Any) -> dict[str, str]:
    """The framework's permissions of a page class, each with the library's act it needs."""
    found = {}
    for name in dir(type(view)):
        method = getattr(type(view), name, None)
        act = getattr(method, "_act", None)
        if act is not None and PERMISSION_PREFIX + name in (view.base_permissions or ()):
            found[PERMISSION_PREFIX + name] = view.act_of(name, act)
    return found


def patterns(views: Iterable[Any]) -> dict[str, list[list[str]]]:
    """Every role's pages as the framework's built-in roles say them: a pattern for the page, one for permissions."""
    views = list(views)
    made: dict[str, list[list[str]]] = {ANYBODY: [], **{key: [] for key in roles()}}
    for view in views:
        acts = acts_of(view)
        page = f"{re.escape(view.class_permission_name)}$"
        if free := sorted(name for name, act in acts.items() if not act):
            made[ANYBODY].append([page, _either(free)])
        for key, role in roles().items():
            if allowed := sorted(name for name, act in acts.items() if act and role.allows(act)):
                made[key].append([page, _either(allowed)])
    return made


def _either(names: list[str]) -> str:
    return f"({'|'.join(map(re.escape, names))})$"


class ConsoleSecurity(SecurityManager):  # type: ignore[misc]
    """Our security manager: the framework's tables and conventions, our sign-in, sessions and roles."""

    def __init__(self, appbuilder: Any) -> None:
        """Set up with no built-in roles yet; :meth:`learn` works them out once every page is there."""
        super().__init__(appbuilder)
        self._known: dict[tuple[str, str, str], bool] = {}
        #: The same for roles held together: few combinations are.
        self._held: dict[tuple[frozenset[str], str, str], bool] = {}

    def create_limiter(self, app: Flask) -> None:
        """No limiter in memory: tries to sign in are counted in the database, for all workers together."""

    def create_jwt_manager(self, app: Flask) -> None:
        """No tokens of the framework's API: none of it is exposed."""

    def create_login_manager(self, app: Flask) -> LoginManager:
        """Let the sign-in library ask our session who is signed in; it keeps nothing and remembers nobody."""
        manager = LoginManager(app, add_context_processor=False)
        manager.session_protection = None
        manager.login_view = "SignIn.login"
        manager.request_loader(lambda _: desk.account())
        return manager

    def load_user(self, pk: Any) -> None:
        """Nobody is loaded by a number kept in a cookie."""

    def auth_user_db(self, username: str, password: str) -> None:
        """The framework's own check of passwords is not used; see :mod:`console.sign_in`."""

    def register_views(self) -> None:
        """The framework registers its users, roles, permissions and statistics here; we register our two pages."""
        from console.sign_in import MyAccount, SignIn

        self.auth_view = self.appbuilder.add_view_no_menu(SignIn())
        self.user_view = self.appbuilder.add_view_no_menu(MyAccount())

    def learn(self, views: Iterable[Any]) -> None:
        """Work out each role's pages from the library's roles. Called once, after every page is registered."""
        self._builtin_roles = patterns(views)
        self._known.clear()
        self._held.clear()

    def get_user_roles(self, user: Any) -> list[Any]:
        """The framework's roles of somebody are not looked up: their memberships say which they hold."""
        return []

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Whether whoever is signed in may do this on this page. Asks no database."""
        who = desk.account()
        if who is None:
            return False
        asked = (who.role_keys, permission_name, view_name)
        known = self._held.get(asked)
        if known is None:
            held = (ANYBODY, *who.role_keys)
            known = self._held[asked] = any(self._role_may(role, permission_name, view_name) for role in held)
        return known

    def get_user_menu_access(self, menu_names: list[str] | None = None) -> set[str]:
        """The lines of the menu somebody sees are worked out in :meth:`console.framework.Console.lines`."""
        return set(menu_names or ())

    def _role_may(self, role: str, permission: str, view: str) -> bool:
        asked = (role, permission, view)
        known = self._known.get(asked)
        if known is None:
            listed = self.builtin_roles.get(role, ())
            known = self._known[asked] = any(re.match(page, view) and re.match(may, permission) for page, may in listed)
        return known

    def sync(self) -> int:
        """Write the pages, permissions and roles into the framework's tables, adding what is missing; says how many.

        Nothing is taken away: a plugin that merely failed to load would lose its permissions.
        """
        db = self.session
        pages = {row.name: row for row in db.scalars(select(self.viewmenu_model))}
        names = {row.name: row for row in db.scalars(select(self.permission_model))}
        pairs = {(row.permission_id, row.view_menu_id): row for row in db.scalars(select(self.permissionview_model))}
        held = {row.name: row for row in db.scalars(select(self.role_model))}
        added = 0

        def one(known: dict[str, Any], model: Any, name: str) -> Any:
            nonlocal added
            if name not in known:
                known[name] = model(name=name)
                db.add(known[name])
                added += 1
            return known[name]

        wanted = [
            (view.class_permission_name, name)
            for view in self.appbuilder.baseviews
            for name in view.base_permissions or ()
        ]
        for page, name in wanted:
            one(pages, self.viewmenu_model, page)
            one(names, self.permission_model, name)
        for key in self.builtin_roles:
            one(held, self.role_model, key)
        db.flush()
        made = {}
        for page, name in wanted:
            both = (names[name].id, pages[page].id)
            if both not in pairs:
                pairs[both] = self.permissionview_model(permission_id=both[0], view_menu_id=both[1])
                db.add(pairs[both])
                added += 1
            made[(page, name)] = pairs[both]
        db.flush()
        for key, listed in self.builtin_roles.items():
            has = {row.id for row in held[key].permissions}
            for (page, name), pair in made.items():
                if pair.id not in has and any(re.match(each, page) and re.match(may, name) for each, may in listed):
                    held[key].permissions.append(pair)
                    added += 1
        db.commit()
        db.remove()
        return added


def safe_next(target: str | None) -> str:
    """A path on this host to go to after signing in; anything else leads to Today."""
    home = url_for("Today.index")
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return home
    if "\\" in target or any(ord(sign) < 33 for sign in target):
        return home
    parts = urlsplit(target)
    return home if parts.scheme or parts.netloc else target


def to_sign_in() -> Response:
    """Send somebody to the sign-in page, and back here afterwards where that makes sense."""
    here = cast(ServerSession, session._get_current_object())  # type: ignore[attr-defined]
    asked: dict[str, str] = {}
    address = request.full_path.rstrip("?")
    if request.method == "GET" and request.path != "/":
        asked["next"] = address
    if request.method == "POST" and _kept_typed(here, address):
        asked.update(next=address, why="typed")
    elif here.ended:
        asked["why"] = here.ended
    elif request.method != "GET":
        asked["why"] = "again"
    return redirect(url_for("SignIn.login", **asked), 303)


def _kept_typed(here: ServerSession, address: str) -> bool:
    """Keep what was sent by somebody whose sign-in ended while they typed, where the page can open it again."""
    if here.was is None or not _opens_again():
        return False
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return _keep(here.was, address)


def _opens_again() -> bool:
    """Whether the page this was sent to can open again with what was typed."""
    view = next((one for one in current_app.appbuilder.baseviews if one.endpoint == request.blueprint), None)
    return (request.endpoint or "").rpartition(".")[2] in getattr(view, "keeps_typed", ())


def _keep(account_id: int, address: str) -> bool:
    shared = desk.premises()
    return keep_typed(shared.engine, account_id, address, request.form.items(multi=True), shared.clock.now())


def open_again(forged: CSRFError) -> Response | None:
    """A form of ours from before the present sign-in, as when somebody signed in again in another window: nothing is
    done, and its page opens again with what was typed. What another site or a script sends is not kept.
    """
    who, address = desk.account(), request.full_path.rstrip("?")
    ours = forged.description == _ANOTHER_SIGN_IN and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    if who is None or not ours or not _opens_again() or not _keep(who.id, address):
        return None
    session[TYPED] = address
    return redirect(address, 303)


def stand_at_the_door(app: Flask) -> None:
    """Want a sign-in for every page that is not open to anybody, before anything else looks at the request."""

    @app.before_request
    def want_sign_in() -> Response | None:
        if request.endpoint is None or request.endpoint in OPEN_PAGES:
            return None
        who = desk.account()
        if who is None:
            if request.accept_mimetypes.best == "application/json":
                abort(401)
            return to_sign_in()
        g.cm_account_id = who.id
        if session.get(MUST_CHANGE) and request.blueprint not in _WITH_A_FIRST_PASSWORD:
            return redirect(url_for("MyAccount.index"), 303)
        return None
