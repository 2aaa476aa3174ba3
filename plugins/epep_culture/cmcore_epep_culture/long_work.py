"""Drafting every page of a term as long work: a batch is a step, so a killed worker goes on where it was."""

from __future__ import annotations

from datetime import date

from cmcore.api import Authority, NotFound, PepCycle, Termly, Work, count, term_at
from cmcore.api.jobs import Doing, Result, Task, TaskKind, ask_for_long_work
from cmcore_epep_culture.drafting import AT_A_TIME, PLUGIN, draft_these, to_draft

#: The key of the kind of work.
DRAFT = "epep_culture.draft"


def ask_to_draft(work: Work, authority: Authority, at: Termly) -> Task:
    """Ask for every page of a term to be drafted, as far as whoever asks may."""
    return ask_for_long_work(work, authority.id, DRAFT, {"term": at.starts_on})


def draft_all(doing: Doing) -> Result:
    """Draft the pages of the term that was asked for, a batch at a time."""
    if "keys" not in doing.checkpoint:
        with doing.step() as work:
            if not work.plugin_is_on(PLUGIN, doing.authority_id):
                raise NotFound(PepCycle.words[0])
            authority = work.get(Authority, doing.authority_id)
            on = date.fromisoformat(doing.parameters["term"])
            keys = to_draft(work, authority, term_at(work, authority, on))
            doing.checkpoint = {"keys": keys, "done": 0}
    waiting: list[int] = doing.checkpoint["keys"]
    while (done := doing.checkpoint["done"]) < len(waiting):
        doing.tell("pages", done, len(waiting))
        with doing.step() as work:
            authority = work.get(Authority, doing.authority_id)
            for drafted in draft_these(work, authority, waiting[done : done + AT_A_TIME]):
                doing.checkpoint = {"keys": waiting, "done": done + drafted}
    doing.tell("pages", len(waiting), len(waiting))
    return Result(f"{count(len(waiting), 'page')} drafted.", {"pages": len(waiting)})


KIND = TaskKind(
    DRAFT,
    "Draft the cultural pages of a term",
    "epep_culture_page.draft",
    draft_all,
    way_out="Ask for it again: what was drafted stays, and nothing is drafted twice.",
)
