"""Young people's stories: put together, names decided on, approved by a second person, given out as a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import Response, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import and_

from cmcore.base.clock import day
from cmcore.base.findings import Finding, NotFound
from cmcore.base.words import count
from cmcore.safekeeping.work import Work
from cmcore.stories import rules
from cmcore.stories.actions import (
    approve_story,
    ask_second_person,
    change_opening,
    give_story,
    in_the_way_of_approving,
    send_story_back,
    tell_again,
    tell_story,
    withdraw_story,
)
from cmcore.stories.forms import StoryAnswers, StoryGivenAnswers, StoryOpeningAnswers, StoryReasonAnswers
from cmcore.stories.paper import beginning
from cmcore.stories.queries import as_told, marks_of, open_file, passages_of, to_give, untold
from cmcore.stories.records import STORY_LIFE, Story
from cmcore.stories.words import FileKind, GivenHow, GivenTo, StoryWhy
from cmcore.young_people.records import YoungPerson
from console import desk
from console.listing import Filter, Queue
from console.printing import download
from console.record_forms import ONE
from console.record_view import RecordView
from console.security import needs
from console.shown import State
from console.steps import NextStep, Step
from console.story_rows import decide, leave_out, names_form, parts_form, shown_passage

_LOOKS = {
    "draft": ("none", "ring"),
    "submitted": ("note", "half"),
    "approved": ("plain", "dot"),
    "given": ("ok", "tick"),
}
_TYPES = {
    FileKind.pdf: ("application/pdf", "pdf"),
    FileKind.word: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}
_LIVE = STORY_LIFE.live()


def _waits(value: str, work: Work) -> Any:
    """Those somebody asked for that are not given; those of them due within the days of R-SAR-1."""
    if value != "due":
        return to_give(work)
    days = max((work.policy_of(key).threshold("R-SAR-1", "days") for key in sorted(work.scope.authorities)), default=7)
    return and_(to_give(work), Story.due_on <= rules.days_ahead(work.today, days))


class Stories(RecordView):
    """A young person's own record, as a story they can read."""

    record = Story
    route_base = "/stories"
    about = (
        "A young person's own record as a document in date order, in plain words, with other people's names left out. "
        "A second person approves it before it is given; somebody who asks for their record has it within a month."
    )
    list_columns: ClassVar[list[str]] = ["ref", "young_person", "why", "asked_on", "due_on", "state"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Story",
        "young_person": "Young person",
        "why": "Why",
        "asked_on": "Asked for",
        "due_on": "To be given by",
        "state": "Where it stands",
        "made_by": "Made by",
        "approved_by": "Approved by",
        "given_on": "Given on",
        "given_to": "Given to",
        "given_how": "How",
        "digest": "Its fingerprint",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["ref", "young_person.ref"]
    choice_columns: ClassVar[dict[str, Any]] = {"why": StoryWhy, "given_to": GivenTo, "given_how": GivenHow}
    filter_columns: ClassVar[list[Any]] = [
        "state",
        "why",
        "young_person_id",
        Filter("waits", "To be given", (("asked", "Asked for, not given"), ("due", "Due soon, or over")), _waits),
    ]
    order_columns: ClassVar[list[str]] = ["ref", "asked_on", "due_on", "state"]
    base_order = ("due_on", "desc")
    views: ClassVar[list[Any]] = [
        ("To be approved", {"state": "submitted"}),
        ("Asked for, not given", {"waits": "asked"}),
    ]
    queues = (
        Queue(
            "Records asked for, due within days",
            {"waits": "due"},
            "now",
            "There is one month to give them (R-SAR-1).",
            "story.change",
        ),
        Queue("Stories to approve", {"state": "submitted"}, "week", "Read every word of it first.", "story.approve"),
        Queue("Stories to give out", {"state": "approved"}, "week", "Approved, and not given.", "story.give"),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "why",
        "asked_on",
        "due_on",
        "state",
        "made_by",
        "approved_by",
        "given_on",
        "given_to",
        "given_how",
        "digest",
    ]
    facts_heading = "What it is about"
    show_template = "cm/story.html"
    empty_words = "No stories yet. One is begun from a young person's page: “Tell their story”."

    add_parent = YoungPerson
    add_form = StoryAnswers
    add_action = staticmethod(tell_story)
    add_words = "Tell their story"
    added_words = "It is put together. Decide on the names in it now."
    edit_form = StoryOpeningAnswers
    edit_action = staticmethod(
        lambda work, story, answers, version: change_opening(work, story, answers.opening, version)
    )
    acts: ClassVar[dict[str, str]] = {"edit": "story.change"}
    steps = (
        Step(
            "names",
            "Decide on the names",
            decide,
            form=names_form,
            act="story.change",
            button="Keep these decisions",
            begins=lambda story: {mark.key: mark.becomes for mark in marks_of(story) if mark.becomes},
            why="Other people’s names, and words that may be one.",
            offered=lambda story: story.state == "draft",
            pressing=lambda work, story: count(story.undecided, "word") if story.undecided else "",
            done="Kept.",
            rewrites=True,
        ),
        Step(
            "parts",
            "Leave parts out",
            leave_out,
            form=parts_form,
            act="story.change",
            begins=lambda story: {
                "parts": [one.key for one in passages_of(story) if one.withheld],
                "reason": next((one.withheld for one in passages_of(story) if one.withheld), ""),
            },
            why="What would do harm, or tells of somebody else.",
            offered=lambda story: story.state == "draft",
            rewrites=True,
        ),
        Step(
            "again",
            "Tell it again",
            tell_again,
            why="With what was kept since. What you decided stays decided.",
            offered=lambda story: story.state == "draft",
        ),
        Step(
            "ask",
            "Ask a second person",
            ask_second_person,
            why="They read it and approve it, or send it back.",
            offered=lambda story: story.state == "draft",
            stands_in_the_way=lambda work, story: rules.names_decided(marks_of(story), work.policy_of(story)),
        ),
        Step(
            "approve",
            "Approve it",
            approve_story,
            why="You have read every word. It is then kept as a PDF and a Word document.",
            offered=lambda story: story.state == "submitted",
            stands_in_the_way=in_the_way_of_approving,
            done="Approved. It can be given out now.",
        ),
        Step(
            "send-back",
            "Send it back",
            lambda work, story, answers: send_story_back(work, story, answers.reason),
            form=StoryReasonAnswers,
            act="story.approve",
            why="With what is to be looked at again.",
            offered=lambda story: story.state in ("submitted", "approved"),
        ),
        Step(
            "give",
            "Give it out",
            give_story,
            form=StoryGivenAnswers,
            why="Say to whom and how; then its files can be opened.",
            offered=lambda story: story.state == "approved",
            done="Written down. Its files can be opened now.",
        ),
        Step(
            "withdraw",
            "Do not give it",
            lambda work, story, answers: withdraw_story(work, story, answers.reason),
            form=StoryReasonAnswers,
            act="story.change",
            why="They no longer want it, or another takes its place.",
            offered=lambda story: story.state in _LIVE,
            grave=True,
        ),
    )

    def cell_state(self, story: Story) -> State:
        """What waits for somebody stands out."""
        return State(story.state_label, *_LOOKS.get(story.state, ("none", "ring")))

    def cell_due_on(self, story: Story) -> Any:
        """The last day; late ones stand out."""
        late = story.state in _LIVE and story.why == "asked" and story.due_on < desk.work().today
        return State(day(story.due_on), "stop", "stop") if late else day(story.due_on)

    def cell_digest(self, story: Story) -> str:
        """The beginning of the hash of what was approved."""
        return story.digest[:16] or "none before somebody is asked"

    def heading(self, story: Story) -> str:
        """Whose story."""
        return f"Story of {story.young_person}"

    def named(self, story: Story) -> str:
        """Its reference."""
        return story.ref

    def settled(self, record: Story, doing: str) -> Sequence[Finding]:
        """Once a second person was asked it stays as it is."""
        if doing == "edit" and record.state != "draft":
            return (Finding(f"This story is “{record.state_label}”.", way_out="Have it sent back first."),)
        return ()

    def findings(self, work: Work, record: Story) -> Sequence[Finding]:  # type: ignore[override]
        """When it is due, and what it leaves to whoever answers."""
        policy = work.policy_of(record)
        said: list[Finding] = []
        if record.why == "asked" and record.state != "withdrawn":
            said += rules.is_in_time(record.due_on, record.given_on, work.today, policy)
            if record.state in _LIVE:
                said += rules.looked_at_by_hand(untold(work, record), policy)
        return said

    def next_steps(self, work: Work, record: Story) -> list[NextStep]:
        """The declared steps; and its files, once it is given."""
        made = super().next_steps(work, record)
        if record.state == "given":
            for kind in FileKind:
                where = url_for(f"{self.endpoint}.file", pk=record.id, kind=kind.value)
                made.append(NextStep(f"Open it as a {kind.label}", where, "That you did is written down."))
        return made

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """Every part as it was written, with what becomes of the names in it."""
        context = super().show_context(work, record, opened)
        marks, told = marks_of(record), as_told(record)
        context["opening"] = [record.opening, *beginning(record, told)]
        context["passages"] = [shown_passage(one, marks) for one in passages_of(record)]
        context["undecided"] = record.undecided
        return context

    @expose(f"/{ONE}/file/<kind>")
    @needs("story.give")
    def file(self, pk: int, kind: str) -> Response:
        """A story that was given, as a file; that it was opened is written down."""
        if kind not in tuple(FileKind):
            raise NotFound("file")
        work = desk.work()
        story = self.record_at(work, pk)
        content = open_file(work, story, FileKind(kind))
        work.commit()
        media_type, ending = _TYPES[FileKind(kind)]
        return download(content, media_type, f"{story.ref}.{ending}")
