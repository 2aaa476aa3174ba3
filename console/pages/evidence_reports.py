"""Reports of the evidence: a programme summary, the termly return, a young person's journey; read here, taken away."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Response, abort, redirect, request, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import select

from cmcore.base.findings import NotFound, Refused
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.groups import GROUPINGS
from cmcore.evidence.queries import programmes_of
from cmcore.evidence.records import SavedCohort
from cmcore.evidence.reports.asking import (
    Asked,
    journey_read,
    journey_written,
    report_on,
    usual_policy,
    written,
)
from cmcore.evidence.reports.outputs import OUTPUTS
from cmcore.evidence.reports.terms import terms_begun, title
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console import charts, desk
from console.framework import Page
from console.printing import download
from console.report_rows import parts_of
from console.security import needs

#: What the two reports on a cohort are called where one is chosen.
_KINDS = {"summary": "Programme summary", "termly": "Termly return"}

_POLICIES = {"internal": "Every number, for your own use", "dfe": "As the DfE hides", "ons": "As the ONS hides"}

_TAKEN = (
    "Whatever is taken away is written down. Under a policy that hides, it is also remembered, so that no later table "
    "tells what this one hides."
)
#: What the address of a report may ask for.
_ASKED = frozenset({*Cohort.__dataclass_fields__, "programme", "policy", "by", "term", "saved"})
_TAKEN_OF_ONE = (
    "Initials and reference stand in it, never a name. That you read this has been written down, and so is every copy."
)


class EvidenceReports(Page):
    """Reports of the evidence, each as a page and as files."""

    route_base = "/evidence/reports"
    about = "What changed, drawn up to be read, printed and handed on: of a programme, of a term, of one young person."
    purposes: ClassVar[dict[str, str]] = {
        "journey": "One young person’s way through a programme, to be read, printed and talked over with them.",
    }

    @expose("/")
    @needs("evidence.see")
    def index(self) -> Any:
        """The programme summary first."""
        asked = {key: value for key, value in request.args.items() if key in _ASKED}
        return redirect(url_for("EvidenceReports.of_cohort", kind="summary", **asked))

    @expose("/<any(summary, termly):kind>")
    @needs("evidence.see")
    def of_cohort(self, kind: str) -> Any:
        """A report on a cohort, as the address asks for it."""
        work = desk.work()
        programmes = _programmes(work)
        if not programmes:
            return self._page("Reports", None)
        chosen = _chosen(programmes)
        try:
            asked = _asked(work, chosen, kind)
            report, findings = report_on(work, asked, given_out=False), ()
            # Whoever may not see small numbers is given out what they read, and that is remembered.
            work.commit()
        except Refused as refused:
            work.undo()
            return Response(
                self._page(_KINDS[kind], None, refused.findings, **self._around(work, programmes, chosen, kind)), 422
            )
        return self._page(
            report.title,
            report,
            findings,
            files=_files("EvidenceReports.file", kind=kind, programme=chosen.id, **_address(asked)),
            back_url=url_for("Evidence.index", programme=chosen.id, **asked.cohort.as_data()),
            back_words="The evidence itself, and another cohort",
            taking=_TAKEN,
            **self._around(work, programmes, chosen, kind),
        )

    @expose("/<any(summary, termly):kind>/file")
    @needs("evidence.see")
    def file(self, kind: str) -> Response:
        """A report on a cohort as a file; that it was taken away is written down."""
        work = desk.work()
        chosen = _chosen(_programmes(work))
        ending = _ending()
        made, name = written(work, _asked(work, chosen, kind), ending)
        work.commit()
        return download(made, OUTPUTS[ending].media_type, name)

    @expose("/journey/<int:pk>")
    @needs("review.see")
    def journey(self, pk: int) -> Any:
        """One young person's journey; that it was opened is written down."""
        work = desk.work()
        report = journey_read(work, pk)
        work.commit()
        return self._page(
            f"{report.title}: {report.heading.about}",
            report,
            files=_files("EvidenceReports.journey_file", pk=pk),
            back_url=url_for("YoungPeople.show", pk=pk),
            back_words="Their page",
            taking=_TAKEN_OF_ONE,
            crumbs=((report.heading.about, url_for("YoungPeople.show", pk=pk)), ("Journey", "")),
        )

    @expose("/journey/<int:pk>/file")
    @needs("review.see")
    def journey_file(self, pk: int) -> Response:
        """One young person's journey as a file; that it was taken away is written down."""
        work = desk.work()
        ending = _ending()
        made, name = journey_written(work, pk, ending, printed_by=_printed_by())
        work.commit()
        return download(made, OUTPUTS[ending].media_type, name)

    def _page(self, heading: str, report: Any, findings: Any = (), **shown: Any) -> str:
        trail = (("Evidence", url_for("Evidence.index")), ("Reports", url_for("EvidenceReports.index")), (heading, ""))
        shown.setdefault("crumbs", trail)
        return self.show_page(
            "cm/evidence_report.html",
            title=heading,
            report=report,
            findings=findings,
            parts=parts_of(report) if report else [],
            hatching=charts.hatching(),
            **shown,
        )

    def _around(self, work: Work, programmes: list[Programme], chosen: Programme, kind: str) -> dict[str, Any]:
        """Where the other reports are, and what can be chosen of this one."""
        kept = {name: value for name, value in request.args.items() if name in Cohort.__dataclass_fields__}
        here = {"programme": chosen.id, **({} if kind == "termly" else kept)}
        inside = work.may("evidence.see_small", chosen.authority_id)
        choices: list[tuple[str, str, list[tuple[str, str]], str]] = []
        if len(programmes) > 1:
            choices.append(("programme", "Programme", [(str(one.id), one.title) for one in programmes], str(chosen.id)))
        if kind == "termly":
            terms = terms_begun(work, work.get(Authority, chosen.authority_id))
            named = [(one.starts_on.isoformat(), title(one)) for one in terms]
            choices.append(("term", "Term", named, request.args.get("term", "")))
        else:
            splits = [(one.key, one.words) for one in GROUPINGS.values() if one.key not in ("authority", "mentor")]
            choices.append(("by", "Split by", [("", "Nothing"), *splits], request.args.get("by", "")))
        policies = [
            (key, words) for key, words in _POLICIES.items() if key != "internal" or (inside and kind == "summary")
        ]
        policy = request.args.get("policy", "") or usual_policy(work, kind, chosen.authority_id)
        choices.append(("policy", "Small numbers", policies, policy))
        asked = {name for name, *_ in choices}
        return {
            "kinds": [
                (words, url_for("EvidenceReports.of_cohort", kind=key, programme=chosen.id, **kept), key == kind)
                for key, words in _KINDS.items()
            ],
            "choices": choices,
            "kept": [(name, str(value)) for name, value in here.items() if name not in asked],
        }


