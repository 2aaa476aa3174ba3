"""What heads every page of whoever answers concerns, while one waits longer than R-SAF-2 allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from markupsafe import Markup

from cmcore.base.findings import Finding, Severity
from cmcore.base.words import hours
from cmcore.concerns import rules
from cmcore.concerns.queries import times_written, unanswered
from cmcore.concerns.records import Concern
from cmcore.safekeeping.work import Work
from console import desk
from console.framework import console

#: Seconds for which it is remembered that no concern was left unanswered.
CALM_FOR = 15.0
_MOST_REMEMBERED = 2_000


@dataclass(frozen=True)
class Alarm:
    """What heads a page while a concern waits: about whom, how long, where it stands."""

    words: str
    finding: Finding
    url: str


def alarms() -> list[Alarm]:
    """Concerns left unanswered for longer than R-SAF-2 allows, for whoever may answer them; the longest first."""
    page = console().page_about("concern")
    if page is None or desk.account() is None:
        return []
    work = desk.work()
    if not work.may("concern.acknowledge"):
        return []
    now, found = work.clock.now(), []
    for concern in _unanswered(work):
        for finding in rules.unanswered(concern.raised_at, now, work.policy_of(concern)):
            waited = hours(int((now - concern.raised_at).total_seconds() // 60))
            words = f"A concern about {concern.young_person.initials} has waited {waited} and nobody has answered it"
            found.append(Alarm(words, finding, page.address_of(concern)))
    return found


def _unanswered(work: Work) -> Sequence[Concern]:
    """The concerns nobody answered. That there are none is remembered for a moment; that there are some, never.

    Another worker's concern is therefore missed for so long at most, of the working hours that R-SAF-2 lets pass before
    there is an alarm at all; one raised here is looked for again at once.
    """
    calm, scope = desk.premises().calm, work.scope
    if scope is None:
        return ()
    # Counted before it is looked: what is written meanwhile makes what is remembered count for nothing.
    written, at = times_written(), monotonic()
    until, known = calm.get(scope, (at, -1))
    if known == written and at < until:
        return ()
    found = unanswered(work)
    if not found:
        if len(calm) >= _MOST_REMEMBERED:
            calm.clear()
        calm[scope] = (at + CALM_FOR, written)
    return found


def numbers_first() -> Finding:
    """R-SAF-4: whom to ring, above everything on a page that raises a concern or shows one."""
    links = [("999", "999"), *((number, f"{label}: {number}") for label, number in desk.place().emergency)]
    rung = Markup(". ").join(
        Markup('<a href="tel:{}">{}</a>').format(number.replace(" ", ""), words) for number, words in links
    )
    return Finding(
        "Is somebody in danger now? Ring first.",
        rule="R-SAF-4",
        severity=Severity.inform,
        way_out=Markup("{}. This page stands in for nobody.").format(rung),
    )
