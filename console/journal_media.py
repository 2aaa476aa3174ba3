"""A picture, film or recording on its way into a journal: cleaned as it arrives, and waiting in case a form is refused.

What waits is what was cleaned, for an hour at most, for the account that sent it and nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from flask import g

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.media.cleaning import Cleaned, Limits, clean
from cmcore.forms import FileAnswer
from cmcore.journals import rules
from cmcore.journals.actions import keep_entry
from cmcore.journals.forms import MOST_BYTES, JournalAnswers
from cmcore.journals.records import JournalEntry
from cmcore.journals.words import EntryKind
from cmcore.safekeeping.work import Work
from console import desk, uploads
from console.form_page import FormPage, Taken
from console.posted import Posted

_WAITS_AS = "journal"


@dataclass
class MediaKeeper:
    """Cleans what is sent with an entry and remembers it; what is refused is told beside the question."""

    limits: Callable[[], Limits]
    authority_id: int
    cleaned: dict[str, Cleaned] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)

    def keep(self, upload: Any) -> FileAnswer:
        """Clean an upload and let it wait; one that is refused has a reference that leads nowhere."""
        try:
            made = clean(upload.stream.read(MOST_BYTES + 1), self.limits())
        except Refused as refused:
            self.refused += [replace(one, place="media", file=None) for one in refused.findings]
            return FileAnswer("refused", "file.jpg", "", 0)
        shared, who = desk.premises(), desk.account()
        name = f"file{made.type.ending}"
        ref = uploads.keep(
            shared.engine,
            [(name, made.content)],
            account_id=who.id if who else 0,
            authority_id=self.authority_id,
            importer=_WAITS_AS,
            told={},
            now=shared.clock.now(),
        )
        self.cleaned[ref] = made
        return FileAnswer(ref, name, made.type.media_type, len(made.content))

    def kept(self, ref: str) -> FileAnswer | None:
        """What was sent a moment ago, or waits since this form was refused."""
        made = self.cleaned.get(ref) or self._waiting(ref)
        if made is None:
            return None
        self.cleaned[ref] = made
        return FileAnswer(ref, f"file{made.type.ending}", made.type.media_type, len(made.content))

    def _waiting(self, ref: str) -> Cleaned | None:
        shared, who = desk.premises(), desk.account()
        found = uploads.find(shared.engine, ref, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or found.importer != _WAITS_AS:
            return None
        return clean(found.files[0].open().read(), self.limits())


@dataclass(frozen=True, kw_only=True)
class EntryPage(FormPage):
    """The page of an entry: a file that is refused is told beside its question, and everything typed stays."""

    def take(self, posted: Posted, files: Posted | None = None) -> Taken:
        """Read what came back, with what is wrong with the file that was sent."""
        taken = super().take(posted, files)
        keeper = self.keeper
        if isinstance(keeper, MediaKeeper):
            g.cm_media = keeper
            if keeper.refused:
                raw = {key: value for key, value in taken.raw.items() if key != "media"}
                others = [one for one in taken.findings if one.place != "media"]
                return replace(taken, raw=raw, answers=None, findings=(*others, *keeper.refused))
        return taken


def entry_page(page: FormPage, work: Work) -> EntryPage:
    """The same page for an entry, with what keeps its file."""
    reached = sorted(work.scope.authorities) if work.scope else [0]

    def limits() -> Limits:
        """The widest of the authorities within reach: the young person's own is kept to when the entry is."""
        policies = [work.policy_of(each) for each in reached]
        picture, film, sound = (
            max(rules.most_bytes(kind, policy) for policy in policies)
            for kind in (EntryKind.photo, EntryKind.film, EntryKind.audio)
        )
        return Limits(picture, film, sound)

    told = {one.name: getattr(page, one.name) for one in fields(FormPage)}
    return EntryPage(**(told | {"keeper": MediaKeeper(limits, reached[0])}))


def keep_with_media(work: Work, answers: JournalAnswers) -> JournalEntry:
    """Keep an entry with the file that came with it, or that waits since the form was refused."""
    keeper: MediaKeeper | None = g.get("cm_media")
    sent = keeper.cleaned.get(answers.media.ref) if keeper is not None and answers.media is not None else None
    return keep_entry(work, answers, sent)


def let_go() -> None:
    """Throw away what waited for the entry that was kept now."""
    keeper: MediaKeeper | None = g.pop("cm_media", None)
    shared, who = desk.premises(), desk.account()
    for ref in keeper.cleaned if keeper is not None and who is not None else ():
        uploads.throw_away(shared.engine, ref, account_id=who.id if who else 0)
