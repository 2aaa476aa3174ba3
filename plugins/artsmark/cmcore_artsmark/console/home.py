"""The journey as a head reads it in five minutes: the way, the commitments, the numbers, and what is due."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from cmcore.api import Authority, NotFound, Period, Work, authority_for, calendar_entries, count, day
from cmcore_artsmark.console.journeys import due_findings
from cmcore_artsmark.console.promises import stands
from cmcore_artsmark.console.way import Stand, stand_of, way
from cmcore_artsmark.journeys import PLUGIN
from cmcore_artsmark.proving import number_of
from cmcore_artsmark.queries import evidence_of, journeys_of
from cmcore_artsmark.records import ArtsmarkJourney
from cmcore_artsmark.rules import months_after
from cmcore_artsmark.words import Criterion, EvidenceKind
from console.api import Page, PanelBody, PartOfPage, expose, needs, page_of, work

#: Months ahead whose deadlines are shown.
_MONTHS = 12
#: So many numbers are counted again on the page.
_NUMBERS = 8


class ArtsmarkHome(Page):
    """The journey to an Artsmark."""

    route_base = "/artsmark"
    about = (
        "The whole way to an Artsmark: what is behind you, what comes next and what stands in the way of it. Numbers "
        "are counted again each time this page is opened."
    )

    @expose("/")
    @needs("artsmark_journey.see")
    def index(self) -> Any:
        """The journey under way, or that which the address names."""
        here = work()
        authority, found, journey = _asked(here)
        crumbs = (("Artsmark", ""),)
        if journey is None:
            may = here.may("artsmark_journey.add", authority.id)
            return self.show_page(
                "cm/parts.html",
                title="Artsmark",
                heading="Artsmark",
                acts=[("Begin a journey", url_for("ArtsmarkJourneys.add"), True)] if may else [],
                parts=[],
                empty="No journey yet. Begin one when you have registered for an Artsmark.",
                about=self.about,
                crumbs=crumbs,
            )
        stand = stand_of(here, journey)
        return self.show_page(
            "cm/parts.html",
            title="Artsmark",
            heading=f"Artsmark: {journey.whose}",
            under=f"{journey.state_label}. {_in_words(stand)}",
            acts=_acts(here, journey),
            views=[
                (f"{one.whose}, {one.registered_on:%Y}", url_for("ArtsmarkHome.index", journey=one.id), one is journey)
                for one in found
            ],
            findings=due_findings(here, journey),
            steps=way(stand),
            steps_heading="The way",
            parts=[_promises(stand), _numbers(here, stand), _due(here, authority)],
            about=self.about,
            crumbs=crumbs,
        )


def _asked(here: Work) -> tuple[Authority, list[ArtsmarkJourney], ArtsmarkJourney | None]:
    """The first authority within reach that has a journey, its journeys, and that which is shown."""
    reached = sorted(here.scope.authorities) if here.scope else []
    on = [each for each in reached if here.plugin_is_on(PLUGIN, each)]
    if not on:
        raise NotFound(ArtsmarkJourney.words[0])
    wanted = request.args.get("journey", "")
    found = [one for each in on for one in journeys_of(here, each)]
    if wanted.isdigit() and len(wanted) < 10 and all(one.id != int(wanted) for one in found):
        found.append(here.get(ArtsmarkJourney, int(wanted)))
    journey = next((one for one in found if str(one.id) == wanted), found[0] if found else None)
    return authority_for(here, journey.authority_id if journey else on[0]), found, journey


def _in_words(stand: Stand) -> str:
    return f"{len(stand.achieved)} of {count(len(stand.kept), 'commitment')} achieved."


def _acts(here: Work, journey: ArtsmarkJourney) -> list[tuple[str, str, bool]]:
    made = [("The journey", page_of(journey), False)]
    if here.may("artsmark_commitment.add", journey.authority_id):
        made.append(("Promise something", url_for("ArtsmarkCommitments.add", artsmark_journey_id=journey.id), False))
    statement = "impact" if journey.committed_on else "commitment"
    there = url_for("ArtsmarkStatements.index", pk=journey.id, statement=statement)
    return [*made, (f"Statement of {statement.capitalize()}", there, True)]


def _promises(stand: Stand) -> PartOfPage:
    rows = [
        (
            page_of(one),
            (
                one.goal,
                Criterion.say(one.criterion),
                one.owner,
                day(one.due_on),
                stands(one, stand.today),
                stand.evidence.get(one.id, 0),
            ),
        )
        for one in stand.commitments
    ]
    body = PanelBody(
        columns=("Commitment", "Criterion", "Who sees to it", "By when", "Where it stands", "Evidence"),
        rows=rows,
        empty="Nothing is promised yet.",
        more=[
            ("Action plan", url_for("ArtsmarkItems.list")),
            ("Evidence", url_for("ArtsmarkEvidences.list")),
            ("Self-assessment", url_for("ArtsmarkJudgements.list", artsmark_journey_id=stand.journey.id)),
        ],
        numbers=True,
    )
    return PartOfPage("commitments", "Commitments", body)


def _numbers(here: Work, stand: Stand) -> PartOfPage:
    pieces = [one for one in evidence_of(here, stand.evidence) if one.kind_of_evidence == EvidenceKind.number]
    rows = []
    for piece in pieces[:_NUMBERS]:
        number = number_of(here, piece)
        on = day(piece.counted_on) if piece.counted_on else ""
        now = number.now.words if number.now else "Cannot be counted"
        rows.append((page_of(piece), (number.title, number.days, number.kept.words, on, now)))
    left = len(pieces) - len(rows)
    body = PanelBody(
        columns=("What is counted", "From and to", "Written down", "On", "Counted now"),
        rows=rows,
        words=f"{count(left, 'more number')} among the evidence." if left > 0 else "",
        empty="No number is evidence yet. Add one on the page of a commitment.",
    )
    return PartOfPage("numbers", "Numbers, counted again now", body)


def _due(here: Work, authority: Authority) -> PartOfPage:
    period = Period(here.today, months_after(here.today, _MONTHS))
    entries = [one for one in calendar_entries(here, authority, period) if one.kind.startswith(f"{PLUGIN}_")]
    rows = [(one.path, (one.title.removeprefix("Artsmark: "), day(one.on))) for one in entries[:20]]
    body = PanelBody(columns=("What", "By when"), rows=rows, empty=f"Nothing is due within {count(_MONTHS, 'month')}.")
    return PartOfPage("due", "What is due next", body)
