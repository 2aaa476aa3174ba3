"""The PEPs of the stories: last term's complete with what became of their targets, this term's at every stage."""

from __future__ import annotations

from datetime import date, timedelta

from cmcore.base.periods import academic_year
from cmcore.base.policy import Policy
from cmcore.demo.history import Step
from cmcore.demo.making import Making
from cmcore.demo.people import Person
from cmcore.demo.sheets import Sheet
from cmcore.peps import rules
from cmcore.peps.opening import Termly
from cmcore.peps.records import PepCycle, PepTarget
from cmcore.peps.rules import InCare

CYCLE_COLUMNS = """
    id authority_id young_person_id plan year term term_starts_on term_ends_on first due_on setting_id held_on
    attended_by agreed quality state created_at changed_at
"""
TARGET_COLUMNS = """
    id authority_id young_person_id pep_cycle_id kind_of_target target measure owner due_on outcome reviewed_on
    created_at changed_at
"""
CONTRIBUTION_COLUMNS = """
    authority_id young_person_id pep_cycle_id written_by written_at seen suggests words_said comes created_at changed_at
"""

_CAME = (
    ["young_person", "carer", "social_worker", "designated_teacher", "virtual_school"],
    ["young_person", "carer", "designated_teacher"],
    ["carer", "social_worker", "designated_teacher"],
    ["young_person", "carer", "social_worker", "designated_teacher", "mentor"],
)
_AGREED = (
    "Reading support stays. A quiet place at lunch.",
    "A timetable that begins at ten on Mondays. The school rings the carer on Fridays.",
    "Moves up a set in mathematics. Drama club after half-term.",
)
_TARGETS = {
    "academic": (
        ("Reads for ten minutes each evening.", "achievement"),
        ("Hands in four of five homeworks.", "motivation"),
    ),
    "holistic": (
        ("Says when a room is too loud.", "communication"),
        ("Comes in on time four days a week.", "engagement"),
    ),
    "cultural": (
        ("Joins the art club and stays for half a term.", "participation"),
        ("Shows a piece of work to somebody outside the family.", "confidence"),
        ("Visits the museum in town and chooses one thing to draw.", "ambition"),
    ),
}
_OUTCOMES = ("met", "met", "partly", "partly", "not_met")
_SEEN = ("Comes early and stays to clear up.", "Talks more while drawing than at a table.")


class Plans:
    """Writes the plans of two terms for everybody in care."""

    def __init__(self, making: Making, cycles: Sheet, targets: Sheet, contributions: Sheet) -> None:
        """Write for one authority."""
        self._making, self._cycles, self._targets, self._contributions = making, cycles, targets, contributions
        self._policy = Policy.load()
        #: A target of each person who has one.
        self.aims: dict[int, int] = {}

    def tell(self, people: list[Person]) -> None:
        """The plans of these people, in the term that is on or comes next and in the one before it."""
        before, now = self._terms()
        for person in people:
            if not person.in_care:
                continue
            held = self._one(person, before, 0, done=True)
            self._one(person, now, held if before.year == now.year else 0, done=False)

    def _terms(self) -> tuple[Termly, Termly]:
        today, known = self._making.calendar.today, self._making.calendar.terms
        year = academic_year(today)
        terms = [(each, term) for each in (year - 1, year, year + 1) for term in known.get(each, ())]
        place = next(number for number, (_, term) in enumerate(terms) if term.ends_on >= today)
        found = [
            Termly(each, term, terms[number - 1][1].ends_on if number else term.starts_on - timedelta(days=1))
            for number, (each, term) in enumerate(terms)
        ]
        return found[place - 1], found[place]

    def _one(self, person: Person, at: Termly, held: int, *, done: bool) -> int:
        """Write one plan where one is to be. Says how many there were."""
        making, draw, today = self._making, self._making.draw, self._making.calendar.today
        in_care = InCare(person.born_on, person.since_on)
        due = rules.due_in_term(in_care, at.starts_on, at.ends_on, at.before, held, self._policy)
        if due is None:
            return 0
        opened_on = min(max(at.starts_on, person.since_on), today)
        met_on = making.calendar.working(min(opened_on + timedelta(days=draw.randrange(8, 45)), at.ends_on))
        stage = 4 if done else self._stage(met_on, today)
        key = making.keys.next(PepCycle)
        steps: list[Step] = [("start", opened_on, ""), ("submit", met_on, ""), ("complete", met_on, "")]
        taken = steps[: {0: 0, 1: 1, 2: 1, 3: 2, 4: 3}[stage]]
        state = making.history.of("pep_cycle", key, person.id, taken)
        held_on = met_on if stage >= 2 else None
        quality = draw.choice(("green", "green", "amber")) if stage == 4 else None
        at_once = making.calendar.slot(opened_on, 540)
        self._cycles.add(
            (
                key,
                making.authority_id,
                person.id,
                due.plan.value,
                at.year,
                at.term.name,
                at.starts_on,
                at.ends_on,
                due.first,
                due.due_on,
                person.school.id if person.school else None,
                held_on,
                draw.choice(_CAME) if held_on else [],
                draw.choice(_AGREED) if held_on else "",
                quality,
                state,
                at_once,
                at_once,
            )
        )
        if held_on:
            self._aim(person, key, held_on, reviewed=done)
        if not done and stage < 3 and draw.random() < 0.1:
            self._bring(person, key, today)
        return 1

    def _stage(self, met_on: date, today: date) -> int:
        """How far this term's plan has come: opened, started, held, submitted, complete."""
        draw = self._making.draw
        if met_on >= today:
            return draw.choices((0, 1), (7, 3))[0]
        return draw.choices((0, 1, 2, 3, 4), (8, 10, 22, 12, 48))[0]

    def _aim(self, person: Person, key: int, on: date, *, reviewed: bool) -> None:
        making, draw = self._making, self._making.draw
        at = making.calendar.slot(on, 660)
        for kind, known in _TARGETS.items():
            if draw.random() < 0.25:
                continue
            words, measure = draw.choice(known)
            seen_on = min(on + timedelta(days=70), making.calendar.today)
            outcome = draw.choice(_OUTCOMES) if reviewed else None
            number = making.keys.next(PepTarget)
            self.aims[person.id] = number
            own = (number, making.authority_id, person.id, key, kind, words, measure, "Designated teacher")
            self._targets.add((*own, on + timedelta(days=70), outcome, seen_on if reviewed else None, at, at))

    def _bring(self, person: Person, key: int, on: date) -> None:
        making, draw = self._making, self._making.draw
        at = making.calendar.slot(making.calendar.working(on), 545)
        said = (draw.choice(_SEEN), "A place to keep what is half finished.", "I want to show it.", draw.random() < 0.5)
        self._contributions.add((making.authority_id, person.id, key, "Juno Tansyhurst", at, *said, at, at))
