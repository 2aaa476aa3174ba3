"""Two hundred requests of different people at once mix no rows, and store nothing on the wrong person.

The framework's own views keep one mutable set of filters for all requests, and with four threads store records on the
wrong young person. What is looked for here would find that: two tests below share on purpose what a request asks for,
in the list and in the form, and expect to be found out.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cmcore.network.records import SupportingAdult
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.records import AuditEntry
from cmcore.sessions.records import MentoringSession
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from console import accounts, record_forms
from console.app import create_app
from console.listing import Found, Listing
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

#: Where each coordinator works.
COORDINATORS = {"coordinator": "WR", "second": "WR", "third": "WR", "elsewhere": "QU", "fifth": "QU"}


class Town:
    """Both virtual schools with more young people and coordinators, and what went wrong while they were all at it."""

    def __init__(self, autumn: Autumn) -> None:
        self.autumn = autumn
        stage = self.autumn.stage
        self.app: Flask = create_app(stage.engine, clock=stage.clock)
        self.people: dict[str, list[int]] = {"WR": [], "QU": []}
        for prefix, first in (("WR", self.autumn.main), ("QU", self.autumn.others["elsewhere"])):
            home, stage.authority_id = stage.authority_id, self.authority(prefix)
            self.people[prefix] = [self._beside(first, number).person_id for number in range(10)]
            stage.authority_id = home
        for who, prefix in COORDINATORS.items():
            if who not in self.autumn.accounts:
                self._account(who, self.authority(prefix))
        self.tokens = {who: self.autumn.token(who) for who in (*COORDINATORS, "mentor")}
        self.wrong: list[str] = []
        self.kept: dict[str, tuple[str, int]] = {}

    def authority(self, prefix: str) -> int:
        """The key of an authority."""
        return self.autumn.stage.authority_id if prefix == "WR" else self.autumn.keys["quillshire"]

    def _beside(self, story: Story, number: int) -> Story:
        return story.beside("Marlo", f"Brindle{number}")

    def _account(self, who: str, authority_id: int) -> None:
        engine, login = self.autumn.stage.engine, f"{who}@example.invalid"
        with self.autumn.stage.work("operator", authority_id=authority_id) as work:
            give_role(work, authority_id, login, "coordinator")
        self.autumn.accounts[who] = accounts.open_account(engine, login=login, name=f"{who.title()} Quillmarsh")

    def visitor(self, who: str) -> Visitor:
        """A browser of somebody who has signed in."""
        return Visitor(self.app).holds(self.tokens[who])

    def at_once(self, doing: list[Callable[[], str]]) -> list[str]:
        """Let everybody begin at the same moment, each on a thread; what they found wrong."""
        gate = threading.Barrier(len(doing))

        def one(act: Callable[[], str]) -> None:
            gate.wait()
            try:
                said = act()
            except Exception as raised:  # noqa: BLE001 - whatever a thread raises belongs into what is told
                said = f"{type(raised).__name__}: {raised}"
            if said:
                self.wrong.append(said)

        threads = [threading.Thread(target=one, args=(act,)) for act in doing]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return self.wrong

    # ---- what somebody does, and what would be wrong with the answer
    def looks(self, who: str, number: int) -> str:
        """List one's young people narrowed in one's own way."""
        prefix, wanted = COORDINATORS[who], f"{number % 10}"
        page = self.visitor(who).opens(f"/young-people/?q=brindle{wanted}&size={(25, 50, 100)[number % 3]}").page
        found = re.findall(r"\b([A-Z]{2}-\d{4})\b", _table(page))
        mine = {self.ref(prefix, number % 10)}
        if set(found) != mine or f'value="brindle{wanted}"' not in page:
            return f"{who} looked for brindle{wanted} and saw {sorted(set(found))}"
        return ""

    def lists(self, who: str, number: int) -> str:
        """List the adults around one young person."""
        prefix = COORDINATORS[who]
        ref = self.ref(prefix, number % 10)
        page = self.visitor(who).opens(f"/adults/?young_person_id={self.people[prefix][number % 10]}").page
        seen = set(re.findall(r"\b([A-Z]{2}-\d{4})\b", _table(page)))
        return "" if seen == {ref} and ref in page else f"{who} listed the adults of {ref} and saw {sorted(seen)}"

    def adds(self, who: str, number: int) -> str:
        """Add an adult to one young person."""
        prefix = COORDINATORS[who]
        person, name = self.people[prefix][number % 10], f"Wilf Tarnside {who} {number}"
        visitor, path = self.visitor(who), f"/adults/add?young_person_id={person}"
        visitor.opens(path).sends(path, role="teacher", name=name, emergency_contact="no")
        if visitor.status != 303:
            return f"{who} could not add {name}: {visitor.status}"
        self.kept[name] = (f"{who}@example.invalid", person)
        shown = visitor.opens(visitor.answer.location).page
        return (
            "" if name in shown and self.ref(prefix, number % 10) in shown else f"{who} was shown another than {name}"
        )

    def changes(self, who: str, number: int) -> str:
        """Change the number of an adult of one's own."""
        own = number // 20 % 10
        key = self.numbers[who][own]
        visitor, path = self.visitor(who), f"/adults/{key}/edit"
        page = visitor.opens(path).page
        hidden = dict(re.findall(r'<input type="hidden" name="(cm-version)" value="([^"]*)"', page))
        name, phone = f"Ivo Cinderwell {who} {own}", f"01632 {960_000 + number}"
        if f'value="{name}"' not in page:
            return f"{who} opened the form of {name} and saw another"
        visitor.sends(path, role="key_worker", name=name, phone=phone, emergency_contact="no", **hidden)
        return "" if visitor.status == 303 else f"{who} could not change {name}: {visitor.status}"

    def logs(self, who: str, number: int) -> str:
        """Log a session as the mentor, for the one young person that is named."""
        turn = number // 10
        story = (self.autumn.main, self.autumn.others["late"])[turn % 2]
        on = date(2026, 10, 21) + timedelta(days=turn // 2)
        visitor, path = self.visitor(who), f"/sessions/add?commission_id={story.commission_id}"
        visitor.opens(path).sends(
            path, commission_id=str(story.commission_id), **_session(on, 9 + 3 * (turn % 2)), done=f"Lino {number}."
        )
        if visitor.status != 303:
            return f"the mentor could not log session {number}: {visitor.status}"
        self.kept[f"Lino {number}."] = (f"{who}@example.invalid", story.person_id)
        return ""

    def ref(self, prefix: str, number: int) -> str:
        """The reference of one of the young people."""
        return self.refs[self.people[prefix][number]]

    def ready(self) -> Town:
        """Enter an adult for each coordinator and young person, to be changed later."""
        self.refs: dict[int, str] = {}
        self.numbers: dict[str, list[int]] = {}
        for who, prefix in COORDINATORS.items():
            with self.autumn.stage.work(authority_id=self.authority(prefix)) as work:
                made = []
                for number, key in enumerate(self.people[prefix]):
                    person = work.get(YoungPerson, key)
                    self.refs[key] = person.ref
                    made.append(
                        work.add(
                            SupportingAdult(
                                authority_id=person.authority_id,
                                young_person_id=key,
                                role="key_worker",
                                name=f"Ivo Cinderwell {who} {number}",
                            )
                        )
                    )
                work.db.flush()
                self.numbers[who] = [one.id for one in made]
        return self


def _table(page: str) -> str:
    found = re.search(r"<tbody.*?</tbody>", page, re.S)
    return found.group(0) if found else ""


def _session(on: date, hour: int) -> dict[str, str]:
    return {
        "held_on": on.isoformat(),
        "starts": f"{hour:02d}:00",
        "ends": f"{hour:02d}:30",
        "place": "school",
        "outcome": "held",
        "joint": "no",
        "mentor_drove": "no",
        "chargeable": "no",
        "worrying": "no",
    }


@pytest.fixture
def town(autumn: Autumn) -> Town:
    """The town, ready."""
    return Town(autumn).ready()


def everybody(town: Town, many: int) -> list[Callable[[], str]]:
    """What each of so many people does: they look, list, add and change in turn, and the mentor logs sessions."""
    whos = list(COORDINATORS)
    turns: list[Callable[[str, int], str]] = [town.looks, town.adds, town.lists, town.changes]
    made: list[Callable[[], str]] = []
    for number in range(many):
        turn, who = turns[number % 4], whos[number // 4 % 5]
        if number % 10 == 9:
            turn, who = town.logs, "mentor"
        made.append(lambda turn=turn, who=who, number=number: turn(who, number))  # type: ignore[misc]
    return made


def misplaced(town: Town) -> list[str]:
    """What was stored on somebody else than was meant, or written down as somebody else's doing."""
    found = []
    for prefix in ("WR", "QU"):
        with town.autumn.stage.work("operator", authority_id=town.authority(prefix)) as work:
            for adult in work.db.scalars(select(SupportingAdult).where(SupportingAdult.name.like("Wilf Tarnside%"))):
                found.append((adult.name, *_doing(work, adult), adult.young_person_id))
            for session in work.db.scalars(select(MentoringSession).where(MentoringSession.done.like("Lino%"))):
                found.append((session.done, *_doing(work, session), session.young_person_id))
            for adult in work.db.scalars(select(SupportingAdult).where(SupportingAdult.name.like("Ivo Cinderwell%"))):
                who, number = adult.name.split()[-2:]
                if adult.young_person_id != town.people[prefix][int(number)] or COORDINATORS[who] != prefix:
                    found.append((adult.name, "", 0))
    wrong = [
        f"{name} by {login} on {person}" for name, login, person in found if town.kept.get(name) != (login, person)
    ]
    missing = set(town.kept) - {name for name, _, _ in found}
    return [*wrong, *(f"{name} was not kept" for name in missing)]


def _doing(work: Any, record: Any) -> tuple[str]:
    asked = select(AuditEntry.login).where(
        AuditEntry.kind_of_record == record.kind(), AuditEntry.record_id == record.id, AuditEntry.what == "added"
    )
    return (work.db.scalars(asked).first() or "nobody",)


def test_two_hundred_people_at_once_mix_no_rows_and_store_nothing_on_the_wrong_person(town: Town) -> None:
    assert town.at_once(everybody(town, 200)) == []
    assert misplaced(town) == []
    assert Counter(name.split()[0] for name in town.kept) == {"Wilf": 40, "Lino": 20}


def test_a_list_shared_between_threads_is_found_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, shared = Listing.find, {}

    def find(self: Listing, work: Any, wanted: Any, *more: Any, **named: Any) -> Found:
        shared[self] = wanted
        time.sleep(0.002)
        return plain(self, work, shared[self], *more, **named)

    monkeypatch.setattr(Listing, "find", find)
    acts = [lambda number=number: town.looks(list(COORDINATORS)[number % 5], number) for number in range(40)]
    assert town.at_once(acts)


def test_a_form_shared_between_threads_is_found_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, shared = record_forms._key, {}

    def key(text: str | None) -> int | None:
        shared["parent"] = plain(text)
        time.sleep(0.002)
        return shared["parent"]

    monkeypatch.setattr(record_forms, "_key", key)
    town.at_once([lambda number=number: town.adds("coordinator", number) for number in range(40)])
    assert misplaced(town)
