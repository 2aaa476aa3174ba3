"""What is asked about a cohort, a school's application, its staff, its project and portfolio, and its mentoring."""

from __future__ import annotations

from datetime import date, time

from cmcore.api import Answers, FileAnswer, ask, days_in_order, form
from cmcore_attachment_aware.words import At, Indicator, PieceKind, StaffRole


# ---- a cohort and its training days
@form("attachment-aware-cohort", version=1, title="Cohort of schools", checks=[days_in_order()])
class CohortAnswers(Answers):
    """The cohort of one academic year, and how many schools it takes."""

    year: int = ask("Academic year that begins in", least=2000, most=2100, hint="2026 for the year 2026-27.")
    places: int = ask("How many schools does it take?", least=1, most=500, rule="R-AAS-1")
    apply_by_on: date | None = ask("Applications by")
    starts_on: date = ask("First day of the year")
    ends_on: date = ask("Last day of the year")
    led_by: str = ask("Who leads it?", required=False, most=120, hint="A member of staff of the virtual school.")


@form("attachment-aware-day", version=1, title="Training day")
class DayAnswers(Answers):
    """One training day of a cohort. Everybody who takes part is expected."""

    title: str = ask("What is it called?", most=160)
    about_what: str = ask("What is it about?", required=False, long=True, most=2_000)
    held_on: date = ask("On", rule="R-AAS-12")
    starts: time = ask("From")
    ends: time = ask("To")
    venue: str = ask("Where", most=160)
    led_by: str = ask("Who leads it?", required=False, most=120)


# ---- a school
@form("attachment-aware-application", version=1, title="Application of a school")
class ApplicationAnswers(Answers):
    """A school applies for a year of training and action research. Nothing is asked about a single pupil."""

    setting_id: int = ask("School or setting", of="setting", section="The school")
    why: str = ask(
        "Why does the school want to take part?", long=True, most=3_000, hint="Without names of pupils or staff."
    )
    staff_expected: int = ask("How many staff will take part?", least=1, most=200)
    lead_name: str = ask("Who leads it at the school?", most=120, section="Who")
    lead_role: StaffRole = ask("What are they at the school?")
    lead_email: str = ask("Their email at school", required=False, holds="email", most=200)
    head_name: str = ask("Name of the head teacher", most=120, section="The head teacher's agreement")
    head_agrees: bool = ask(
        "Does the head teacher agree?", rule="R-AAS-2", hint="To the days of training, and to what is counted."
    )
    head_agreed_on: date = ask("Agreed on")


@form("attachment-aware-offer", version=1, title="Offer a place")
class OfferAnswers(Answers):
    """A place in the cohort is offered to this school."""

    answer_by_on: date | None = ask("They answer by")
    out_of_turn: str = ask(
        "Why this school, if others waited longer?", required=False, long=True, most=500, rule="R-AAS-3"
    )


@form("attachment-aware-told", version=1, title="The school was told")
class ToldAnswers(Answers):
    """The day the school was told of the last decision."""

    told_on: date = ask("Told on")


@form("attachment-aware-staff", version=1, title="Member of staff who takes part")
class StaffAnswers(Answers):
    """One of the school's staff who takes part in the year."""

    name: str = ask("Name", most=120)
    role: StaffRole = ask("What are they at the school?")
    joined_on: date = ask("Takes part from")
    left_on: date | None = ask("Took part until", hint="Leave it empty while they take part.")


# ---- its project
@form("attachment-aware-project", version=1, title="Project of a school")
class ProjectAnswers(Answers):
    """A question, a change that is tried, and two periods of comparable length in which the same is counted."""

    title: str = ask("What is it called?", most=160, section="The question")
    question: str = ask("What do you want to find out?", long=True, most=2_000)
    tried: str = ask("What do you change?", required=False, long=True, most=4_000, hint="Without names of pupils.")
    for_whom: str = ask("For whom?", required=False, most=300, hint="A year group, a class, the whole school.")
    before_from: date = ask("Before: from", section="What is compared", hint="Both days are counted.")
    before_to: date = ask("Before: to")
    after_from: date = ask("After: from")
    after_to: date = ask("After: to", rule="R-AAS-6", hint="The same terms of two years compare best.")


@form("attachment-aware-reading", version=1, title="Count an indicator")
class ReadingAnswers(Answers):
    """What was counted in one of the two periods: how many, and of how many. Counting again replaces it."""

    indicator: Indicator = ask("What is counted?")
    at: At = ask("In which period?")
    number: int | None = ask("How many", least=0, most=10_000_000)
    out_of: int | None = ask(
        "Of how many", least=1, most=10_000_000, hint="Pupils on roll; for attendance, sessions that were possible."
    )
    missing: str = ask("Why it is not known", required=False, most=300, hint="Only where the two are empty.")
    source: str = ask("Where it comes from", required=False, most=160, hint="The school census, the register.")


@form("attachment-aware-learnt", version=1, title="What was learnt")
class LearntAnswers(Answers):
    """What the school learnt, whatever the numbers say."""

    learnt_on: date = ask("Written on")
    tried: str = ask("What did you change?", long=True, most=4_000)
    learnt: str = ask("What did you learn?", long=True, most=5_000, hint="Without names of pupils or staff.")


# ---- its portfolio, and whom it mentors
@form("attachment-aware-piece", version=1, title="Piece of the portfolio")
class PieceAnswers(Answers):
    """One piece of the school's portfolio of practice: something others could do, use or learn from."""

    title: str = ask("What is it called?", most=160)
    kind_of_piece: PieceKind = ask("What is it?")
    told: str = ask("Tell of it", long=True, most=5_000, hint="Without names of pupils or staff.")
    how: str = ask("How would another school begin?", required=False, long=True, most=2_000)
    link: str = ask("Where more of it is", required=False, most=300, hint="An address on your site.")
    written_on: date = ask("Written on")


@form("attachment-aware-picture", version=1, title="Picture of a piece")
class PictureAnswers(Answers):
    """A picture without people. Where it was taken, when and by whom is left out of what is kept."""

    picture: FileAnswer = ask("A picture", accept=(".jpg", ".jpeg", ".png", ".webp"), most=10_000_000)
    shows: str = ask("What does it show?", most=300, hint="For those who do not see it.")
    nobody_in_it: bool = ask("Can nobody be recognised in it?", rule="R-AAS-13", hint="A portfolio is shared.")


@form("attachment-aware-mentoring", version=1, title="Mentor another school")
class MentoringAnswers(Answers):
    """A school that graduated mentors another, whether that one is in the programme or not."""

    mentored_id: int = ask("Which school is mentored?", of="setting", rule="R-AAS-10")
    focus: str = ask("What is it about?", required=False, most=300)
    starts_on: date = ask("From")
    ends_on: date | None = ask("Until", hint="Leave it empty while it goes on.")
    came_of_it: str = ask("What came of it?", required=False, long=True, most=3_000)


#: Every form of the plugin, in the order of the year.
FORMS = (
    CohortAnswers,
    DayAnswers,
    ApplicationAnswers,
    OfferAnswers,
    ToldAnswers,
    StaffAnswers,
    ProjectAnswers,
    ReadingAnswers,
    LearntAnswers,
    PieceAnswers,
    PictureAnswers,
    MentoringAnswers,
)
