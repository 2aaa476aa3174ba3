"""Our own base classes between Flask-AppBuilder and every page: nothing registered derives from a stock class directly.

The stock classes share one mutable filter between threads, delete on GET, show SQL to people and write what they are
sent; what was measured stands in the decisions. Here only their conventions are kept: pages are classes, routes are
methods marked with ``expose``, permissions are named after methods, the menu is the framework's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, get_template_attribute, render_template, request, url_for
from flask_appbuilder import AppBuilder
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.menu import Menu, MenuItem
from markupsafe import Markup
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from console import desk
from console.security import ConsoleSecurity, needs

#: So many menus are kept drawn; few combinations of roles are held, and there are some thirty pages.
_MOST_DRAWN = 500
#: What every page leads to, by the names that templates know the addresses by.
_WAYS = {
    "home_url": "Today.index",
    "my_account_url": "MyAccount.index",
    "sign_out_url": "SignIn.logout",
    "accessibility_url": "Service.accessibility",
    "words_url": "Service.words",
    "search_at": "Search.index",
}


class Page(BaseView):  # type: ignore[misc]
    """The base of every page class that is not about one kind of record.

    Give it a ``route_base``, methods marked ``@expose`` and ``@needs``, and render with :meth:`show_page`.
    """

    default_view = "index"
    template_folder = "templates"

    def act_of(self, method: str, act: str) -> str:
        """The library's act that a method needs, as its guard declares it."""
        return act

    def show_page(self, template: str, **values: Any) -> str:
        """Render a template of the console; ``title`` is wanted, and holds no name of a person."""
        return render_template(template, **values)

    def update_redirect(self) -> None:
        """The framework keeps the last addresses, search words and all; we keep none."""

    def get_redirect(self) -> str:
        """Where the framework would go back to."""
        return url_for("Today.index")


class Lines(Menu):  # type: ignore[misc]
    """The menu; what is in it is the framework's, who sees what is ours."""


@dataclass(frozen=True)
class Line:
    """One line of the menu as it is shown."""

    label: str
    url: str
    #: "page" on that very page, "true" further in, empty elsewhere: the value of ``aria-current``.
    current: str = ""
    #: What it is for, shown where lines are listed.
    about: str = ""
    #: The lines of a group: it leads to the first, and they stand under the menu wherever somebody is inside it.
    inside: tuple[Line, ...] = ()


