"""Pages and their lines as lists and records, and the PEPs of this term without a page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from cmcore.api import PepCycle, Work
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture import drafting, editing
from cmcore_epep_culture.forms import DoneAnswers, LineAnswers
from cmcore_epep_culture.queries import of_this_term, without_page
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.words import Barrier, Origin
from console.api import Filter, Queue, RecordView, Related, State, Step, Sub, page_of


class EpepCultureLines(RecordView):
    """The lines of cultural entitlement pages."""

    record = CultureLine
    route_base = "/epep-culture-lines"
    about = "What cultural entitlement pages say, line by line, each with where it comes from."
    list_columns = ["text", "young_person", "part", "where_from", "due_on", "stands"]
    label_columns = {
        "text": "What it says",
        "young_person": "Young person",
        "part": "Where it stands",
        "where_from": "Where from",
        "due_on": "By when",
        "stands": "On the page",
        "drafted": "What the draft says",
        "source": "Where it comes from",
        "barrier": "What is in the way",
        "owner": "Who sees to it",
        "done_on": "Done on",
    }
    load_columns = ["young_person.ref", "source", "drafted"]
    search_columns = ["text", "young_person.ref", "young_person.family_name"]
    choice_columns = {"part": CulturalPart, "barrier": Barrier, "origin": Origin}
    filter_columns = [
        "part",
        "barrier",
        Filter(
            "step",
            "Next steps",
            (("open", "Not done"), ("done", "Done")),
            lambda value, work: (
                (CultureLine.part == CulturalPart.steps)
                & CultureLine.left_out.is_(False)
                & (CultureLine.done_on.is_(None) if value == "open" else CultureLine.done_on.is_not(None))
            ),
        ),
        "young_person_id",
        "epep_culture_page_id",
    ]
    order_columns = ["due_on", "part"]
    base_order = ("id", "asc")
    views = [("Next steps that are open", {"step": "open"})]
    show_columns = [
        "young_person",
        "part",
        "text",
        "source",
        "stands",
        "barrier",
        "owner",
        "due_on",
        "done_on",
        "drafted",
    ]
    empty_words = "No lines yet. They are drafted with a page, or written on it."
    add_parent = CulturePage
    add_form = LineAnswers
    add_action = staticmethod(editing.add_line)
    add_words = "Write a line"
    edit_form = LineAnswers
    answers_of = staticmethod(editing.answers_of_line)
    edit_action = staticmethod(editing.change_line)
    remove_action = staticmethod(editing.remove_line)
    steps = (
        Step(
            "leave-out",
            "Leave it out",
            editing.leave_out,
            why="It stays out when the page is drafted again.",
            offered=lambda line: not line.left_out,
        ),
        Step(
            "put-back",
            "Put it back",
            editing.put_back,
            why="It stands on the page again.",
            offered=lambda line: line.left_out,
        ),
        Step(
            "done",
            "Say that it is done",
            editing.step_done,
            form=DoneAnswers,
            why="It is not carried to the next term then.",
            offered=lambda line: line.part == CulturalPart.steps and line.done_on is None,
        ),
    )

    def cell_where_from(self, line: CultureLine) -> Any:
        """The source, and that somebody changed it."""
        return Sub(line.source, "changed by hand" if line.origin == Origin.edited else "")

    def cell_drafted(self, line: CultureLine) -> str:
        """What the draft says, where somebody wrote something else."""
        return line.drafted if line.drafted and line.drafted != line.text else ""

    def cell_stands(self, line: CultureLine) -> Any:
        """Whether it stands on the page."""
        if line.left_out:
            return State("Left out", "none", "ring")
        return State("Done", "plain", "tick") if line.done_on else State("Yes")

    def heading(self, line: CultureLine) -> str:
        """Where it stands, and whose."""
        return f"{CulturalPart.say(line.part)}: {line.young_person}"

    def named(self, line: CultureLine) -> str:
        """Where it stands."""
        return CulturalPart.say(line.part)


class EpepCulturePages(RecordView):
    """The cultural entitlement page of each PEP."""

    record = CulturePage
    route_base = "/epep-culture-pages"
    about = "The cultural entitlement page of each PEP: drafted from what is recorded, and read through with people."
    list_columns = ["young_person", "pep_cycle", "standing", "reached", "drafted_at"]
    label_columns = {
        "young_person": "Young person",
        "pep_cycle": "PEP",
        "standing": "Lines",
        "reached": "Reached",
        "drafted_at": "Drafted",
        "drafted_by": "Drafted by",
    }
    load_columns = ["young_person.ref", "pep_cycle.term"]
    search_columns = ["young_person.ref", "young_person.family_name"]
    filter_columns = ["reached", "young_person_id", "pep_cycle_id"]
    order_columns = ["standing", "drafted_at"]
    base_order = ("drafted_at", "desc")
    show_columns = ["young_person", "pep_cycle", "standing", "reached", "drafted_at", "drafted_by"]
    facts_heading = "About the page"
    related_views = [
        Related(
            EpepCultureLines, "epep_culture_page_id", "The page", ["text", "part", "where_from", "due_on", "stands"], 80
        )
    ]
    empty_words = "No pages yet. One is drafted on the page of a PEP, or all of a term on the coverage board."
    steps = (
        Step(
            "draft",
            "Draft it again",
            lambda work, page: drafting.draft_page(work, work.get(PepCycle, page.pep_cycle_id)),
            act="epep_culture_page.draft",
            why="What has been recorded since is added. What anybody changed, wrote or left out stays.",
            done="Drafted again.",
        ),
    )

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """The page, its lines in the order in which it is read."""
        context = super().show_context(work, record, opened)
        order = {part.label: place for place, part in enumerate(CulturalPart)}
        for part in context["parts"]:
            part["rows"].sort(key=lambda row: order.get(str(row[1][1]), len(order)))
        return context

    def heading(self, page: CulturePage) -> str:
        """Whose."""
        return f"Cultural entitlement page: {page.young_person}"

    def named(self, page: CulturePage) -> str:
        """Of which PEP."""
        return f"Page of the {page.pep_cycle}"


class EpepCultureMissing(RecordView):
    """This term's PEPs without a cultural entitlement page."""

    record = PepCycle
    route_base = "/epep-culture-missing"
    singular, plural = "PEP without a cultural page", "PEPs without a cultural page"
    about = "This term's PEPs that have no cultural entitlement page, or one that says nothing yet (R-PEP-4)."
    list_columns = ["young_person", "plan_words", "setting", "due_on", "state"]
    label_columns = {
        "young_person": "Young person",
        "plan_words": "Plan",
        "due_on": "Due by",
        "setting": "School or college",
    }
    load_columns = ["young_person.ref", "setting.name", "plan", "year", "term"]
    search_columns = ["young_person.ref", "young_person.family_name", "setting.name"]
    filter_columns = ["setting_id", "young_person_id"]
    order_columns = ["due_on"]
    base_order = ("due_on", "asc")
    empty_words = "Every PEP of this term has a cultural entitlement page, or none was opened yet."
    queues = (
        Queue(
            "PEPs without a cultural page",
            {},
            "soon",
            "Draft them, and read each through with the young person.",
            "epep_culture_page.draft",
        ),
    )

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """PEPs of this term that R-PEP-4 lists, in the authorities in which the plugin is on."""
        reached = sorted(work.scope.authorities) if work.scope else []
        on = [each for each in reached if work.plugin_is_on(drafting.PLUGIN, each)]
        return statement.where(PepCycle.authority_id.in_(on), of_this_term(work), without_page())

    def address_of(self, record: Any) -> str:
        """A PEP's page is the console's own."""
        return page_of(record) or super().address_of(record)

    def cell_plan_words(self, pep: PepCycle) -> str:
        """Which plan, of which term."""
        return str(pep)
