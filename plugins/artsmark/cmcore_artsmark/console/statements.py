"""The two statements: read as they stand, drafted, changed passage by passage, and taken out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cmcore.api import NotFound, Work, count
from cmcore_artsmark import drafting, leaving
from cmcore_artsmark.forms import PassageAnswers
from cmcore_artsmark.queries import passages_of
from cmcore_artsmark.records import ArtsmarkJourney, ArtsmarkPassage
from cmcore_artsmark.words import Origin, Statement
from console.api import (
    Page,
    PanelBody,
    PartOfPage,
    RecordView,
    State,
    Step,
    Sub,
    download,
    expose,
    needs,
    page_of,
    work,
)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ONE = "<int(max=2147483647):pk>"


class ArtsmarkPassages(RecordView):
    """The passages of the two statements."""

    record = ArtsmarkPassage
    route_base = "/artsmark-passages"
    about = "What the two statements say, passage by passage, each with where it comes from."
    list_columns = ["heading", "statement", "text", "where_from", "stands"]
    label_columns = {
        "text": "What it says",
        "where_from": "Where from",
        "stands": "In the statement",
        "drafted": "What the draft says",
        "source": "Where it comes from",
        "artsmark_journey_id": "Journey",
    }
    load_columns = ["source", "drafted"]
    choice_columns = {"statement": Statement, "origin": Origin}
    search_columns = ["heading", "text"]
    filter_columns = ["statement", "origin", "artsmark_journey_id"]
    order_columns = ["statement"]
    base_order = ("place", "asc")
    show_columns = ["journey", "statement", "heading", "text", "source", "stands", "drafted"]
    empty_words = "No passages yet. Draft a statement, or write one."
    add_parent = ArtsmarkJourney
    add_form = PassageAnswers
    add_action = staticmethod(drafting.write_passage)
    add_words = "Write a passage"
    edit_form = PassageAnswers
    answers_of = staticmethod(drafting.answers_of_passage)
    edit_action = staticmethod(drafting.change_passage)
    remove_action = staticmethod(drafting.remove_passage)
    steps = (
        Step(
            "leave-out",
            "Leave it out",
            drafting.leave_out,
            why="It stays out when the statement is drafted again.",
            offered=lambda passage: not passage.left_out,
        ),
        Step(
            "put-back",
            "Put it back",
            drafting.put_back,
            why="It stands in the statement again.",
            offered=lambda passage: passage.left_out,
        ),
    )

    def crumbs_before(self, record: ArtsmarkPassage) -> list[tuple[str, str]]:
        """The way from the menu, over the statement it stands in."""
        there = url_for("ArtsmarkStatements.index", pk=record.artsmark_journey_id, statement=record.statement)
        home = url_for("ArtsmarkHome.index", journey=record.artsmark_journey_id)
        return [("Artsmark", home), (Statement.say(record.statement), there)]

    def after(self, record: ArtsmarkPassage, doing: str) -> str:
        """Back to the statement."""
        return url_for("ArtsmarkStatements.index", pk=record.artsmark_journey_id, statement=record.statement)

    def cell_where_from(self, passage: ArtsmarkPassage) -> Any:
        """The source, and that somebody changed it."""
        return Sub(passage.source, "changed by hand" if passage.origin == Origin.edited else "")

    def cell_drafted(self, passage: ArtsmarkPassage) -> str:
        """What the draft says, where somebody wrote something else."""
        return passage.drafted if passage.drafted and passage.drafted != passage.text else ""

    def cell_stands(self, passage: ArtsmarkPassage) -> State:
        """Whether it stands in the statement."""
        return State("Left out", "none", "ring") if passage.left_out else State("Yes")


class ArtsmarkStatements(Page):
    """A statement as it stands."""

    route_base = "/artsmark-statements"

    @expose(f"/{_ONE}/<statement>")
    @needs("artsmark_passage.see")
    def index(self, pk: int, statement: str) -> Any:
        """The statement as it is read, with what refuses it today."""
        here = work()
        journey, asked = _asked(here, pk, statement)
        passages = passages_of(here, journey, asked)
        standing = [one for one in passages if not one.left_out]
        acts = [
            (words, url_for("ArtsmarkStatements.take", pk=pk, statement=asked.value, file=file), False)
            for words, file in (("PDF", "pdf"), ("Word", "docx"))
            if standing and here.may("artsmark_passage.export", journey.authority_id)
        ]
        if here.may("artsmark_passage.draft", journey.authority_id) and _open(journey, asked):
            there = url_for("ArtsmarkStatements.draft", pk=pk, statement=asked.value)
            acts.append(("Draft it again" if passages else "Draft it", there, True))
        left = len(passages) - len(standing)
        under = f"{count(len(standing), 'passage')}{f', and {left} left out' if left else ''}."
        page = self.show_page(
            "cm/parts.html",
            title=asked.label,
            heading=asked.label,
            under=under if passages else "",
            acts=acts,
            views=_views(pk, asked),
            findings=leaving.leaving_in_the_way(here, journey, asked) if standing else (),
            parts=[_part(one) for one in standing],
            empty=_empty(asked),
            about=(
                "Drafted from what is kept: what anybody changed, wrote or left out stays. It leaves as a PDF or a "
                "Word document, without a name, while every permission it rests on is in force."
            ),
            crumbs=(*_crumbs(journey), (asked.label, "")),
        )
        here.opened(journey, why=f"{asked.label} read")
        here.commit()
        return page

    @expose(f"/{_ONE}/<statement>/draft", methods=("GET", "POST"))
    @needs("artsmark_passage.draft")
    def draft(self, pk: int, statement: str) -> Any:
        """Draft a statement, after a page that says what that does."""
        here = work()
        journey, asked = _asked(here, pk, statement)
        back = url_for("ArtsmarkStatements.index", pk=pk, statement=asked.value)
        if request.method == "POST":
            made = drafting.draft(here, journey, asked)
            here.commit()
            flash("Drafted. Read it through." if made else "There is nothing to say yet.")
            return redirect(back, 303)
        achieved = " It tells of achieved commitments only." if asked is Statement.impact else ""
        open_now = _open(journey, asked)
        why = f"It is put together from what is kept here.{achieved} What anybody changed, wrote or left out stays."
        return self.show_page(
            "cm/confirm.html",
            title=f"Draft the {asked.label}",
            heading=f"Draft the {asked.label}",
            why=why if open_now else "It was sent, and stays as it was.",
            button="Draft it" if open_now else "",
            back_url=back,
            findings=(),
            crumbs=(*_crumbs(journey), (asked.label, back), ("Draft it", "")),
        )

    @expose(f"/{_ONE}/<statement>/take/<file>")
    @needs("artsmark_passage.export")
    def take(self, pk: int, statement: str, file: str) -> Any:
        """The statement as a file; that it was taken out is written down."""
        known = {"pdf": (leaving.statement_pdf, "application/pdf"), "docx": (leaving.statement_word, _DOCX)}
        if file not in known:
            raise NotFound("file")
        here = work()
        journey, asked = _asked(here, pk, statement)
        make, kind = known[file]
        content = make(here, journey, asked)
        here.commit()
        return download(content, kind, f"artsmark-statement-of-{asked.value}.{file}")


def _asked(here: Work, pk: int, statement: str) -> tuple[ArtsmarkJourney, Statement]:
    journey = here.get(ArtsmarkJourney, pk)
    if statement not in [one.value for one in Statement]:
        raise NotFound("statement")
    return journey, Statement(statement)


def _open(journey: ArtsmarkJourney, statement: Statement) -> bool:
    if statement is Statement.commitment:
        return journey.state in ("registered", "assessed")
    return journey.state in ("registered", "assessed", "committed", "not_awarded")


def _views(pk: int, asked: Statement) -> list[tuple[str, str, bool]]:
    return [
        (one.label, url_for("ArtsmarkStatements.index", pk=pk, statement=one.value), one is asked) for one in Statement
    ]


def _empty(statement: Statement) -> str:
    if statement is Statement.impact:
        return "Nothing yet. It is drafted once a commitment is achieved."
    return "Nothing yet. It is drafted from the self-assessment and the commitments."


def _crumbs(journey: ArtsmarkJourney) -> tuple[tuple[str, str], ...]:
    return (("Artsmark", url_for("ArtsmarkHome.index", journey=journey.id)), (str(journey), page_of(journey)))


def _part(passage: ArtsmarkPassage) -> PartOfPage:
    changed = ", changed by hand" if passage.origin == Origin.edited else ""
    body = PanelBody(
        words=passage.text,
        facts=[("Where it comes from", f"{passage.source}{changed}")] if passage.source else (),
        more=[("Change or leave out", page_of(passage))],
    )
    return PartOfPage(f"passage-{passage.id}", passage.heading, body)
