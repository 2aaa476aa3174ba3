"""Editions of forms: publishing one, withdrawing it, and which forms an authority fills in today.

A changed question means a new edition, because answers keep the questions they answered. What an author declares in
code says its own version; a workbook's is counted up. The functions other parts of the software build on are
:func:`publish`, :func:`in_force`, :func:`withdraw` and :func:`forms_for`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import select

from cmcore.answers.declared import AUTHORITY, CORE, Declared, declared_for, declared_forms
from cmcore.answers.records import FormEdition, Source
from cmcore.base.findings import Finding, Severity, refuse
from cmcore.forms import Form, form_of, freeze, thaw
from cmcore.safekeeping.work import Work, action

SourceKey = Literal["declared", "workbook"]


@dataclass(frozen=True)
class Offered:
    """A form an authority knows, as it is filled in today.

    ``edition`` is the one in force, or nothing while a declared form waits for its first answers. ``standing`` is "in
    force", "withdrawn" or "off" (its plugin is off or gone: what was answered stays readable). ``finding`` says what
    keeps the declared form from being used as it is declared now.
    """

    form: Form
    owner: str
    source: SourceKey
    edition: FormEdition | None
    standing: Literal["in force", "withdrawn", "off"] = "in force"
    finding: Finding | None = None


@action("form_edition.publish")
def publish(
    work: Work,
    form: Form | type[Any],
    *,
    authority_id: int,
    source: SourceKey,
    owner: str = AUTHORITY,
    left_out: Iterable[Finding] = (),
) -> FormEdition:
    """Publish a form in an authority; the edition before it is replaced, and drafts stay on theirs.

    The same questions again change nothing and give the edition in force. Changed questions need a higher version where
    the form is declared; a workbook's is counted up. Refuses a key that somebody else's form has already.
    """
    work.require("form_edition.publish", authority_id)
    return _published(work, form_of(form), authority_id, Source(source), owner, left_out)


@action("form_edition.withdraw")
def withdraw(work: Work, edition: FormEdition, reason: str) -> FormEdition:
    """Take a form out of use: nobody begins it any more, drafts may be finished, answers stay readable."""
    work.move(edition, "withdraw", reason=reason)
    return edition


@action("form_edition.publish")
def bring_back(work: Work, edition: FormEdition) -> FormEdition:
    """Put a withdrawn form into use again. Refuses where a newer edition is in force."""
    standing = in_force(work, edition.form_key, edition.authority_id)
    if standing is not None:
        raise refuse(
            f"Edition {standing.number} of “{standing.title}” is in force.", way_out="Withdraw that one first."
        )
    work.move(edition, "bring_back")
    return edition


def in_force(work: Work, key: str, authority_id: int | None = None) -> FormEdition | None:
    """The edition of a form that is in force; the authority is named where the scope reaches several."""
    asked = select(FormEdition).where(FormEdition.form_key == key, FormEdition.state == "published")
    if authority_id is not None:
        asked = asked.where(FormEdition.authority_id == authority_id)
    found = list(work.db.scalars(asked.limit(2)))
    if len(found) > 1:
        raise refuse("The form is in force in more than one authority.", way_out="Say which one.")
    return found[0] if found else None


def editions_of(work: Work, authority_id: int, key: str) -> list[FormEdition]:
    """Every edition of a form in an authority, the newest first."""
    asked = select(FormEdition).where(FormEdition.authority_id == authority_id, FormEdition.form_key == key)
    return list(work.db.scalars(asked.order_by(FormEdition.number.desc())))


def forms_for(work: Work, authority_id: int) -> list[Offered]:
    """The forms that can be filled in: the core's and the switched-on plugins', and the authority's own."""
    return [one for one in known_forms(work, authority_id) if one.standing == "in force"]


def known_forms(work: Work, authority_id: int) -> list[Offered]:
    """Every form an authority knows, those withdrawn and those of plugins that are off included, by title."""
    newest: dict[str, FormEdition] = {}
    asked = select(FormEdition).where(FormEdition.authority_id == authority_id, FormEdition.state != "draft")
    for edition in work.db.scalars(asked.order_by(FormEdition.number)):
        if edition.state != "replaced" or edition.form_key not in newest:
            newest[edition.form_key] = edition
    declared = {one.form.key: one for one in declared_for(work, authority_id)}
    found = [_declared_now(one, newest.get(key)) for key, one in declared.items()]
    found += [_kept_now(edition) for key, edition in newest.items() if key not in declared]
    return sorted(found, key=lambda one: (one.form.title.lower(), one.form.key))


def form_to_fill(work: Work, key: str, authority_id: int) -> Offered | None:
    """One form as it can be filled in today, or nothing when there is none of that key in force."""
    return next((one for one in forms_for(work, authority_id) if one.form.key == key), None)


@action("form_answers.fill")
def edition_to_fill(work: Work, key: str, authority_id: int) -> FormEdition:
    """The edition a new set of answers is begun on. A declared form is put in force by its first use."""
    work.require("form_answers.fill", authority_id)
    offered = form_to_fill(work, key, authority_id)
    if offered is None:
        raise refuse("This form is not in use.", way_out="Look at the list of forms: it may have another name now.")
    if offered.edition is not None and offered.edition.number >= offered.form.version:
        return offered.edition
    return _published(work, offered.form, authority_id, Source(offered.source), offered.owner, ())


