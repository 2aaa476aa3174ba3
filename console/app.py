"""Makes the console: a Flask app with Flask-AppBuilder behind our own classes, on the library's database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from cmcore.base.clock import Clock, WallClock, local
from cmcore.jobs.tasks import Tasks
from cmcore.messages.mail import Mail
from cmcore.messages.sending import PostRoom
from console import accounts, desk, errors, headers, logs, plugins, said, security
from console.alarms import alarms
from console.desk import Premises
from console.frame import foot, masthead, reach
from console.framework import Console, framework_session
from console.framework import console as running_console
from console.long_work import Attendant
from console.pages.search import Search
from console.place import Place
from console.purposes import page_purpose
from console.server_sessions import ServerSessions
from console.service import Service, Today
from console.table_rows import table_rows
from console.templating import Templates
from console.throttle import Throttle

STATIC = Path(__file__).parent / "static"
#: The largest form that is read; files brought in have a limit of their own, set where they are taken.
LARGEST_FORM = 2_000_000
_MOST_FUNCTIONS = 2_000

Furnish = Callable[[Console], None]


class _App(Flask):
    """Looks once at each function of a page whether it must be waited for; the library looks again each time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._looked_at: dict[Callable[..., Any], Callable[..., Any]] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        known = self._looked_at.get(func)
        if known is None:
            known = super().ensure_sync(func)
            if len(self._looked_at) < _MOST_FUNCTIONS:
                self._looked_at[func] = known
        return known


def create_app(
    engine: Engine,
    place: Place | None = None,
    *,
    clock: Clock | None = None,
    overrides: tuple[Any, ...] = (),
    furnish: Furnish | None = None,
    largest: int = 64_000_000,
) -> Flask:
    """The console on a migrated database. ``furnish`` registers its pages; without it the shipped ones are.

    ``overrides`` are changes of policy from the settings, ``largest`` the most bytes any request may have.
    """
    place = place or Place()
    app = laid_out(place, furnish or shipped_pages, largest)
    move_in(app, engine, place, clock or WallClock(), overrides)
    return app


def laid_out(place: Place, furnish: Furnish, largest: int) -> Flask:
    """The console with all its pages, which knows no database yet: :func:`move_in` gives it one."""
    if not structlog.is_configured():
        logs.configure()
    app = _App("console", static_folder=str(STATIC), template_folder=str(Path(__file__).parent / "templates"))
    app.config.update(
        APP_NAME=place.name,
        FAB_UPDATE_PERMS=False,
        FAB_CREATE_DB=False,
        FAB_BASE_TEMPLATE="cm/base.html",
        FAB_ADD_SECURITY_API=False,
        FAB_SAFE_REDIRECT_HOSTS=[],
        AUTH_USER_REGISTRATION=False,
        AUTH_ROLE_ADMIN="administrator",
        AUTH_ROLE_PUBLIC="nobody",
        MAX_CONTENT_LENGTH=largest,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=5_000,
        TRUSTED_HOSTS=list(place.hosts) or None,
        SESSION_COOKIE_SECURE=place.tls,
        BABEL_DEFAULT_LOCALE="en_GB",
        LANGUAGES={"en_GB": {"flag": "gb", "name": "English"}},
        # A form may stay open all day: its token lasts as long as the sign-in. The referrer is never sent, so it is
        # not asked for.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_environment = Templates
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    if place.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=place.proxies, x_proto=place.proxies, x_host=place.proxies)  # type: ignore[method-assign]
    app.teardown_appcontext(desk.tidy)
    logs.watch(app)
    headers.protect(app, tls=place.tls)
    errors.register(app)
    _refuse_other_sites(app)
    security.stand_at_the_door(app)
    CSRFProtect(app)
    plugins.open_to(app)
    _dress(app, place)
    with app.app_context():
        _furnish(app, furnish)
    app.after_request(_tidy_early)
    return app


def move_in(app: Flask, engine: Engine, place: Place, clock: Clock, overrides: tuple[Any, ...] = ()) -> None:
    """Have a console that was laid out for a place work on a migrated database, and remember nothing of any other.

    ``place`` is the one it was laid out for. No request may be on its way.
    """
    secret = accounts.secret(engine)
    app.config["SECRET_KEY"] = secret
    app.session_interface = ServerSessions(engine, clock, secret, idle=place.idle, lasts=place.lasts, secure=place.tls)
    attendant = attendant_of(engine, clock, overrides)
    desk.furnish(app, Premises(engine, place, Throttle(engine, secret), attendant, clock, overrides))
    with app.app_context():
        plugins.brought().at_hand.clear()
        running_console().session.remove()
        running_console().session.configure(bind=engine)


def attendant_of(engine: Engine, clock: Clock, overrides: tuple[Any, ...]) -> Attendant:
    """Who has long work done in this process, for accounts that are open; mail it sends none."""

    def is_open(login: str) -> bool:
        return accounts.account_of(engine, login, clock.today()) is not None

    return Attendant(Tasks(PostRoom(engine, Mail(), clock, overrides, is_open=is_open)))


def _furnish(app: Flask, furnish: Furnish) -> None:
    session = framework_session()
    app.teardown_appcontext(lambda _: session.remove())
    made = Console(app, session, Today)
    app.extensions["babel"].locale_selector = lambda: "en_GB"
    made.add_view_no_menu(Service())
    made.add_view_no_menu(Search())
    furnish(made)
    made.finish()


def shipped_pages(console: Console) -> None:
    """Register the pages that come with the console, in the order of its menu."""
    from console.pages import register

    register(console)
    plugins.brought().take_in(console, plugins.installed())


def sync_permissions(app: Flask) -> int:
    """Write pages, permissions and roles into the framework's tables, once at deployment; says how many were added."""
    with app.app_context():
        return int(running_console().sm.sync())


def _tidy_early(response: Any) -> Any:
    # The page is made: give the work's connection back before the session is written, so that neither waits.
    if not response.is_streamed:
        desk.clear()
    return response


def _refuse_other_sites(app: Flask) -> None:
    @app.before_request
    def same_site() -> None:
        # Browsers say where a form was sent from. The referrer is never sent, so this stands beside the token.
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site", "none") not in (
            "none",
            "same-origin",
        ):
            abort(403)


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a file of the console's own, with its version, so that browsers keep it for a year."""
    return running_console().address("static", filename=name, v=_version(name))


def rule_url(rule: str) -> str:
    """Where a rule's words stand."""
    return f"{running_console().address('Service.rules')}#{rule}"


def _dress(app: Flask, place: Place) -> None:
    app.jinja_env.globals.update(nonce=headers.nonce, static_url=static_url, rule_url=rule_url, table_rows=table_rows)
    app.jinja_env.globals.update(masthead=masthead, reach=reach, foot=foot)
    app.jinja_env.globals.update(words_to_show=said.to_show, csrf_token=said.csrf_token, page_purpose=page_purpose)

    @app.context_processor
    def around() -> dict[str, Any]:
        who, here = desk.account(), running_console()

        def printed() -> str:
            now = local(desk.premises().clock.now())
            return f"{now:%A} {now.day} {now:%B %Y} at {now:%H:%M}"

        return {
            "me": who,
            "csrf_token": said.csrf_token,
            "place": desk.place(),
            "menu": here.menu_shown,
            "menu_group": here.group_shown,
            **here.ways_of_every_page(),
            "printed": printed,
            "alarms": alarms,
            "concern_url": concern_url(),
        }


def concern_url() -> str:
    """Where whoever is signed in raises a concern: a button on every page."""
    page: Any = running_console().page_about("concern")
    return str(page.add_address()) if page is not None else ""
