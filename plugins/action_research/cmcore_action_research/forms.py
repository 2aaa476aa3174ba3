"""What is asked about a study, its protocol, its partners, whom they refer, and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, Finding, Form, ask, days_in_order, form, form_check, kinds
from cmcore_action_research.themes import themes
from cmcore_action_research.words import Compares, PartnerKind, Statistic


def _themes() -> kinds.Choices:
    return kinds.Choices(options=tuple(kinds.Option(key=one.key, label=one.label) for one in themes().values()))


# ---- the study and its protocol
@form("action-research-study", version=1, title="Study")
class StudyAnswers(Answers):
    """A study of a programme of the type action research."""

    title: str = ask("What is it called?", most=120, rule="R-STUDY-12", hint="Without its theme: it stands in lists.")
    programme_id: int = ask("Programme", of="programme", few=True, hint="One of the type action research.")
    led_by: str = ask("Who leads it?", required=False, most=120, hint="A member of staff.")
    evaluated_by: str = ask("Who evaluates it?", required=False, most=120, hint="An organisation.")


@form_check("least_age", "most_age")
def _ages_in_order(least_age: int, most_age: int) -> Iterable[Finding]:
    if most_age < least_age:
        yield Finding("The ages end before they begin.", place="most_age", way_out="Change one of the two.")


@form("action-research-protocol", version=1, title="Protocol", checks=[days_in_order(), _ages_in_order])
class ProtocolAnswers(Answers):
    """What is agreed before there is any data. Once it is frozen it stays as it is."""

    question: str = ask(
        "What does the study ask?", long=True, most=2_000, section="The question", hint="Without names."
    )
    who: str = ask("Who may take part?", long=True, most=2_000, hint="Whom it is for, and whom not.")
    themes: list[str] = ask("Themes it is open to", kind=_themes(), sensitive=True, rule="R-STUDY-9")
    measures: list[str] = ask(
        "Measures that are compared", kind=kinds.Choices(options=(kinds.Option(key="all", label="All of them"),))
    )
    dose_hours: int = ask("Hours each is planned to receive", least=1, most=200, default=24, section="The dose")
    dose_months: int = ask("Over how many months?", least=1, most=24, default=3)
    least_age: int = ask("From age", least=0, most=25, default=15)
    most_age: int = ask("To age", least=0, most=25, default=18)
    places: int = ask("How many places are there?", least=1, most=10_000, section="The comparison")
    waiting_weeks: int = ask(
        "How many weeks do the others wait?", least=1, most=104, default=12, hint="They are measured too."
    )
    starts_on: date = ask("Data from", section="When")
    ends_on: date = ask("Data to")


@form("action-research-protocol-version", version=1, title="Another version")
class VersionAnswers(Answers):
    """Why there is another version. The one in force stays in force until this one is frozen, and is kept after."""

    why_changed: str = ask("Why is there another version?", long=True, most=2_000, hint="Without names.")


@form("action-research-analysis", version=1, title="Analysis")
class AnalysisAnswers(Answers):
    """One analysis. In a draft it will be planned; beside a frozen protocol it is exploratory."""

    measure: str = ask("Which measure?", most=40, default="all", hint="A measure’s key, or “all”.")
    statistic: Statistic = ask("What is counted?")
    compares: Compares = ask("What is set side by side?")


# ---- partners and whom they refer
@form("action-research-partner", version=1, title="Referral partner", checks=[days_in_order()])
class PartnerAnswers(Answers):
    """Somebody who refers into studies. Their sign-in has the role of a referrer."""

    organisation: str = ask("Organisation", most=120)
    kind_of_partner: PartnerKind = ask("What is it?")
    name: str = ask("Who refers there?", most=120)
    login: str = ask("Their sign-in name", most=120)
    themes: list[str] = ask(
        "Themes they refer into",
        kind=_themes(),
        required=False,
        sensitive=True,
        hint="None chosen means every theme of the study.",
    )
    starts_on: date = ask("Partner from")
    ends_on: date | None = ask("Until")


@form("action-research-referral", version=1, title="Refer somebody into a study")
class StudyReferralAnswers(Answers):
    """Somebody who could take part. Only the coordinators of the study read the theme and what you write."""

    action_research_study_id: str = ask("Which study?", most=20)
    given_name: str = ask("Given name", most=100, sensitive=True, section="Who")
    family_name: str = ask("Family name", most=100, sensitive=True)
    born_on: date = ask("Date of birth", sensitive=True)
    theme: str = ask("Which theme is it about?", most=40, sensitive=True, section="Why", rule="R-STUDY-11")
    why: str = ask("What do you hope for?", required=False, long=True, most=2_000, sensitive=True)
    willing: bool = ask(
        "Do they know, and want to be asked?",
        hint="Taking part needs a permission for research; whether they do decides nothing else.",
    )


@form("action-research-take", version=1, title="Take into the study")
class TakeAnswers(Answers):
    """Who it is among the records. They join the line at its end."""

    young_person_id: int = ask("Young person", of="young_person", rule="R-STUDY-4")
    joined_on: date = ask("Joins on", rule="R-STUDY-1")


@form("action-research-decline", version=1, title="Do not take")
class DeclineAnswers(Answers):
    """Why not: for your own record, and in words for the partner."""

    reason: str = ask("Why not?", long=True, most=2_000, sensitive=True, hint="The partner does not read this.")
    said_to_partner: str = ask(
        "What is the partner told?", long=True, most=500, sensitive=True, hint="Nothing they do not know already."
    )


# ---- places
@form("action-research-round", version=1, title="Give the next places")
class RoundAnswers(Answers):
    """The next in line are given a place. Whoever is still in line then waits first, and is measured too."""

    many: int = ask("How many places?", least=1, most=1_000)
    given_on: date = ask("On")


@form("action-research-give", version=1, title="Give a place")
class GiveAnswers(Answers):
    """A place for one young person; out of order only with a reason."""

    given_on: date = ask("On")
    out_of_order_because: str = ask(
        "Why before the others?", required=False, long=True, most=500, sensitive=True, rule="R-STUDY-5"
    )


@form("action-research-leave", version=1, title="Leave the study")
class LeaveAnswers(Answers):
    """Somebody leaves the study. Their mentoring goes on as it is."""

    left_on: date = ask("On")
    reason: str = ask("Why?", long=True, most=2_000, sensitive=True)


def offering(
    declared: type[Answers], question: str, offered: Iterable[tuple[str, str, str]], many: bool = False
) -> Form:
    """A form whose question offers these: each a key, words, and a line below them."""
    options = tuple(kinds.Option(key=key, label=label, hint=hint) for key, label, hint in offered)
    kind: kinds.Kind = kinds.Choices(options=options) if many else kinds.Choice(options=options)
    return declared.form.with_question(question, kind=kind)
