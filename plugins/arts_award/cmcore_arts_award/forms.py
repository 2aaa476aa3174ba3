"""What is asked about advisers, enrolments, evidence, marks and entries. Levels are put in when a form is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cmcore.api import Answers, AwardScheme, Form, Level, Part, Work, ask, days_in_order, form, kinds
from cmcore_arts_award.levels import code_of, offered
from cmcore_arts_award.words import Mark

#: Stands where options are put in once it is known which there are.
_LATER = (kinds.Option(key="none", label="None"),)
_NO_CHOICES = kinds.Choices(options=_LATER)


# ---- advisers
@form("arts_award-adviser", version=1, title="Award adviser")
class AdviserAnswers(Answers):
    """Somebody who helps young people towards an award and assesses them. Their training is written down after."""

    name: str = ask("Name", most=120)
    mentor_id: int | None = ask("Are they one of your mentors?", of="mentor", hint="Leave it empty for staff.")
    works_at: str = ask(
        "Where do they work?", required=False, most=200, hint="For example a secure unit or a hospital."
    )
    left_on: date | None = ask("Left on")


@form("arts_award-training", version=1, title="Adviser training", checks=[days_in_order("trained_on", "valid_to")])
class TrainingAnswers(Answers):
    """A day of training. An adviser marks and assesses the levels they were trained for, from that day on."""

    levels: list[str] = ask("For which levels?", kind=_NO_CHOICES)
    trained_on: date = ask("Trained on")
    valid_to: date | None = ask("Holds until", hint="Leave it empty if it does not run out.")


# ---- enrolments
@form("arts_award-enrolment", version=1, title="Enrol for an award")
class EnrolAnswers(Answers):
    """A level to work towards. None needs the one below it."""

    level: str = ask("Which level?", kind=kinds.Choice(options=_LATER))
    enrolled_on: date = ask("From when?")
    arts_award_adviser_id: int | None = ask("Adviser", of="arts_award_adviser", few=True)
    setting_id: int | None = ask(
        "Where do they work on it?",
        of="setting",
        hint="A school, a secure unit, a hospital … Leave it empty for where they learn.",
    )
    aims_on: date | None = ask("To be done by")


@form("arts_award-enrolment-change", version=1, title="Change an award enrolment")
class EnrolmentChangeAnswers(Answers):
    """Who advises them, where they work on it, and by when. Another level is another enrolment."""

    arts_award_adviser_id: int | None = ask("Adviser", of="arts_award_adviser", few=True)
    setting_id: int | None = ask("Where do they work on it?", of="setting")
    aims_on: date | None = ask("To be done by")


@form("arts_award-assessed", version=1, title="It is assessed")
class AssessedAnswers(Answers):
    """Every part is passed, and the adviser stands by it."""

    arts_award_adviser_id: int = ask("Which adviser assessed it?", of="arts_award_adviser", few=True)
    assessed_on: date = ask("Assessed on")


@form("arts_award-certificate", version=1, title="Write down the certificate")
class CertificateAnswers(Answers):
    """The day on the certificate, and its number."""

    ended_on: date = ask("Day of the certificate")
    certificate: str = ask("Number on it", required=False, most=60, sensitive=True)


# ---- parts and evidence
@form("arts_award-evidence", version=1, title="Evidence")
class EvidenceAnswers(Answers):
    """Something that is not recorded here yet, or stands elsewhere: a film, a sketchbook, what somebody saw."""

    text: str = ask("What is it, and what does it show?", long=True, most=1_000, sensitive=True)
    happened_on: date | None = ask("When was it?")
    shows: list[str] = ask("What does it show?", required=False, kind=_NO_CHOICES)
    kept_at: str = ask("Where is it kept?", required=False, most=300, sensitive=True, hint="A folder, a box, a page.")


@form("arts_award-picked", version=1, title="Pick evidence")
class PickedAnswers(Answers):
    """Tick what counts: it is recorded already. Each becomes a piece of evidence of this part."""

    sources: list[str] = ask("What counts?", kind=_NO_CHOICES)
    shows: list[str] = ask("What do they show?", required=False, kind=_NO_CHOICES)
    kept_at: str = ask("Where is it kept?", required=False, most=300, sensitive=True, hint="A folder, a box, a page.")


@form("arts_award-mark", version=1, title="Mark a part")
class MarkAnswers(Answers):
    """What the adviser says of this part."""

    mark: Mark = ask("Mark")
    arts_award_adviser_id: int = ask("Which adviser?", of="arts_award_adviser", few=True)
    marked_on: date = ask("Marked on")
    found_at: str = ask(
        "Where in the portfolio?",
        required=False,
        most=300,
        sensitive=True,
        hint="It is copied to the evidence locator: “pages 4 to 7, film 2”.",
    )
    note: str = ask("In a few words", required=False, long=True, most=1_000, sensitive=True)


# ---- entries
@form("arts_award-batch", version=1, title="Award entry")
class BatchAnswers(Answers):
    """An entry with the awarding body: those who were assessed are put into it, and entered together."""

    scheme: str = ask("Which award?", kind=kinds.Choice(options=_LATER))
    title: str = ask("What do you call it?", most=120, hint="For example “Autumn 2026”.")
    kept_at: str = ask("Where are the portfolios and evidence locator forms kept?", required=False, most=300)


@form("arts_award-batch-change", version=1, title="Change an award entry")
class BatchChangeAnswers(Answers):
    """What it is called, its number, and where everything is kept."""

    title: str = ask("What do you call it?", most=120)
    reference: str = ask("The awarding body's number", required=False, most=60)
    kept_at: str = ask("Where are the portfolios and evidence locator forms kept?", required=False, most=300)


@form("arts_award-chosen", version=1, title="Choose who is entered")
class ChosenAnswers(Answers):
    """Everybody who was assessed and is in no entry yet. Take the tick off whoever waits for the next one."""

    enrolments: list[str] = ask("Who is entered?", kind=_NO_CHOICES)


@form("arts_award-entered", version=1, title="Enter them")
class EnteredAnswers(Answers):
    """The day they were entered with the awarding body: from it, it is worked out when certificates are to come."""

    entered_on: date = ask("Entered on")
    reference: str = ask("The awarding body's number", required=False, most=60)


@form("arts_award-sampled", version=1, title="The sample")
class SampledAnswers(Answers):
    """The awarding body asked to see some portfolios."""

    sampled_on: date = ask("Asked for on")
    enrolments: list[str] = ask("Whose?", kind=_NO_CHOICES)


@form("arts_award-uploaded", version=1, title="The sample was sent")
class UploadedAnswers(Answers):
    """The portfolios and their evidence locator forms were uploaded."""

    uploaded_on: date = ask("Sent on")


@form("arts_award-results", version=1, title="Results")
class ResultsAnswers(Answers):
    """The results: whoever is not ticked has their certificate."""

    results_on: date = ask("Results came on")
    not_yet: list[str] = ask("Who has not passed yet?", required=False, kind=_NO_CHOICES)
    reason: str = ask("What is still wanted of them?", required=False, long=True, most=1_000, sensitive=True)


# ---- with what can be chosen put in
def with_levels(asked: Form, work: Work, authority_id: int, key: str = "level") -> Form:
    """A form with the levels that are offered in an authority."""
    there = tuple(_option(scheme, level) for scheme, level in offered(work, authority_id))
    kind = asked.question(key).kind
    made = kinds.Choices if isinstance(kind, kinds.Choices) else kinds.Choice
    return asked.with_question(key, kind=made(options=there or _LATER))


def with_schemes(asked: Form, schemes: Iterable[AwardScheme]) -> Form:
    """A form with the awards of an authority."""
    there = tuple(kinds.Option(key=one.key, label=one.title, hint=one.awarding_body) for one in schemes)
    return asked.with_question("scheme", kind=kinds.Choice(options=there or _LATER))


def with_needs(asked: Form, part: Part | None) -> Form:
    """A form with what evidence of a part must show; without the question where it must show nothing of itself."""
    if part is None or not part.needs:
        return without(asked, "shows")
    there = tuple(kinds.Option(key=need.key, label=need.words[:1].upper() + need.words[1:]) for need in part.needs)
    return asked.with_question("shows", kind=kinds.Choices(options=there))


def with_choices(asked: Form, key: str, there: Sequence[kinds.Option]) -> Form:
    """A form with what can be ticked in one of its questions; without the question where there is nothing."""
    if not there:
        return without(asked, key)
    return asked.with_question(key, kind=kinds.Choices(options=tuple(there)))


def without(asked: Form, key: str) -> Form:
    """A form without one of its questions."""
    from dataclasses import replace

    return replace(asked, questions=tuple(one for one in asked.questions if one.key != key))


def _option(scheme: AwardScheme, level: Level) -> kinds.Option:
    hint = f"{level.standing}, for {level.meant_for}"
    return kinds.Option(key=code_of(scheme.key, level.key), label=f"{scheme.title} {level.title}", hint=hint)
