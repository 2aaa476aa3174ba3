"""A form on paper, to be answered by hand: its sections and questions in order, each with room for its answer."""

from __future__ import annotations

from collections.abc import Iterator

from cmcore.exchange.documents.blocks import Block, Data, Paragraph, Part, Question
from cmcore.exchange.documents.spaces import below, only_if, options_of, space_for
from cmcore.forms import kinds
from cmcore.forms import questions as asked
from cmcore.forms.descriptions import describe_question
from cmcore.forms.form import Form


def blank(form: Form) -> Iterator[Block]:
    """The form's sections and questions, each with room for its answer."""
    number = 0
    for section, questions in form.parts:
        level = 3 if section.title else 2
        if section.title:
            yield Part(text=section.title, hint=section.hint)
        for question in questions:
            if not question.answers:
                yield from _note(form, question)
                continue
            number += 1
            yield Question(
                number=str(number),
                label=question.label,
                hint=" ".join(below(form.questions, question)),
                condition=only_if(form.questions, question.show_when),
                optional=not (question.required or question.required_when or question.calculate),
                sensitive=question.sensitive,
                space=_space(form, question),
                long=isinstance(question.kind, kinds.Scores | kinds.Repeated) or len(options_of(question.kind)) > 24,
                level=level,
            )


def _note(form: Form, question: asked.Question) -> Iterator[Block]:
    assert isinstance(question.kind, kinds.Note)
    if said := only_if(form.questions, question.show_when):
        yield Paragraph(text=said, quiet=True, leads=True)
    yield Paragraph(text=question.kind.text, quiet=True, leads=True)


def _space(form: Form, question: asked.Question) -> Data:
    if question.calculate is not None:
        return {"as": "said", "text": f"Leave this empty. {describe_question(form, question)[0]}"}
    return space_for(question.kind)
