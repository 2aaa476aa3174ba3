"""The small pages every console has: where to start, the rules in force, how to read it all, whether it is alive."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask_appbuilder.baseviews import expose
from sqlalchemy import select

from cmcore.base.clock import local
from cmcore.plugins.glossary import glossary
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console import desk
from console.evening import evening_of
from console.framework import Page, console
from console.head_home import head_home
from console.home import home_parts
from console.listing import COUNTED_TO, Queue
from console.security import needs

#: The three groups of what waits, as a queue names them and as a person reads them.
WHEN = (("now", "Now"), ("week", "This week"), ("soon", "Coming up"))


#: No more lines than somebody takes in at a glance; the others are folded away, and said to press where they do.
MOST = 12


def waiting(work: Work) -> list[tuple[Queue, str, str]]:
    """What waits for whoever asks, the most pressing first: the queues that are not empty, how many, where they stand.

    All of them are counted in one statement.
    """
    asked = [one for view in console().baseviews if hasattr(view, "waits") for one in view.waits(work)]
    asked.sort(key=lambda one: ([when for when, _ in WHEN].index(one[0].when), not one[0].first))
    numbers = [number.label(f"n{place}") for place, (_, number, _) in enumerate(asked)]
    counted = work.db.execute(select(Authority.id, *numbers).limit(1)).first() if asked else None
    if counted is None:
        return []
    return [
        (queue, f"{number - 1}+" if number == COUNTED_TO else str(number), url)
        for (queue, _, url), number in zip(asked, counted[1:], strict=True)
        if number
    ]


_WORDS = "The words of the sector in plain English, so that a new colleague and a new mentor read the same in them."


class Today(Page):
    """Where somebody lands after signing in."""

    route_base = ""
    default_view = "index"

    @expose("/")
    @needs()
    def index(self) -> Any:
        """What there is to open, for whoever is signed in."""
        now = local(desk.premises().clock.now())
        evening = evening_of(desk.work())
        # What a mentor's own home lists one by one is not counted once more below it.
        found = [one for one in waiting(desk.work()) if evening is None or one[0].args != evening.listed]
        groups = [(words, [one for one in found[:MOST] if one[0].when == when]) for when, words in WHEN]
        return self.show_page(
            "cm/today.html",
            title="Today",
            lines=list(console().lines()),
            groups=[one for one in groups if one[1]],
            folded=found[MOST:],
            pressing=sum(queue.when == "now" for queue, _, _ in found[MOST:]),
            evening=evening,
            parts=home_parts(desk.work()),
            head=head_home(desk.work()),
            day=f"{now:%A} {now.day} {now:%B %Y}",
        )


class Service(Page):
    """Pages about the console itself."""

    route_base = ""
    default_view = "rules"
    about = "Every rule the console keeps, what it says, and where it comes from."

    @expose("/rules")
    @needs()
    def rules(self) -> str:
        """Every rule in force, with its words, weight and source: where a rule's id leads."""
        return self.show_page("cm/rules.html", title="Rules", rules=list(desk.policy().values()), crumbs=())

    @expose("/words")
    def words(self) -> str:
        """What the words of the sector mean, in plain English; anybody may read it."""
        return self.show_page("cm/words.html", title="Words", terms=list(glossary().values()), about=_WORDS)

    @expose("/accessibility")
    def accessibility(self) -> str:
        """How the console can be used, and whom to tell when it cannot."""
        return self.show_page("cm/accessibility.html", title="Accessibility")

    @expose("/health")
    def health(self) -> Any:
        """Whether the console answers; for whatever keeps it running. Says nothing else."""
        return jsonify(alive=True)
