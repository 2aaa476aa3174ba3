"""The page on which a form is filled in over several sittings: what came back is kept first, and judged afterwards.

Every press of a button keeps the draft before anything else happens, and so does a script while somebody types: what
was typed is never only in the browser. A file is kept as soon as it arrives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from cmcore.answers import files
from cmcore.answers.editions import form_of_edition
from cmcore.answers.filling import newer_edition, save_draft
from cmcore.answers.records import FormAnswers
from cmcore.base.clock import local
from cmcore.base.findings import Finding, Refused
from cmcore.forms import FileAnswer, Form, Question, kinds
from cmcore.forms.languages import in_language
from cmcore.safekeeping.work import Conflict, Work
from console import lookups
from console.form_page import PRESS, FormPage, Taken
from console.shown import when

#: The name a script sends along when it keeps a draft while somebody types.
AUTOSAVE = "cm-autosave"
DRAFT = "draft"


@dataclass
class AnswersKeeper:
    """Keeps the files of one set of answers; what is refused is told beside the question that asked for it."""

    work: Work
    answers: FormAnswers
    refused: dict[str, Finding] = field(default_factory=dict)
    any_kept: bool = False

    def keep(self, upload: Any) -> FileAnswer:
        """Put an upload away; one that is not taken is remembered under a reference that leads nowhere."""
        name = upload.filename or "file"
        try:
            made = files.keep_file(self.work, self.answers, name, upload.stream.read(files.MOST_BYTES + 1))
        except Refused as refused:
            ref = f"refused-{len(self.refused)}"
            self.refused[ref] = refused.findings[0]
            return FileAnswer(ref, files.safe_name(name), "", 0)
        self.any_kept = True
        return made

    def kept(self, ref: str) -> FileAnswer | None:
        """A file of these answers."""
        return files.kept_file(self.work, self.answers, ref)

    def settled(self, taken: Taken) -> Taken:
        """What came back, without the files that are not taken and with what is wrong with them."""
        if not self.refused:
            return taken
        found: list[Finding] = []
        raw = _without(dict(taken.raw), "", self.refused, found)
        others = [one for one in taken.findings if one.place not in {each.place for each in found}]
        return replace(taken, raw=raw, answers=None, findings=(*others, *found))


def _without(value: Any, place: str, refused: Mapping[str, Finding], found: list[Finding]) -> Any:
    if isinstance(value, Mapping):
        if value.get("ref") in refused:
            found.append(replace(refused[value["ref"]], place=place))
            return None
        inner = {key: _without(one, f"{place}.{key}".lstrip("."), refused, found) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one is not None}
    if isinstance(value, list):
        return [_without(one, f"{place}.{index}", refused, found) for index, one in enumerate(value)]
    return value


def filling_page(
    work: Work, answers: FormAnswers, *, back: str, carry: str, crumbs: list[tuple[str, str]], about: str
) -> FormPage:
    """The page of a draft; ``carry`` is where it is taken over to a newer edition, ``about`` whom it is about."""
    whole = form_of_edition(answers.edition)
    form = in_language(whole, request.args.get("language", ""))
    return FormPage(
        form=form,
        title=form.title,
        heading=f"{form.title}: {about}" if about else form.title,
        action_url=request.full_path.rstrip("?"),
        submit="Finish",
        buttons=((DRAFT, "Save and come back"),),
        lead=form.doc.partition("\n\n")[0].replace("\n", " "),
        lookup=lookups.lookup,
        shown=lookups.shown,
        keeper=AnswersKeeper(work, answers),
        cancel_url=back,
        cancel_words="Leave it for now",
        crumbs=crumbs,
        template="cm/fill.html",
        context={
            "answers": answers,
            "carry_url": carry,
            "saved": saved_words(answers),
            "left_behind": answers.left_behind,
            "newer": newer_edition(work, answers),
            "languages": languages_of(whole, request.args.get("language", "")),
        },
    )


def languages_of(form: Form, asked: str) -> list[tuple[str, str, bool]]:
    """The languages a form can be filled in in: words, address, whether it is shown; nothing where there is but one."""
    if not form.languages:
        return []
    shown = next((one.code for one in form.languages if one.code == asked.lower()), "")
    return [
        ("The form's own words", request.path, not shown),
        *(
            (one.name, f"{request.path}?{urlencode({'language': one.code})}", one.code == shown)
            for one in form.languages
        ),
    ]


def saved_words(answers: FormAnswers) -> str:
    """When a draft was last saved, as the page says it."""
    return f"Saved {when(answers.saved_at)}."


def take(page: FormPage) -> Taken:
    """What came back, its files kept; a file that is not taken is told beside its question."""
    keeper = page.keeper
    assert isinstance(keeper, AnswersKeeper)
    taken = keeper.settled(page.take(request.form, request.files))
    if keeper.any_kept:
        keeper.work.commit()
    return taken


def keep_draft(work: Work, answers: FormAnswers, taken: Taken) -> Taken:
    """Keep what was typed; gives what came back as it goes on from there. Raises ``Conflict`` for the second of two."""
    if taken.version is None:
        raise Conflict(answers)
    save_draft(work, answers, taken.raw, taken.version)
    work.commit()
    return replace(taken, version=answers.version, was=answers.values)


def autosaved(work: Work, answers: FormAnswers, taken: Taken) -> Response:
    """The answer to a script that keeps a draft while somebody types."""
    try:
        keep_draft(work, answers, taken)
    except Conflict:
        work.undo()
        return told_to_script(409, conflict=True)
    except Refused as refused:
        work.undo()
        return told_to_script(422, said=refused.findings[0].message)
    at = local(answers.saved_at)
    return told_to_script(200, at=f"{at:%H:%M}", version=answers.version, was=json.dumps(answers.values))


def told_to_script(status: int, **said: Any) -> Response:
    """An answer to a script that keeps a draft."""
    response = jsonify(said)
    response.status_code = status
    return response


def conflict(page: FormPage, answers: FormAnswers, taken: Taken) -> Response:
    """Two people on one draft: both versions, line by line, and nothing of either lost."""
    by = f"{answers.saved_by}, {local(answers.saved_at):%H:%M}"
    asked = replace(page, submit="Keep the draft like this")
    return asked.conflict(taken, answers.values, version=answers.version, by=by, also={PRESS + DRAFT: "1"})


def with_reason(form: Form) -> tuple[Form, str]:
    """A form with one question more, why it is corrected; and the key of that question, which no other has."""
    key = "why_corrected"
    while any(one.key == key for one in form.questions):
        key += "_"
    asked = Question(
        key=key,
        label="What was wrong, and how do you know?",
        kind=kinds.LongText(most=2000),
        section="Why it is corrected",
        sensitive=True,
        hint="It is kept with what stood before.",
    )
    return replace(form, questions=(*form.questions, asked), answers=None), key