class Console(AppBuilder):  # type: ignore[misc]
    """Our AppBuilder: registers our pages only, and none of the framework's own."""

    def __init__(self, app: Flask, session: scoped_session[Session], today: type[Page]) -> None:
        """Set up on an app, with the framework's own session and our page for the start."""
        self._addresses: dict[tuple[Any, ...], str] = {}
        #: All of those addresses: whether a request is for one of them decides which line of the menu it stands on.
        self._stops: set[str] = set()
        self._menus: dict[tuple[Any, ...], tuple[Markup, Markup]] = {}
        #: Where the links of the frame lead, by where the console is mounted.
        self._ways: dict[str, Mapping[str, str]] = {}
        #: The parts of the frame that are drawn already: see :mod:`console.frame`.
        self.frames: dict[tuple[Any, ...], str] = {}
        self._about: dict[str, Any] = {}
        super().__init__(
            app,
            session,
            menu=Lines(),
            indexview=today,
            base_template="cm/base.html",
            security_manager_class=ConsoleSecurity,
            update_perms=False,
        )

    def _add_global_static(self) -> None:
        """The framework's scripts and styles are not served."""

    def _add_admin_views(self) -> None:
        """Our start page, sign-in and account; none of the framework's security, language, menu or API pages."""
        self._indexview = self.add_view_no_menu(self.indexview)
        self.sm.register_views()

    def finish(self) -> None:
        """Work out who may open what. Called once, after every page is registered."""
        self.sm.learn(self.baseviews)
        self._about = {view.kind: view for view in reversed(self.baseviews) if getattr(view, "kind", "")}

    def menu_shown(self) -> Markup:
        """The lines of the menu as the masthead shows them, drawn once for each role, page and choice of plugins."""
        return self._drawn()[0]

    def group_shown(self) -> Markup:
        """The lines of the group somebody stands in, shown under the menu; nothing where they stand in none."""
        return self._drawn()[1]

    def _drawn(self) -> tuple[Markup, Markup]:
        # With the request itself: the masthead asks for both, and nobody else's page may find them.
        kept: tuple[Markup, Markup] | None = request.environ.get("cm.menu")
        if kept is None:
            kept = request.environ["cm.menu"] = self._draw()
        return kept

    def _draw(self) -> tuple[Markup, Markup]:
        known = self._menus.get(self.standpoint())
        if known is None:
            if len(self._menus) >= _MOST_DRAWN:
                self._menus.clear()
            lines = list(self.lines())
            group = next((line for line in lines if line.current and line.inside), None)
            draw = get_template_attribute("cm/_menu.html", "lines")
            inside = get_template_attribute("cm/_menu.html", "group")(group) if group else ""
            known = draw(lines), Markup(inside)
            # Where one stands is known once every address has been worked out.
            self._menus[self.standpoint()] = known
        return known

    def ways_of_every_page(self) -> Mapping[str, str]:
        """Where the links of the frame lead, by the names that templates know them by; the same from every page."""
        known = self._ways.get(request.script_root)
        if known is None:
            known = {name: self.address(endpoint) for name, endpoint in _WAYS.items()}
            self._ways[request.script_root] = known
        return known

    def standpoint(self) -> tuple[Any, ...]:
        """All that the menu depends on: who, mounted where, on which line, with which plugins."""
        who, here = desk.account(), request.script_root + request.path
        where = here if here in self._stops else request.blueprint
        return who.role_keys if who else None, request.script_root, where, current_app.extensions["cm_plugins"].on()

    def lines(self) -> Iterator[Line]:
        """The lines of the menu that whoever is signed in may follow: Today, then the others as they were added.

        Of a group in which they may follow one line only, that line stands in the menu.
        """
        start = self.address("Today.index")
        yield Line("Today", start, "page" if request.path == "/" else "")
        for item in self.menu.get_list():
            if item.childs:
                inside = tuple(line for child in item.childs if (line := self._line(child)))
                if len(inside) == 1:
                    yield inside[0]
                elif inside:
                    here = "true" if any(line.current for line in inside) else ""
                    about = ", ".join(line.label for line in inside)
                    yield Line(item.label, inside[0].url, here, about, inside)
            elif (item.baseview or item.href) and (line := self._line(item)):
                yield line

    def page_about(self, kind: str) -> Any:
        """The page class about a kind of record; nothing where there is none."""
        return self._about.get(kind)

    def address(self, endpoint: str, **values: str) -> str:
        """The address of a page that depends on nothing of the request but where the console is mounted."""
        asked = (request.script_root, endpoint, *values.items()) if values else (request.script_root, endpoint)
        known = self._addresses.get(asked)
        if known is None:
            known = self._addresses[asked] = url_for(endpoint, **values)
            self._stops.add(known)
        return known

    def _line(self, item: MenuItem) -> Line | None:
        view = item.baseview
        if view is not None and not self.sm.has_access(f"can_{view.default_view}", view.class_permission_name):
            return None
        shown = view is None or current_app.extensions["cm_plugins"].is_shown(view.endpoint)
        if not item.should_render() or not shown:
            return None
        if view is None or item.href:
            address = item.get_url()
        else:
            address = self.address(f"{view.endpoint}.{view.default_view}")
        here = ""
        if view is not None and request.blueprint == view.endpoint:
            here = "page" if request.script_root + request.path == address else "true"
        return Line(str(item.label), address, here, getattr(view, "about", ""))


def framework_session() -> scoped_session[Session]:
    """The framework's own database session, for its tables only; requests do not use it. It has no database yet."""
    return scoped_session(sessionmaker())


def console() -> Console:
    """The console of the app that is running."""
    found: Console = current_app.appbuilder  # type: ignore[attr-defined]
    return found


__all__ = ["Console", "Line", "Page", "console", "framework_session", "needs"]
