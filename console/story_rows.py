"""What the page of a story asks and shows: what becomes of each name, which parts are left out, the text with marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from cmcore.base.clock import day, short_day
from cmcore.base.words import count
from cmcore.forms import Form, Question, dump, kinds
from cmcore.safekeeping.work import Work
from cmcore.stories.actions import decide_on_names, leave_parts_out
from cmcore.stories.passages import Mark, Passage
from cmcore.stories.queries import marks_of, passages_of
from cmcore.stories.records import Story
from cmcore.stories.words import Becomes


def names_form(work: Work, story: Story) -> Form:
    """A question for each mark: what becomes of it; and a place for words that were not found."""
    options = tuple(kinds.Option(key=each.value, label=each.label) for each in Becomes)
    asked = [
        Question(
            key=mark.key,
            label=mark.word,
            kind=kinds.Choice(options=options),
            required=False,
            hint=_hint(mark),
            sensitive=True,
            section="What becomes of each?",
        )
        for mark in marks_of(story)
    ]
    also = Question(
        key="also",
        label="More words to leave out",
        kind=kinds.LongText(most=2_000),
        required=False,
        hint="Each on a line of its own, as it stands in the story: a nickname, a street, what somebody is known by.",
        sensitive=True,
        section="What was not found",
    )
    return Form(key="story-names", version=1, title="Names in the story", questions=(*asked, also))


def _hint(mark: Mark) -> str:
    who = f"It becomes [{mark.instead}]. " if mark.instead else ""
    times = f"{count(mark.times, 'time')}: " if mark.times > 1 else ""
    return f"{times}“{mark.beside}” {who}".strip() if mark.beside else who.strip()


def decide(work: Work, story: Story, answers: Any, version: int) -> Story:
    """Keep what was decided on the names, and the words that were added."""
    told = dump(names_form(work, story), answers)
    also = str(told.pop("also", None) or "").splitlines()
    return decide_on_names(work, story, {key: value for key, value in told.items() if value}, also, version)


def parts_form(work: Work, story: Story) -> Form:
    """Every part to be ticked, and one reason for those that are left out anew."""
    options = tuple(
        kinds.Option(key=one.key, label=f"{short_day(one.on)}: {one.heading}") for one in passages_of(story)
    )
    return Form(
        key="story-parts",
        version=1,
        title="Parts of the story",
        questions=(
            Question(
                key="parts",
                label="Which parts are left out?",
                kind=kinds.Choices(options=options),
                required=False,
                hint="What would do somebody serious harm, or tells of another person and not of them.",
            ),
            Question(
                key="reason",
                label="Why?",
                kind=kinds.LongText(most=1_000),
                required=False,
                sensitive=True,
                hint="The second person reads it. They are told that parts are left out, and may ask why.",
            ),
        ),
    )


def leave_out(work: Work, story: Story, answers: Any, version: int) -> Story:
    """Keep which parts are left out."""
    told = dump(parts_form(work, story), answers)
    return leave_parts_out(work, story, told.get("parts") or [], told.get("reason") or "", version)


def shown_passage(one: Passage, marks: Sequence[Mark]) -> dict[str, Any]:
    """A passage as the page shows it."""
    return {
        "on": day(one.on),
        "heading": one.heading,
        "ours": one.ours,
        "told": [(who, marked(words, marks)) for who, words in one.told],
        "said": marked(one.said, marks) if one.said else "",
        "scores": one.scores,
        "withheld": one.withheld,
    }


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """A text with each name struck through and what stands in its place, kept, or still to be decided on."""
    known = {mark.word: mark for mark in marks if mark.word in text}
    if not known:
        return escape(text)
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    parts = re.split(rf"(?<![^\W\d_])({words})(?![^\W\d_])", text)
    return Markup("").join(_one(known[part]) if part in known else escape(part) for part in parts)


def _one(mark: Mark) -> Markup:
    if mark.becomes == Becomes.leave_out:
        return Markup("<del>{}</del> <ins>[{}]</ins>").format(mark.word, mark.instead)
    if mark.becomes == Becomes.keep:
        return Markup("<mark>{}</mark>").format(mark.word)
    return Markup("<mark>{} (to decide)</mark>").format(mark.word)
