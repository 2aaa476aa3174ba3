"""Finding a mentor for a referral: ranked, every part of the score told, every hard block named; a person decides."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import day
from cmcore.base.findings import NotAllowed, Refused
from cmcore.base.words import in_words
from cmcore.matching import actions as acts
from cmcore.matching.forms import (
    MatchDecisionAnswers,
    MatchWantedAnswers,
    TravelDistanceAnswers,
    Weekday,
)
from cmcore.matching.queries import Proposal, decided, enrolment_to_fill, propose
from cmcore.matching.records import MatchDecision, TravelDistance
from cmcore.mentors.records import Mentor
from cmcore.referrals.records import Referral
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.addresses import page_of
from console.form_page import FormPage
from console.framework import Page
from console.record_view import RecordView
from console.security import needs
from console.steps import NextStep

_ONE = "<int(max=2147483647):referral_id>"
_WEEKDAYS = tuple(Weekday)


class Matching(Page):
    """Mentors proposed for a referral."""

    route_base = "/matching"
    about = (
        "Mentors who could work with this young person, with what fits and what does not, part by part. The score "
        "decides nothing: you choose, and say why."
    )

    @expose(f"/{_ONE}")
    @needs("match_decision.see")
    def index(self, referral_id: int) -> str:
        """The proposal for a referral, as the address asks for it."""
        work = desk.work()
        referral = work.get(Referral, referral_id)
        proposal = _proposal(work, referral)
        decisions = decided(work, referral.id)
        may_decide = work.may("match_decision.add", referral.authority_id)
        work.opened(referral, "to find a mentor")
        work.commit()
        return self.show_page(
            "cm/matching.html",
            title=f"Find a mentor, {referral.ref}",
            heading=f"Find a mentor for {referral.young_person}",
            proposal=proposal,
            asked=_in_words(proposal),
            wanted_url=url_for("Matching.wanted", referral_id=referral.id, **_asked()),
            distances_url=url_for("Distances.list"),
            candidates=[
                {
                    "url": url_for("Mentors.show", pk=one.mentor_id),
                    "name": one.name,
                    "ref": one.ref,
                    "score": one.score,
                    "parts": one.parts,
                    "findings": one.scored.findings,
                    "blocked": bool(one.blocks),
                    "choose_url": url_for(
                        "Matching.decide", referral_id=referral.id, mentor_id=one.mentor_id, **_asked()
                    )
                    if may_decide and not one.blocks
                    else "",
                }
                for one in proposal.candidates
            ],
            decisions=[(one, day(one.decided_on), self._commission_address(work, one)) for one in decisions],
            about=self.about,
            crumbs=_crumbs(referral),
        )

    @expose(f"/{_ONE}/wanted", methods=("GET", "POST"))
    @needs("match_decision.see")
    def wanted(self, referral_id: int) -> Any:
        """Choose when and where the work is to be; the mentors are ranked anew."""
        work = desk.work()
        referral = work.get(Referral, referral_id)
        proposal = _proposal(work, referral)
        back = url_for("Matching.index", referral_id=referral.id, **_asked())
        page = FormPage(
            form=MatchWantedAnswers.form,
            title="When and where it is to be",
            action_url=url_for("Matching.wanted", referral_id=referral.id, **_asked()),
            submit="Rank them anew",
            lead=MatchWantedAnswers.form.doc,
            cancel_url=back,
            cancel_words="Leave it as it is",
            crumbs=(*_crumbs(referral), ("When and where", "")),
        )
        if request.method == "GET":
            days = [str(_WEEKDAYS[one]) for one in sorted(proposal.wanted.weekdays)]
            near = proposal.wanted.district
            return page.blank(
                {"planned_on": proposal.wanted.planned_on.isoformat(), "district": near, "weekdays": days}
            )
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        told: MatchWantedAnswers = taken.answers
        asked: dict[str, Any] = {"on": told.planned_on.isoformat()}
        if told.district:
            asked["near"] = told.district.upper().replace(" ", "")
        if told.weekdays:
            asked["days"] = "".join(str(_WEEKDAYS.index(one)) for one in told.weekdays)
        return redirect(url_for("Matching.index", referral_id=referral.id, **asked), 303)

    @expose(f"/{_ONE}/decide", methods=("GET", "POST"))
    @needs("match_decision.add")
    def decide(self, referral_id: int) -> Any:
        """Choose a mentor and say why; then the commission is drawn up, with both filled in."""
        work = desk.work()
        referral = work.get(Referral, referral_id)
        back = url_for("Matching.index", referral_id=referral.id, **_asked())
        page = FormPage(
            form=MatchDecisionAnswers.form,
            title="Choose a mentor",
            action_url=url_for("Matching.decide", referral_id=referral.id, **_asked()),
            submit="Keep this decision",
            lead=MatchDecisionAnswers.form.doc,
            lookup=lookups.lookup,
            shown=lookups.shown,
            fetch=lookups.fetch,
            cancel_url=back,
            cancel_words="Leave without choosing",
            crumbs=(*_crumbs(referral), ("Choose a mentor", "")),
        )
        if request.method == "GET":
            given: dict[str, Any] = {"planned_on": _planned_on(work).isoformat()}
            if (mentor_id := request.args.get("mentor_id", type=int)) is not None:
                given["mentor_id"] = work.get(Mentor, mentor_id).id
            return page.blank(given)
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        try:
            made = acts.decide_match(work, referral, taken.answers, request.args.get("near", "")[:5])
            work.commit()
        except NotAllowed:
            raise
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        flash(f"{made.mentor} was chosen. Nobody is commissioned yet: draw up the commission next.")
        return redirect(self._commission_address(work, made) or back, 303)

    def _commission_address(self, work: Work, made: MatchDecision) -> str:
        """Where the commission of a decision is drawn up, with enrolment, mentor and first day filled in."""
        if not work.may("commission.add", made.authority_id):
            return ""
        enrolment = enrolment_to_fill(work, made.referral_id)
        if enrolment is None:
            return ""
        begins = {"mentor_id": made.mentor_id, "starts_on": made.planned_on.isoformat()}
        return url_for("Commissions.add", enrolment_id=enrolment.id, **begins)


def to_match(work: Work, referral: Referral | None) -> list[NextStep]:
    """The line "Find a mentor" on the page of an accepted referral, or of the enrolment it led to."""
    if referral is None or referral.state not in ("accepted", "matched"):
        return []
    if not work.may("match_decision.see", referral.authority_id):
        return []
    words = "Find a mentor" if referral.state == "accepted" else "Find another mentor"
    why = "Mentors ranked by what fits, with every reason. You decide."
    return [NextStep(words, url_for("Matching.index", referral_id=referral.id), why)]


def _proposal(work: Work, referral: Referral) -> Proposal:
    near, days = request.args.get("near", "")[:5], request.args.get("days", "")
    weekdays = {int(one) for one in days if one in "0123456"}
    return propose(work, referral, _planned_on(work), near, weekdays)


def _planned_on(work: Work) -> date:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        today: date = work.today
        return today


def _asked() -> dict[str, str]:
    """What of the address goes with one from page to page."""
    return {key: request.args[key][:20] for key in ("on", "near", "days") if request.args.get(key)}


def _in_words(proposal: Proposal) -> str:
    wanted = proposal.wanted
    where = f"in {wanted.district}" if wanted.district else "at a place that is not known"
    source = f", where {proposal.district_from} is" if wanted.district and proposal.district_from != "as asked" else ""
    days = in_words([_WEEKDAYS[one].label for one in sorted(wanted.weekdays)], "or")
    when = f", on a {days}" if days else ""
    return f"To begin on {day(wanted.planned_on)}, {where}{source}{when}. They will be {wanted.age} then."


def _crumbs(referral: Referral) -> tuple[tuple[str, str], ...]:
    return (("Referrals", url_for("Referrals.list")), (referral.ref, page_of(referral)), ("Find a mentor", ""))


class Distances(RecordView):
    """How far it is between two postcode districts."""

    record = TravelDistance
    route_base = "/distances"
    about = (
        "Distances by road that you know. Without one, mentors are proposed by postcode letters: the same district, "
        "the same area, a neighbouring area."
    )
    list_columns: ClassVar[list[str]] = ["one_district", "other_district", "miles"]
    label_columns: ClassVar[dict[str, str]] = {"one_district": "From", "other_district": "To", "miles": "Miles"}
    search_columns: ClassVar[list[str]] = ["one_district", "other_district"]
    order_columns: ClassVar[list[str]] = ["one_district", "other_district", "miles"]
    base_order = ("one_district", "asc")
    show_columns: ClassVar[list[str]] = ["one_district", "other_district", "miles"]
    empty_words = "No distances yet. Enter those that matter; for the others postcode letters have to do."
    add_form = TravelDistanceAnswers
    add_action = staticmethod(acts.add_travel_distance)
    edit_form = TravelDistanceAnswers
    answers_of = staticmethod(acts.answers_of_travel_distance)
    edit_action = staticmethod(acts.change_travel_distance)
    remove_action = staticmethod(acts.remove_travel_distance)
