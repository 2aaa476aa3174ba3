"""What is asked when activity reports are to be put together as a pack."""

from __future__ import annotations

from datetime import date

from cmcore.base.words import Choice
from cmcore.forms import Answers, ask, form
from cmcore.forms.checks import days_in_order


class PackFiles(Choice):
    """What kind of file each report of a pack is."""

    pdf = "pdf", "PDF, to read and print"
    word = "word", "Word, in your authority's own template"


@form("report-pack", version=1, title="Activity reports as a pack", checks=[days_in_order()])
class PackAnswers(Answers):
    """The reports that were sent and reach into these days, one file each, together in a zip file."""

    starts_on: date = ask("From", hint="For example the first day of a term.")
    ends_on: date = ask("To")
    mentors: list[int] | None = ask("Only of these mentors", of="mentor", hint="Leave it empty for all.")
    young_people: list[int] | None = ask(
        "Only about these young people", of="young_person", hint="Leave it empty for all."
    )
    file: PackFiles = ask("As what", default=PackFiles.pdf)
