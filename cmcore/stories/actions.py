"""What people do with a story: put it together, decide on names, have a second person approve it, give it out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from cmcore.answers.taking import taken
from cmcore.base.findings import Finding, refuse
from cmcore.evidence.journey import Journey
from cmcore.journals.queries import own_names, roster_of
from cmcore.network.words import AdultRole
from cmcore.safekeeping.names import Roster
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.stories import rules
from cmcore.stories.forms import StoryAnswers, StoryGivenAnswers
from cmcore.stories.marking import Known, decided_before, marks_in
from cmcore.stories.paper import story_files
from cmcore.stories.passages import (
    SOMEBODY,
    Mark,
    Passage,
    as_kept,
    digest,
    marks_kept,
    undecided,
)
from cmcore.stories.queries import as_told, marks_of, passages_of
from cmcore.stories.records import STORY_LIFE, Story, StoryFile
from cmcore.stories.telling import tell
from cmcore.stories.words import Becomes
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson


@action("story.add")
def tell_story(work: Work, person: YoungPerson, answers: StoryAnswers) -> Story:
    """Put somebody's story together. Every name in it is marked; R-SAR-1 says by when it is to be given.

    Refuses a second one while one is being made, and a day that is still to come.
    """
    answers = taken(work, answers)
    asked_on: date = answers.asked_on
    if asked_on > work.today:
        raise refuse("That day is still to come.", place="asked_on", way_out="Give the day it was asked for.")
    live = select(Story.ref).where(Story.young_person_id == person.id, Story.state.in_(STORY_LIFE.live()))
    if (other := work.db.scalar(live.limit(1))) is not None:
        raise refuse(f"Their story {other} is being made already.", way_out="Go on with that one.")
    journey, passages = tell(work, person.id, work.today)
    if not passages:
        raise refuse("Nothing is kept of their way yet.", way_out="Tell it once there is a referral or a session.")
    marks = _marked(work, journey, passages)
    work.opened(person, "their story was put together")
    return work.add(
        Story(
            authority_id=person.authority_id,
            young_person_id=person.id,
            ref=next_ref(work, work.get(Authority, person.authority_id), "T"),
            why=answers.why,
            asked_on=asked_on,
            due_on=rules.due_on(asked_on, work.policy_of(person)),
            up_to_on=work.today,
            made_by=work.actor.name,
            made_by_login=work.actor.login,
            opening=answers.opening or "",
            passages=as_kept(passages),
            marks=marks_kept(marks),
            undecided=len(undecided(marks)),
        )
    )


@action("story.change")
def tell_again(work: Work, story: Story) -> Story:
    """Put it together anew, with what was kept since; what was decided of a name stays decided."""
    _refuse_unless_draft(story)
    journey, passages = tell(work, story.young_person_id, work.today)
    reasons = {one.key: one.withheld for one in passages_of(story) if one.withheld}
    passages = [replace(one, withheld=reasons.get(one.key, "")) for one in passages]
    marks = decided_before(_marked(work, journey, passages), marks_of(story))
    by_hand = [mark for mark in marks_of(story) if mark.word not in {one.word for one in marks}]
    texts = [text for one in passages for text in one.texts]
    marks += [mark for mark in by_hand if any(mark.word in text for text in texts)]
    _keep(work, story, marks, passages, up_to_on=work.today)
    return story


@action("story.change")
def decide_on_names(
    work: Work,
    story: Story,
    becomes: Mapping[str, Becomes | str],
    also: Iterable[str] = (),
    version: int | None = None,
) -> Story:
    """Say what becomes of names, by the key of each mark; ``also`` are further words to leave out, as they stand there.

    Refuses words that stand nowhere in it.
    """
    _refuse_unless_draft(story)
    marks = [
        replace(mark, becomes=str(Becomes(becomes[mark.key]))) if becomes.get(mark.key) else mark
        for mark in marks_of(story)
    ]
    texts = [text for one in passages_of(story) for text in one.texts]
    for word in dict.fromkeys(line.strip() for line in also if line.strip()):
        times = sum(text.count(word) for text in texts)
        if not times:
            raise refuse(f"“{word}” stands nowhere in it.", place="also", way_out="Write it as it stands there.")
        marks = [mark for mark in marks if mark.word != word]
        marks.append(Mark(word=word, instead=SOMEBODY, becomes=Becomes.leave_out.value, times=times))
    _keep(work, story, marks, version=version, marked_by_login=work.actor.login)
    return story


@action("story.change")
def leave_parts_out(work: Work, story: Story, keys: Collection[str], reason: str, version: int | None = None) -> Story:
    """Leave whole parts out, each with the reason; those not named are told again."""
    _refuse_unless_draft(story)
    if keys and not reason.strip():
        raise refuse("A part is left out for a reason.", place="reason", way_out="Write a sentence that says why.")
    passages = [
        replace(one, withheld=(one.withheld or reason.strip()) if one.key in keys else "") for one in passages_of(story)
    ]
    _keep(work, story, marks_of(story), passages, version=version, marked_by_login=work.actor.login)
    return story


@action("story.change")
def change_opening(work: Work, story: Story, opening: str, version: int | None = None) -> Story:
    """Write its first words anew."""
    _refuse_unless_draft(story)
    work.change(story, version, opening=opening.strip())
    return story


@action("story.change")
def ask_second_person(work: Work, story: Story) -> Story:
    """Ask for approval. R-SAR-2 refuses while it is open what becomes of a name."""
    work.heed(rules.names_decided(marks_of(story), work.policy_of(story)))
    work.move(story, "ask")
    work.change(story, digest=digest_of(story))
    return story


@action("story.approve")
def send_story_back(work: Work, story: Story, reason: str) -> Story:
    """Have it looked at once more, with the reason."""
    work.move(story, "send_back", reason=reason)
    for one in work.db.scalars(select(StoryFile).where(StoryFile.story_id == story.id)):
        work.db.delete(one)
    work.change(story, digest="", approved_by="", approved_at=None)
    return story


@action("story.approve")
def approve_story(work: Work, story: Story) -> Story:
    """Approve it, and keep it as a PDF and a Word document. R-SAR-3 refuses whoever made it, R-SAR-4 another text."""
    work.heed(in_the_way_of_approving(work, story))
    work.move(story, "approve")
    work.change(story, approved_by=work.actor.name, approved_at=work.clock.now())
    for kind, content in story_files(work, story).items():
        work.add(
            StoryFile(
                authority_id=story.authority_id,
                young_person_id=story.young_person_id,
                story_id=story.id,
                kind_of_file=kind.value,
                content=content,
                size=len(content),
                digest=hashlib.sha256(content).hexdigest(),
                made_at=work.clock.now(),
            )
        )
    return story


@action("story.give")
def give_story(work: Work, story: Story, answers: StoryGivenAnswers) -> Story:
    """Say that it is given out: its files can then be opened. R-SAR-4 refuses what is not what was approved."""
    answers = taken(work, answers)
    policy = work.policy_of(story)
    work.heed(rules.as_approved(story.digest, digest_of(story), policy))
    work.move(story, "give")
    work.change(story, given_on=work.today, given_to=answers.given_to, given_how=answers.given_how)
    if story.why == "asked":
        work.heed(rules.is_in_time(story.due_on, story.given_on, work.today, policy))
    return story


@action("story.change")
def withdraw_story(work: Work, story: Story, reason: str) -> Story:
    """Say that it is not given, with the reason; what was kept of it stays."""
    work.move(story, "withdraw", reason=reason)
    return story


def in_the_way_of_approving(work: Work, story: Story) -> list[Finding]:
    """What refuses approving a story now: R-SAR-2, R-SAR-3 and R-SAR-4."""
    policy = work.policy_of(story)
    return [
        *rules.names_decided(marks_of(story), policy),
        *rules.second_person(work.actor.login, {story.made_by_login, story.marked_by_login}, policy),
        *rules.as_approved(story.digest, digest_of(story), policy),
    ]


def digest_of(story: Story) -> str:
    """The hash of a story as it would be given now: its beginning and every passage."""
    head = Passage(key="opening", on=story.up_to_on, heading=story.opening)
    return digest([head, *as_told(story)])


def _refuse_unless_draft(story: Story) -> None:
    if story.state != "draft":
        raise refuse(f"This story is “{story.state_label}”.", way_out="Have it sent back first.")


def _keep(
    work: Work,
    story: Story,
    marks: list[Mark],
    passages: list[Passage] | None = None,
    version: int | None = None,
    **more: object,
) -> None:
    told = {"passages": as_kept(passages)} if passages is not None else {}
    work.change(story, version, marks=marks_kept(marks), undecided=len(undecided(marks)), **told, **more)


def _marked(work: Work, journey: Journey, passages: Iterable[Passage]) -> list[Mark]:
    """The names in a story: of the people around, of everybody the authority keeps, and every other that may be one."""
    by_role: dict[str, list[str]] = {}
    for adult in journey.adults:
        role = AdultRole(adult.role)
        words = "an adult around you" if role is AdultRole.other else f"your {AdultRole.say(role).lower()}"
        by_role.setdefault(words, []).append(adult.name)
    for each in journey.commissions:
        if each.mentor is not None:
            by_role.setdefault("your mentor", []).append(each.mentor.name)
    known = [Known(words, Roster(names)) for words, names in by_role.items()]
    texts = [text for one in passages for text in one.texts]
    person = journey.person
    return marks_in(texts, own_names(work, person.id), known, roster_of(work, person.authority_id))
