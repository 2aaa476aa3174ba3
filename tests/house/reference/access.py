"""The roles: how far each sees, and which acts each may do."""

from __future__ import annotations

from cmcore.base.records import Record
from cmcore.safekeeping.roles import Role, roles
from tests.house.reference import acts, markdown
from tests.house.reference.kept import core_records
from tests.house.reference.markdown import link, plain, table

#: What each reach means, in words.
_REACHES = {
    "authority": "all",
    "commissioned": "commissioned for",
    "own answers": "theirs",
    "own commissions": "own",
    "own concerns": "raised",
    "own drafts": "typed",
    "own feeds": "made",
    "own tasks": "asked for",
    "own workbooks": "own",
    "addable": "all that is added to",
    "own columns": "of files they bring in",
    "permitted media": "under permissions",
    "shown lists": "own, shared with them",
    "shown media": "shown to them",
    "shown entries": "shown to them",
    "shared case studies": "commissioned for, shared",
    "own pupils": "pupils, referred",
    "self": "own",
    "none": "",
}


def page() -> str:
    """Who may see what, and do what."""
    known = [role for role in roles().values() if role.key != "operator"]
    return markdown.page(
        "Roles",
        link("cmcore/safekeeping/roles.toml"),
        "Somebody holds a role in an authority; what stands nowhere is not allowed. What a role sees is one condition "
        "on every query, and what lies outside it is “not found”. A mentor sees a young person from the start of a "
        "commission until some days after its end (R-ACC-1).",
        table(
            ("role", "what it is for"),
            [(f"**{role.label}** (`{role.key}`)", plain(role.description)) for role in known],
        ),
        "The command line acts as `operator` for the authority it is told, and the audit says so: whoever holds the "
        "database's address can do what the database allows.",
        "## What each role sees",
        "*All* is all of the authority's. *Commissioned for* is of the young people a mentor is commissioned for; "
        "*pupils, referred* of those who are pupils of the referrer's setting, and of those they referred; *own* is "
        "what is theirs.",
        table(("records", *(role.label for role in known)), _reach_rows(known)),
        "## What each role may do",
        "An act is a kind of record and a verb. `see` opens its list and its page; which rows they show is said above.",
        table(("act", *(role.label for role in known)), _act_rows(known)),
    )


def _records() -> list[type[Record]]:
    found = [record for record in core_records() if record.about != "system"]
    return sorted(found, key=lambda record: record.words[1].lower())


def _reach_rows(known: list[Role]) -> list[tuple[str, ...]]:
    return [
        (
            record.words[1],
            *(_REACHES[role.reaches(record.kind(), record.about)] for role in known),
        )
        for record in _records()
    ]


def _act_rows(known: list[Role]) -> list[tuple[str, ...]]:
    return [(f"`{act}`", *("yes" if role.allows(act) else "" for role in known)) for act in acts.every_act()]