def form_of_edition(edition: FormEdition) -> Form:
    """The form of an edition: the declared one where it still asks the same, so that its checks and sums are there."""
    for one in declared_forms():
        if one.form.key == edition.form_key and one.form.version == edition.number and asks_the_same(edition, one.form):
            return one.form
    return _thawed(json.dumps(edition.questions, sort_keys=True))


def asks_the_same(edition: FormEdition, form: Form) -> bool:
    """Whether a form asks just what an edition asks; its title and its introduction may have changed."""
    return _same(json.dumps(edition.questions, sort_keys=True), form)


@lru_cache(maxsize=1024)
def _same(frozen: str, form: Form) -> bool:
    """Whether two forms ask the same; a form is never changed, so it is worked out once."""
    return _asked(form) == _asked(_thawed(frozen))


@lru_cache(maxsize=256)
def _thawed(frozen: str) -> Form:
    return thaw(json.loads(frozen))


def _asked(form: Form) -> str:
    """What a form asks, as text to compare; through the frozen state, which is all that is kept."""
    frozen = freeze(thaw(freeze(form)))
    left = ("version", "title", "doc", "sections")
    return json.dumps({name: said for name, said in frozen.items() if name not in left}, sort_keys=True)


def _whole(form: Form) -> str:
    frozen = freeze(thaw(freeze(form)))
    return json.dumps({name: said for name, said in frozen.items() if name != "version"}, sort_keys=True)


def _published(
    work: Work, form: Form, authority_id: int, source: Source, owner: str, left_out: Iterable[Finding]
) -> FormEdition:
    earlier = editions_of(work, authority_id, form.key)
    _refuse_foreign_key(work, form, authority_id, source, owner, earlier)
    if source is Source.workbook:
        highest = earlier[0] if earlier else None
        if highest is not None and _whole(form_of_edition(highest)) == _whole(form):
            return _again(work, highest)
        form = replace(form, version=highest.number + 1 if highest else 1)
    elif earlier and earlier[0].number >= form.version:
        standing = next((one for one in earlier if one.number == form.version), None)
        if standing is not earlier[0] or not asks_the_same(standing, form):
            raise refuse(_needs_higher(form, earlier[0]), way_out=f"Give it version {earlier[0].number + 1}.")
        return _again(work, standing)
    made = work.add(
        FormEdition(
            authority_id=authority_id,
            form_key=form.key,
            number=form.version,
            title=form.title[:200],
            questions=freeze(form),
            source=source.value,
            owner=owner,
            left_out=[one.as_data() for one in left_out],
        )
    )
    for one in earlier:
        if one.state in ("published", "withdrawn"):
            work.move(one, "replace" if one.state == "published" else "pass_over")
    work.db.flush()
    _put_in_force(work, made, "publish")
    return made


def _again(work: Work, edition: FormEdition) -> FormEdition:
    """The newest edition asked for once more: it is in force, or comes back."""
    if edition.state == "withdrawn":
        _put_in_force(work, edition, "bring_back")
    return edition


def _put_in_force(work: Work, edition: FormEdition, way: str) -> None:
    work.move(edition, way)
    work.change(edition, published_on=work.today, published_by=work.actor.name)
    work.db.flush()


def _needs_higher(form: Form, newest: FormEdition) -> str:
    if newest.number == form.version:
        return f"The questions of “{form.title}” have changed, but its version is still {form.version}."
    return f"“{form.title}” has version {form.version}, but version {newest.number} was published here already."


def _refuse_foreign_key(
    work: Work, form: Form, authority_id: int, source: Source, owner: str, earlier: list[FormEdition]
) -> None:
    """Refuse a key under which somebody else's form is known: their answers would be mixed."""
    whose = earlier[0].owner if earlier else owner
    if source is Source.workbook:
        whose = next((one.owner for one in declared_forms() if one.form.key == form.key), whose)
    if whose != owner:
        said = {CORE: "comes with the software", AUTHORITY: "was drawn up here"}.get(whose, f"belongs to “{whose}”")
        raise refuse(
            f"The key “{form.key}” is taken: the form of that key {said}.",
            place="key",
            way_out="Give this form another key.",
        )


def _declared_now(one: Declared, edition: FormEdition | None) -> Offered:
    """A declared form beside the newest edition of its key."""
    if edition is None:
        return Offered(one.form, one.owner, "declared", None)
    if edition.state == "withdrawn":
        return Offered(form_of_edition(edition), one.owner, "declared", edition, "withdrawn")
    if one.form.version > edition.number or asks_the_same(edition, one.form):
        return Offered(one.form, one.owner, "declared", edition)
    finding = Finding(
        _needs_higher(one.form, edition),
        severity=Severity.warn,
        way_out=f"Edition {edition.number} stays in use until the form has a higher version.",
    )
    return Offered(form_of_edition(edition), one.owner, "declared", edition, finding=finding)


def _kept_now(edition: FormEdition) -> Offered:
    """A form nobody declares: the authority's own, or one of a plugin that is off or gone."""
    form = form_of_edition(edition)
    if edition.source == Source.declared:
        return Offered(form, edition.owner, "declared", edition, "off")
    return Offered(
        form, edition.owner, "workbook", edition, "withdrawn" if edition.state != "published" else "in force"
    )
