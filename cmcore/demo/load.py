"""Filling authorities with made-up stories: each in one transaction, so that it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from sqlalchemy import Connection, Engine

from cmcore.base.clock import Clock, WallClock
from cmcore.base.engine import WRITING
from cmcore.demo import ground
from cmcore.demo.answered import Answered
from cmcore.demo.background import write_background
from cmcore.demo.begun import begin_a_session
from cmcore.demo.book import Book
from cmcore.demo.calendar import Calendar
from cmcore.demo.columns_kept import keep_columns
from cmcore.demo.commissioning import Commissions
from cmcore.demo.held_back import hold_a_row_back
from cmcore.demo.history import History
from cmcore.demo.journeys import MOST, Journeys, Writers
from cmcore.demo.keepsakes import Keepsakes
from cmcore.demo.kept_lists import keep_lists
from cmcore.demo.making import Making
from cmcore.demo.matched import Matched
from cmcore.demo.meetings import Meetings
from cmcore.demo.mentors import make_mentors
from cmcore.demo.paperwork import Paperwork
from cmcore.demo.people import People, Person
from cmcore.demo.places import make_places
from cmcore.demo.plans import Plans
from cmcore.demo.referring import WAITING, Referrals
from cmcore.demo.risks_known import RisksKnown
from cmcore.demo.scores import Scores
from cmcore.demo.setting_aside import SettingAside
from cmcore.demo.sheets import Keys, Refs, count_anew, holds, kept_authorities, reach, write_audit
from cmcore.demo.sizes import Asked, Extent, extents, named
from cmcore.demo.told import Told
from cmcore.demo.worries import Worries
from cmcore.programmes.records import Programme
from cmcore.safekeeping.audit import Line
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.founding import found_authority
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

_ACTOR = Actor("command", "cm demo", "command")


@dataclass(frozen=True)
class Loaded:
    """What became of one authority: how much was made, or that it was there already and was left as it is."""

    name: str
    code: str
    made: bool
    young_people: int = 0
    sessions: int = 0
    key: int = 0


def load_demo(
    engine: Engine,
    size: str,
    seed: int = 1,
    *,
    code: str | None = None,
    clock: Clock | None = None,
    told: Callable[[Loaded], None] | None = None,
    places: Sequence[str] = (),
    asked: Asked | None = None,
) -> list[Loaded]:
    """Make the stories of a size, the same for a seed and a day.

    ``code`` names another authority than Wrenshire, ``places`` those of the settings ("830 DE Derbyshire"), of which
    ``asked`` says how large each is. An authority that holds young people or a programme already is left as it is.
    ``told`` hears of each authority as it is done, and the plugins that are on there of each that was filled.
    """
    clock = clock or WallClock()
    calendar = Calendar(clock.today())
    done: list[Loaded] = []
    for extent in named(places, asked) if places and code is None and size == "small" else extents(size, seed, code):
        first = not any(each.made for each in done)
        done.append(_load(engine, extent, seed, calendar, clock, first=first))
        if told:
            told(done[-1])
    if any(each.made for each in done):
        with engine.begin() as connection:
            count_anew(connection)
    for each in done:
        if each.made:
            _tell_plugins(engine, each.key, clock)
    return done


def _tell_plugins(engine: Engine, key: int, clock: Clock) -> None:
    """Let the plugins that are on in an authority add what they keep to the stories."""
    scope = operator_scope({key}, clock.today())
    with Work(engine, _ACTOR, scope, clock=clock) as work:
        work.happened("cm_demo_loaded", authority=work.get(Authority, key))


def _load(engine: Engine, extent: Extent, seed: int, calendar: Calendar, clock: Clock, *, first: bool) -> Loaded:
    with engine.begin() as connection:
        kept = kept_authorities(connection).get(extent.code)
    if kept is None:
        key = found_authority(
            engine,
            name=extent.name,
            code=extent.code,
            prefix=extent.prefix,
            region=extent.region,
            duty_phone="01632 960 111",
            actor=_ACTOR,
            clock=clock,
        )
    else:
        key, name, prefix = kept
        extent = replace(extent, name=name, prefix=prefix)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        reach(connection, [key])
        if holds(connection, key, YoungPerson, Programme):
            return Loaded(extent.name, extent.code, False)
        sessions = _fill(connection, extent, Random(f"{seed} {extent.code}"), calendar, key, clock, first=first)
    if extent.hero:
        Matched(engine, key, extent.prefix, calendar.today).write()
        Paperwork(engine, key, calendar.today).write()
        Answered(engine, key, calendar.today).write()
        write_background(engine, key, clock)
        Keepsakes(engine, key, calendar.today).write()
        RisksKnown(engine, key, calendar.today).write()
        Told(engine, key, calendar.today).write()
        begin_a_session(engine, key, calendar.today)
        hold_a_row_back(engine, key, calendar.today)
        keep_lists(engine, key, calendar.today)
        keep_columns(engine, key, calendar.today)
    return Loaded(extent.name, extent.code, True, extent.children, sessions, key)


def _fill(
    connection: Connection, extent: Extent, draw: Random, calendar: Calendar, key: int, clock: Clock, *, first: bool
) -> int:
    book = Book(calendar.now)
    history = History(calendar, key, book.history)
    refs = Refs(connection, key, extent.prefix)
    making = Making(extent, draw, calendar, key, Keys(connection), refs, history)
    places = make_places(making, book.settings, book.federations)
    staff = make_mentors(making, book.mentors)
    ground.make_terms(making, book.terms)
    programme_id = ground.make_programme(making, book.programmes)
    money = ground.make_money(making, book.money)
    if extent.hero:
        ground.make_members(making, book.members, places, staff)
    scores = Scores(making, book.reviews)
    referrals = Referrals(making, programme_id, money, book.referrals)
    commissions, meetings = Commissions(making, money, book.commissions), Meetings(making, book.sessions)
    writers = Writers(referrals, commissions, meetings, scores, book.enrolments)
    journeys = Journeys(making, programme_id, staff, writers)
    everybody = _tell(making, People(making, places, book.people), journeys, referrals)
    if extent.hero:
        for name, filters in (("Key stage 4", {"key_stage": "KS4"}), ("With a plan", {"send": "ehcp"})):
            book.cohorts.add((key, programme_id, name, filters, "demo"))
        Worries(making, book.concerns, book.concern_notes).tell(everybody)
        plans = Plans(making, book.pep_cycles, book.pep_targets, book.pep_contributions)
        plans.tell(everybody)
        SettingAside(making, book.money, book.commissions, book.allocations, book.rates).tell(plans.aims)
    for person in everybody:
        scores.of_the_year(person)
    refs.hold()
    book.write(connection, first=first)
    write_audit(connection, [_line(key, person) for person in everybody], clock.now())
    return journeys.sessions


def _line(key: int, person: Person) -> Line:
    made_by = {"made_by": "demo"}
    return Line("added", "young_person", person.id, key, person.id, made_by, "made up to try things with", "demo.load")


def _tell(making: Making, people: People, journeys: Journeys, referrals: Referrals) -> list[Person]:
    """Tell the journeys: those that go on today, those that wait, and past ones until there are enough."""
    extent = making.extent
    first = people.make(mentored=True, hero=extent.hero)
    live = [first, *(people.make(mentored=True) for _ in range(extent.live - 1))]
    for number, (person, state) in enumerate(zip(live, _states(extent.live), strict=True)):
        journeys.live(person, state, hero=extent.hero and number == 0)
    waiting = [people.make(mentored=True) for _ in range(extent.referrals)]
    for number, person in enumerate(waiting):
        referrals.waiting(person, WAITING[number % len(WAITING)])
    rest = extent.children - extent.live - extent.referrals
    helped = min(rest - rest // 12, 2 * extent.past) if extent.sessions is None else rest * 5 // 8
    past = [people.make(mentored=True) for _ in range(helped)]
    others = [people.make(mentored=False) for _ in range(rest - helped)]
    if extent.sessions is None:
        _until(extent, journeys, past, many=extent.past)
    else:
        _until(extent, journeys, [*past, *live], sessions=extent.sessions)
    return [*live, *waiting, *past, *others]


def _until(extent: Extent, journeys: Journeys, able: list[Person], *, many: int = 0, sessions: int = 0) -> None:
    """Add past enrolments until there are so many of them, or so many sessions in all."""
    made = tries = 0
    while (made < many) if many else (journeys.sessions < sessions):
        most = sessions - journeys.sessions if sessions else MOST * 2
        made += journeys.past(able[tries % len(able)], most)
        tries += 1
        if tries > 200 * len(able):
            raise RuntimeError(f"No room for more enrolments in {extent.name}: make more mentors for this size.")


def _states(many: int) -> list[str]:
    """The states of enrolments that go on today: of 90, 8 planned, 68 active, 5 paused and 9 closing."""
    planned, paused, closing = round(many * 8 / 90), round(many * 5 / 90), round(many * 9 / 90)
    active = ["active"] * (many - planned - paused - closing)
    return active + ["planned"] * planned + ["paused"] * paused + ["closing"] * closing