def _programmes(work: Work) -> list[Programme]:
    """Every programme whose evidence whoever is signed in may see."""
    authorities = sorted(work.scope.authorities) if work.scope else []
    return [one for each in authorities if work.may("evidence.see", each) for one in programmes_of(work, each)]


def _chosen(programmes: list[Programme]) -> Programme:
    asked = request.args.get("programme", "")
    for one in programmes:
        if not asked or asked == str(one.id):
            return one
    raise NotFound("programme")


def _asked(work: Work, programme: Programme, kind: str) -> Asked:
    cohort = Cohort.read(request.args)
    return Asked(
        kind,
        programme.authority_id,
        programme.key,
        cohort=Cohort() if kind == "termly" else cohort,
        policy=request.args.get("policy", ""),
        by=request.args.get("by", "") if kind == "summary" else "",
        term=request.args.get("term", "") if kind == "termly" else "",
        name=_saved_as(work, programme, cohort) if kind == "summary" else "",
        printed_by=_printed_by(),
    )


def _saved_as(work: Work, programme: Programme, cohort: Cohort) -> str:
    """What these very filters are saved as, for whoever may see saved cohorts."""
    asked = select(SavedCohort).where(SavedCohort.programme_id == programme.id).order_by(SavedCohort.id)
    for one in work.db.scalars(asked):
        if one.filters and one.filters == cohort.as_data():
            return one.name
    return ""


def _address(asked: Asked) -> dict[str, Any]:
    more = {"policy": asked.policy, "by": asked.by, "term": asked.term}
    return {**asked.cohort.as_data(), **{name: value for name, value in more.items() if value}}


def _files(page: str, **where: Any) -> list[tuple[str, str]]:
    return [(one.words, url_for(page, **where, format=ending)) for ending, one in OUTPUTS.items()]


def _ending() -> str:
    ending = request.args.get("format", "pdf")
    if ending not in OUTPUTS:
        abort(404)
    return ending


def _printed_by() -> str:
    """Who prints it, as it stands at the foot."""
    who = desk.account()
    return who.name if who is not None else ""
