"""Searching a list without a name in its address, and keeping a list for oneself, a role or everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import flash, get_template_attribute, redirect, request, url_for
from flask_appbuilder.baseviews import expose
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from cmcore.base.findings import NotAllowed, Refused
from cmcore.lists.actions import NOT_KEPT, remove_saved_list, save_list
from cmcore.lists.forms import SavedListAnswers
from cmcore.lists.records import SavedList
from cmcore.lists.words import ForRole, ForWhom
from cmcore.safekeeping.work import Work
from console import desk, kept_lists, sought
from console.columns import Column
from console.form_page import FormPage
from console.listing import Found, Wanted
from console.said import csrf_token, say
from console.security import needs

#: So many choices of columns have their tools kept drawn, with these where a form's token and the address go.
_MOST_DRAWN, _TOKEN, _ASKED = 200, "a-token-goes-here", "what-is-asked-goes-here"
_ONE = "<int(max=2147483647):pk>"


class ListKeeping:
    """What a list has for whoever comes back to it; mixed into the list of a page."""

    endpoint: str
    appbuilder: Any
    list_title: str
    offered: tuple[Column, ...]
    wanted: Callable[..., Wanted]
    address: Callable[..., str]
    came_from: Callable[..., str]
    kept_at: Callable[[Work], int]

    @expose("/list/find", methods=("POST",))
    @needs(like="list")
    def find_in_list(self) -> Any:
        """Search: the words wait with the sign-in, and the address they lead to holds none of them."""
        mark = sought.keep(request.form.get("q", ""))
        args = MultiDict(request.form)
        for name in ("q", "csrf_token", "sought"):
            args.poplist(name)
        wanted = replace(self.wanted(args), page=1)
        if mark:
            wanted = replace(wanted, search=sought.words_of(mark), sought=mark)
        return redirect(self.address(wanted), 303)

    def kept_views(self, wanted: Wanted) -> list[tuple[str, str, bool]]:
        """The lists that are kept of this one, as (words, address, whether it is shown now)."""
        here = {key: value for key, value in wanted.args().items() if key not in NOT_KEPT}
        return [
            (one.name, f"{self.address()}?{urlencode(one.asks, doseq=True)}", bool(here) and one.asks == here)
            for one in kept_lists.lists_of(self.endpoint)
            if one.name
        ]

    def list_tools(self, work: Work, wanted: Wanted, found: Found, columns: Sequence[Column]) -> dict[str, Any]:
        """What stands beside the filters: where the list is saved and taken out as a file, and which columns it has."""
        asked = urlencode(wanted.args(page=1), doseq=True)
        address, keeps = self.appbuilder.address, work.may("saved_list.keep")
        return {
            "forgotten": "sought" in request.args and not wanted.sought,
            "save_url": f"{address(f'{self.endpoint}.save_this_list')}?{asked}" if keeps else "",
            "find_url": address(f"{self.endpoint}.find_in_list"),
            "tools": self._tools(columns, asked, keeps=keeps) if found.rows else "",
        }

    def _tools(self, columns: Sequence[Column], asked: str, *, keeps: bool) -> Markup:
        """Choosing columns and taking the list out: drawn once for these columns, whatever else is asked for."""
        names = tuple(one.name for one in columns)
        which = (request.script_root, names, keeps)
        drawn = self._drawn.get(which)
        if drawn is None:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            address = self.appbuilder.address
            drawn = self._drawn[which] = get_template_attribute("cm/_lists.html", "tools")(
                self,
                address(f"{self.endpoint}.choose_columns") if keeps else "",
                address(f"{self.endpoint}.take_list"),
                columns,
                frozenset(names),
                _ASKED,
                any(one.sensitive for one in columns),
                _TOKEN,
            )
        return drawn.replace(_TOKEN, csrf_token()).replace(_ASKED, asked)

    @cached_property
    def _drawn(self) -> dict[tuple[Any, ...], Markup]:
        return {}

    @expose("/list/save", methods=("GET", "POST"))
    @needs(like="list")
    def save_this_list(self) -> Any:
        """Keep filters, order and columns under a name; and take away what was kept."""
        work = desk.work()
        asks = {key: value for key, value in self.wanted(request.args).args().items() if key not in NOT_KEPT}
        back = f"{self.address()}?{urlencode(asks, doseq=True)}" if asks else self.address()
        may_share = work.may("saved_list.share")
        form = (
            SavedListAnswers.form
            if may_share
            else replace(SavedListAnswers.form, questions=SavedListAnswers.form.questions[:1], answers=None, checks=())
        )
        page = FormPage(
            form=form,
            title="Save this list",
            action_url=request.full_path.rstrip("?"),
            submit="Save it",
            heading=f"Save this list: {self.list_title}",
            lead=SavedListAnswers.form.doc,
            cancel_url=back,
            cancel_words="Back to the list",
            crumbs=[(self.list_title, self.address()), ("Save this list", "")],
            template="cm/save_list.html",
            context={"kept": self._kept_lines(work), "says": self._says(work, asks)},
        )
        if request.method == "GET":
            return page.blank()
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        answers = SavedListAnswers(
            name=taken.answers.name,
            for_whom=getattr(taken.answers, "for_whom", ForWhom.me) or ForWhom.me,
            role=getattr(taken.answers, "role", None),
        )
        try:
            save_list(work, answers, authority_id=self.kept_at(work), list_key=self.endpoint, asks=asks)
            work.commit()
        except NotAllowed:
            raise
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        kept_lists.changed()
        say("The list is saved. It stands above the filters.")
        return redirect(back, 303)

    def _says(self, work: Work, asks: dict[str, Any]) -> list[str]:
        """What is kept, in words."""
        wanted = self.wanted(MultiDict(asks))
        filters = self.filters
        said = [f"{filters[key].label}: {filters[key].say(value, work)}" for key, value in wanted.filters]
        labels = {one.name: one.label for one in self.offered}
        if wanted.order:
            said.append(
                f"Ordered by {labels.get(wanted.order, wanted.order)}, {'falling' if wanted.falling else 'rising'}"
            )
        if wanted.columns:
            said.append("Columns: " + ", ".join(labels[name] for name in wanted.columns))
        return said or ["The whole list, in its usual order"]

    filters: dict[str, Any]

    def _kept_lines(self, work: Work) -> list[tuple[str, str, str, str]]:
        """The lists of this page that are kept: name, for whom, address, and where it is taken away."""
        may_share = work.may("saved_list.share")
        made = []
        for one in kept_lists.lists_of(self.endpoint):
            if not one.name:
                continue
            whom = ForRole.say(one.role_key) if one.role_key else ForWhom.say(one.for_whom)
            gone = url_for(f"{self.endpoint}.forget_list", pk=one.id) if one.mine or may_share else ""
            made.append((one.name, whom, f"{self.address()}?{urlencode(one.asks, doseq=True)}", gone))
        return made

    @expose(f"/list/save/{_ONE}/remove", methods=("POST",))
    @needs(like="list")
    def forget_list(self, pk: int) -> Any:
        """Take a list that was kept away."""
        work = desk.work()
        saved = work.get(SavedList, pk)
        name = saved.name
        remove_saved_list(work, saved)
        work.commit()
        kept_lists.changed()
        flash(f"The list “{name}” is no longer kept. The records in it are as they were.")
        return redirect(self.address(), 303)
