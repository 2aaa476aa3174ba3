"""The two further pages of a young person: everything in time, and who has looked at their record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import NotFound
from cmcore.evidence.journey import journey_of, looks_at
from cmcore.young_people.records import YoungPerson
from console import desk
from console.journey_rows import by_month
from console.record_forms import ONE
from console.security import needs
from console.whole_timeline import KINDS, whole_timeline

#: So many happenings, or looks, stand on one page.
_MOST = 60
#: A young person has no more sessions than this.
_SESSIONS = 2_000


class WholeRecord:
    """What a young person's page leads on to; mixed into it, so that both stand under its address."""

    if TYPE_CHECKING:
        endpoint: str

        def show_page(self, template: str, **context: Any) -> str: ...

        def _page_of(self, record: Any) -> str: ...

        def named(self, person: YoungPerson) -> str: ...

    @expose(f"/{ONE}/timeline")
    @needs("young_person.see")
    def timeline(self, pk: int) -> str:
        """Everything that happened, the latest first, narrowed by the kinds the address names."""
        work = desk.work()
        journey = journey_of(work, pk, sessions=_SESSIONS, looks=0, adults=False)
        chosen = [kind for kind in KINDS if kind in request.args.getlist("kind")]
        found = whole_timeline(work, journey, chosen, self._page_of)
        found.sort(key=lambda one: (one.on, one.at), reverse=True)
        number = _page()
        shown = found[(number - 1) * _MOST : number * _MOST]
        page = self.show_page(
            "cm/timeline.html",
            title=f"Timeline of {self.named(journey.person)}",
            months=by_month(shown),
            many=len(found),
            tags=[(KINDS[kind], self._at("timeline", pk, [one for one in chosen if one != kind])) for kind in chosen],
            offered=[(kind, words, kind in chosen) for kind, words in KINDS.items()],
            clear_url=self._at("timeline", pk),
            pages=self._pages("timeline", pk, number, len(found), chosen),
            crumbs=self._crumbs(journey.person, "Timeline"),
        )
        work.opened(journey.person, "the whole timeline")
        work.commit()
        return page

    @expose(f"/{ONE}/looked")
    @needs("audit.see")
    def looked(self, pk: int) -> str:
        """Who has looked at the record, when, and at what of it; that this was asked is written down too."""
        work = desk.work()
        person = work.get(YoungPerson, pk)
        if not work.may("audit.see", person.authority_id):
            raise NotFound(YoungPerson.words[0])
        number = _page()
        looks, many = looks_at(work, pk, _MOST, (number - 1) * _MOST)
        page = self.show_page(
            "cm/looked.html",
            title=f"Who has looked at {self.named(person)}",
            looks=[(f"{local(one.at):%d %b %Y, %H:%M}", one.login, one.kind_in_words, one.why) for one in looks],
            many=many,
            pages=self._pages("looked", pk, number, many),
            crumbs=self._crumbs(person, "Who has looked"),
        )
        work.opened(person, "who has looked")
        work.commit()
        return page

    def _at(self, page: str, pk: int, kinds: list[str] | None = None, number: int = 1) -> str:
        more: dict[str, Any] = {"kind": kinds} if kinds else {}
        if number > 1:
            more["page"] = number
        return url_for(f"{self.endpoint}.{page}", pk=pk, **more)

    def _pages(
        self, page: str, pk: int, here: int, many: int, kinds: list[str] | None = None
    ) -> list[tuple[int, str, bool]]:
        last = -(-many // _MOST)
        if last < 2:
            return []
        return [(one, self._at(page, pk, kinds, one), one == here) for one in range(1, last + 1)]

    def _crumbs(self, person: YoungPerson, words: str) -> list[tuple[str, str]]:
        return [("Young people", url_for(f"{self.endpoint}.list")), (str(person), self._page_of(person)), (words, "")]


def _page() -> int:
    given = request.args.get("page", "")
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1
