"""``--map OURS=THEIRS``: which column of a file is which, said on the command line; no guess is used unasked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from cmcore.base.findings import Finding, Refused, refuse
from cmcore.base.words import in_words
from cmcore.exchange.columns import ABSENT, GUESSED, NEEDED, Heads, Matched, Matching, match_columns
from cmcore.exchange.tables import folded
from cmcore.safekeeping.work import Work
from cmcore.workbooks.records import ColumnMapping
from cmcore.workbooks.remembered import last_used_on, what_of
from cmcore.workbooks.remembering import as_matched, matched_as_before, remember_all, used_again

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def map_option(command: CommandT) -> CommandT:
    """The option of a command that reads columns."""
    said = (
        "A column the file calls otherwise: --map “DOB=Date of birth”. May be given several times; DOB= is not there."
    )
    return click.option("--map", "maps", multiple=True, metavar="OURS=THEIRS", help=said)(command)


class Said:
    """What is known of the columns of some files: what was said, what was confirmed before, what is only guessed."""

    def __init__(self, work: Work, authority_id: int, heads: Sequence[Heads | None], maps: Sequence[str]) -> None:
        """Match the columns. Refuses a word of ``maps`` that is no column of ours, or of none of the files."""
        self.work = work
        self.authority_id = authority_id
        self.told = _told(heads, maps)
        self.made = matched_as_before(work, authority_id, heads)
        self.chosen = [self._chosen(one, told) for one, told in zip(self.made, self.told, strict=True)]

    def _chosen(self, made: Matching | None, told: dict[str, int]) -> Matching | None:
        """The columns without what is only guessed; nothing where nobody said anything of the file."""
        if made is None or (not told and not any(one.how == "remembered" for one in made.matches.values())):
            return made if made is not None and made.exact else None
        sure = {
            one.key: one.place for one in made.matches.values() if not one.guessed and one.place not in told.values()
        }
        return match_columns(made.heads, None, {**dict.fromkeys(made.places, ABSENT), **sure, **told})

    @property
    def matched(self) -> list[Matched | None]:
        """What the reader of the files is told."""
        return [as_matched(one) for one in self.chosen]

    def refuse_unspoken(self) -> None:
        """Of a sheet that was given out with all its columns, refuse one of which nobody said that it is not there."""
        found = []
        for made, chosen, told in zip(self.made, self.chosen, self.told, strict=True):
            if made is None or chosen is None or not made.heads.whole:
                continue
            known = chosen.matches.keys() | made.absent | told.keys()
            for one in made.heads.columns:
                if one.key not in known:
                    said = f"No column of “{made.heads.part}” is said to be “{one.label}”."
                    way_out = f"Say which: --map “{one.key}=…”, or --map “{one.key}=” if it is not there."
                    heads = made.heads
                    found.append(NEEDED.found(said, file=heads.file, row=heads.row, column=one.label, way_out=way_out))
        if found:
            raise self.refused(Refused(found))

    def guesses(self) -> list[Finding]:
        """What would be guessed and is not, each with what to say if it is right."""
        found = []
        for made, told in zip(self.made, self.told, strict=True):
            for one in made.guessed if made is not None else ():
                if made is None or one.key in told or one.place in told.values():
                    continue
                said = f"“{one.heading}” may be {one.key}; that is a guess, so nothing was read from it."
                way_out = f"If it is right, say so: --map “{one.key}={one.heading}”."
                heads = made.heads
                found.append(GUESSED.found(said, file=heads.file, row=heads.row, column=one.heading, way_out=way_out))
        return found

    def refused(self, refused: Refused) -> Refused:
        """A refusal of the files, with the guesses that may be the way out."""
        return Refused([*refused.findings, *self.guesses()])

    def keep(self, act: str) -> None:
        """Remember what was said, now that the files came in by it, and that what was remembered is still of use."""
        both = zip(self.chosen, self.told, strict=True)
        used_again(
            self.work, self.authority_id, [one.heads if one is not None and not told else None for one, told in both]
        )
        said = [one if told else None for one, told in zip(self.chosen, self.told, strict=True)]
        remember_all(self.work, self.authority_id, said, act=act)


def say_remembered(kept: Sequence[ColumnMapping], *, as_json: bool) -> None:
    """Print what is remembered of columns, each with its number, its headings, who said so and when it was used."""
    told: list[dict[str, Any]] = [
        {
            "number": one.id,
            "what": what_of(one),
            "columns": dict(one.headings),
            "confirmed_by": one.confirmed_by,
            "last_used_on": last_used_on(one).isoformat(),
        }
        for one in kept
    ]
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    if not told:
        click.echo("No columns are remembered.")
    for one in told:
        by = f" by {one['confirmed_by']}" if one["confirmed_by"] else ""
        click.echo(f"{one['number']}: {one['what']}, confirmed{by}, last used on {one['last_used_on']}.")
        for ours, theirs in one["columns"].items():
            click.echo(f"    {ours} = {theirs or '(not in the file)'}")


def _told(heads: Sequence[Heads | None], maps: Sequence[str]) -> list[dict[str, int]]:
    made: list[dict[str, int]] = [{} for _ in heads]
    for each in maps:
        ours, sign, theirs = each.partition("=")
        if not sign:
            raise refuse(
                f"“{each[:80]}” says no column.", way_out="Write it as OURS=THEIRS: --map “DOB=Date of birth”."
            )
        part, dot, key = ours.strip().rpartition(".")
        asked = [
            (number, one)
            for number, one in enumerate(heads)
            if one is not None and (not dot or folded(part) == folded(one.part))
        ]
        known = [(number, one, _key(one, key)) for number, one in asked if _key(one, key)]
        if not known:
            columns = dict.fromkeys(column.key for _, one in asked for column in one.columns)
            way_out = f"Those asked for are {in_words(list(columns))}." if columns else ""
            raise refuse(f"“{ours.strip()[:80]}” is no column that is read.", place="map", way_out=way_out)
        if not _found(known, theirs.strip(), made):
            raise refuse(
                f"No file has a column “{theirs.strip()[:80]}”.", place="map", way_out="Write it as row 1 does."
            )
    return made


def _key(heads: Heads, key: str) -> str:
    return next((one.key for one in heads.columns if folded(one.key) == folded(key)), "")


def _found(known: Sequence[tuple[int, Heads, str]], theirs: str, made: list[dict[str, int]]) -> bool:
    if not theirs:
        for number, _, key in known:
            made[number][key] = ABSENT
        return True
    found = False
    for number, one, key in known:
        places = [at for at, heading in enumerate(one.headings) if folded(heading) == folded(theirs)]
        if len(places) > 1:
            way_out = "Take out the one that is not wanted and bring the file in again."
            raise refuse(f"“{theirs[:80]}” stands over {len(places)} columns of {one.file}.", way_out=way_out)
        if places:
            made[number][key] = places[0]
            found = True
    return found
