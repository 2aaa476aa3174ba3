"""The made-up young people: who they are, where they live and learn, and the adults around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.periods import age_on, birthday
from cmcore.demo import names, words
from cmcore.demo.making import Making
from cmcore.demo.places import Place, Places
from cmcore.demo.sheets import Sheet
from cmcore.exchange.ssda903.upn import check_letter
from cmcore.network.records import SupportingAdult
from cmcore.young_people.records import YoungPerson

PERSON_COLUMNS = """
    id authority_id ref given_name family_name preferred_name born_on sex ethnicity upn upn_unknown child_id
    care_status looked_after_from ceased_on phone created_at changed_at
"""
EPISODE_COLUMNS = """
    authority_id young_person_id starts_on ends_on reason_new legal_status need placement provider reason_ceased
    placement_urn setting_id created_at changed_at
"""
SPELL_COLUMNS = """
    authority_id young_person_id setting_id status starts_on ends_on attendance created_at changed_at
"""
SEND_COLUMNS = """
    authority_id young_person_id level starts_on need created_at changed_at
"""
ADULT_COLUMNS = """
    id authority_id young_person_id role name organisation phone email emergency_contact setting_id starts_on
    created_at changed_at
"""

_ETHNICITIES = ("WBRI",) * 14 + ("WOTH", "MWBC", "MWAS", "MOTH", "AIND", "APKN", "BAFR", "BCRB", "OOTH")
_NEEDS = ("N1",) * 6 + ("N5", "N5", "N4", "N3", "N8", "N2")
#: Ways of standing to school in which there is one.
_AT_SCHOOL = ("enrolled", "part_time", "suspended")
_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Person:
    """A young person as the stories need them: keys, since when they may be mentored, who briefs the mentor."""

    id: int
    born_on: date
    since_on: date
    school: Place | None
    at_school: bool
    social_worker_id: int
    social_worker: str
    designated_teacher_id: int | None
    in_care: bool

    def age(self, on: date) -> int:
        """Whole years of age on a day."""
        return age_on(self.born_on, on)


@dataclass
class PeopleSheets:
    """Where the rows of young people go."""

    people: Sheet
    episodes: Sheet
    spells: Sheet
    send: Sheet
    adults: Sheet


class People:
    """Makes one young person after another."""

    def __init__(self, making: Making, places: Places, sheets: PeopleSheets) -> None:
        """Make them for one authority."""
        self._draw, self._extent, self._calendar = making.draw, making.extent, making.calendar
        self._authority_id, self._keys, self._refs = making.authority_id, making.keys, making.refs
        self._places, self._sheets = places, sheets
        self._workers = [names.full(self._draw) for _ in range(max(3, self._extent.children // 16))]
        self._made = 0

    def make(self, *, mentored: bool, hero: bool = False) -> Person:
        """A young person: of school age, and in care for a while already, where they are mentored."""
        draw, today = self._draw, self._calendar.today
        born_on = today - timedelta(days=14 * 365 + 120) if hero else self._born(mentored)
        age = age_on(born_on, today)
        sex = "1" if hero else draw.choice("12")
        given, family = ("Marlow", "Bramblefen") if hero else names.person(draw, sex)
        status = self._care_status(age, hero)
        since, ceased = self._in_care(born_on, status, mentored)
        key = self._keys.next(YoungPerson)
        at = self._calendar.slot(self._calendar.working(since), 600)
        upn = self._upn(born_on, age)
        self._sheets.people.add(
            (
                key,
                self._authority_id,
                self._refs.next(),
                given,
                family,
                given[:3] if draw.random() < 0.08 and not hero else "",
                born_on,
                sex,
                draw.choice(_ETHNICITIES),
                upn,
                "" if upn else "UN1",
                f"{self._extent.prefix}{100_000 + self._made}",
                status,
                None if status in ("edge_of_care", "social_worker") else since,
                ceased,
                names.mobile(draw) if age >= 13 else "",
                at,
                at,
            )
        )
        in_care = status == "looked_after"
        carer = "key_worker" if draw.random() < 0.12 and age >= 8 and not hero else "foster_carer"
        if status not in ("edge_of_care", "social_worker"):
            self._episodes(key, since, ceased, age, carer)
        school, at_school = self._education(key, born_on, age, mentored, hero)
        self._send(key, born_on, age)
        worker, worker_id, teacher_id = self._adults(key, since, age, family, carer, in_care, school, hero)
        return Person(key, born_on, since, school, at_school, worker_id, worker, teacher_id, in_care)

    def _born(self, mentored: bool) -> date:
        draw, today = self._draw, self._calendar.today
        years = draw.triangular(6, 19.5, 14) if mentored else draw.triangular(0.1, 18.5, 12)
        return today - timedelta(days=int(years * 365.25))

    def _care_status(self, age: int, hero: bool) -> str:
        if hero:
            return "looked_after"
        if age >= 18:
            return "care_leaver"
        return self._draw.choices(
            ("looked_after", "previously_looked_after", "edge_of_care", "social_worker", "kinship_care"),
            (88, 4, 3, 3, 2),
        )[0]

    def _in_care(self, born_on: date, status: str, mentored: bool) -> tuple[date, date | None]:
        draw, today = self._draw, self._calendar.today
        adult_on = birthday(born_on, 18)
        last = min(today - _DAY * (420 if mentored else 12), adult_on - _YEAR)
        days = max(1, (last - born_on).days)
        since = last - timedelta(days=int(min(days, 3_000) * draw.random() ** 1.4))
        if status == "care_leaver":
            return since, adult_on
        if status == "previously_looked_after":
            return since, min(today - _DAY, since + timedelta(days=draw.randrange(60, 900)))
        return since, None

    def _upn(self, born_on: date, age: int) -> str | None:
        self._made += 1
        if age < 5:
            return None
        digits = f"{self._extent.code}{(self._made * 7) % 10_000:04d}{born_on.year % 100:02d}{self._made % 1000:03d}"
        return check_letter(f"A{digits}") + digits

    def _episodes(self, key: int, since: date, ceased: date | None, age: int, carer: str) -> None:
        draw, add = self._draw, self._sheets.episodes.add
        last = ceased or self._calendar.today
        days = (last - since).days
        changes = (
            sorted({since + timedelta(days=draw.randrange(20, days)) for _ in range(draw.choice((0, 0, 0, 1, 1, 2)))})
            if days > 40
            else []
        )
        starts = [since, *changes]
        need = draw.choice(_NEEDS)
        for number, start in enumerate(starts):
            now = number == len(starts) - 1
            end = ceased if now else starts[number + 1]
            home = draw.choice(self._places.homes) if now and carer == "key_worker" and self._places.homes else None
            placement = (
                "K2"
                if home
                else "K3"
                if now and age >= 16 and draw.random() < 0.4
                else draw.choice(("U6", "U6", "U4", "U4", "U3", "U1"))
            )
            why = "" if end is None else ("E17" if age >= 18 else "E4A") if now else "X1"
            at = self._calendar.slot(self._calendar.working(start), 615)
            add(
                (
                    self._authority_id,
                    key,
                    start,
                    end,
                    "S" if number == 0 else "P",
                    "C1" if number == 0 and draw.random() < 0.4 else draw.choice(("C2", "C2", "V2")),
                    need,
                    placement,
                    "PR4" if home or draw.random() < 0.3 else "PR1",
                    why,
                    f"SC{draw.randrange(400_000, 999_999)}",
                    home.id if home else None,
                    at,
                    at,
                )
            )

    def _education(self, key: int, born_on: date, age: int, mentored: bool, hero: bool) -> tuple[Place | None, bool]:
        draw, today, add = self._draw, self._calendar.today, self._sheets.spells.add
        if age < 3:
            return None, False
        school, status = self._school(age, mentored, hero)
        start = max(born_on + _YEAR * 3, today - timedelta(days=draw.randrange(60, 900)))
        at = self._calendar.slot(self._calendar.working(start), 630)
        attendance = round(min(100.0, draw.triangular(35, 100, 92)), 1) if school else None
        if age >= 6 and draw.random() < 0.35 and (earlier := self._places.by_age.get(max(4, age - 3))):
            begun = start - timedelta(days=draw.randrange(200, 700))
            add(
                (
                    self._authority_id,
                    key,
                    draw.choice(earlier).id,
                    "enrolled",
                    begun,
                    start - _DAY,
                    round(draw.triangular(50, 100, 94), 1),
                    at,
                    at,
                )
            )
        add((self._authority_id, key, school.id if school else None, status, start, None, attendance, at, at))
        return school, school is not None

    def _school(self, age: int, mentored: bool, hero: bool) -> tuple[Place | None, str]:
        if hero:
            return self._places.known["Quillen Tarn School"], "enrolled"
        status = self._status(age, mentored)
        if status not in _AT_SCHOOL:
            return None, status
        around = self._places.by_age.get(min(age, 18))
        return (self._draw.choice(around), status) if around else (None, "awaiting_place")

    def _status(self, age: int, mentored: bool) -> str:
        draw = self._draw
        if age >= 18:
            return draw.choices(("enrolled", "eet", "neet"), (35, 35, 30))[0]
        if age >= 16:
            return draw.choices(("enrolled", "part_time", "eet", "neet"), (62, 8, 12, 18))[0]
        weights = (70, 12, 6, 4, 4, 4) if mentored and age >= 8 else (95, 2, 1, 1, 1, 0)
        return draw.choices(
            ("enrolled", "part_time", "not_in_school", "awaiting_place", "suspended", "excluded"), weights
        )[0]

    def _send(self, key: int, born_on: date, age: int) -> None:
        draw = self._draw
        level = draw.choices(("none", "support", "ehcp"), (44, 29, 27))[0] if age >= 4 else "none"
        if level != "none":
            start = min(
                max(born_on + _YEAR * 4, self._calendar.today - timedelta(days=draw.randrange(100, 1_500))),
                self._calendar.today - _DAY,
            )
            at = self._calendar.slot(self._calendar.working(start), 645)
            self._sheets.send.add((self._authority_id, key, level, start, draw.choice(words.NEEDS), at, at))

    def _adults(
        self, key: int, since: date, age: int, family: str, carer: str, in_care: bool, school: Place | None, hero: bool
    ) -> tuple[str, int, int | None]:
        draw = self._draw
        at = self._calendar.slot(self._calendar.working(since), 660)
        worker = "Callum Wetherspindle" if hero else draw.choice(self._workers)

        def adult(
            role: str, name: str, organisation: str = "", place: Place | None = None, *, first: bool = False
        ) -> int:
            made = self._keys.next(SupportingAdult)
            phone = place.phone if place else names.mobile(draw)
            address = names.email(name, organisation) if organisation else ""
            self._sheets.adults.add(
                (
                    made,
                    self._authority_id,
                    key,
                    role,
                    name,
                    organisation,
                    phone,
                    address,
                    first,
                    place.id if place else None,
                    since,
                    at,
                    at,
                )
            )
            return made

        worker_id = adult("social_worker", worker, f"{self._extent.name} Council")
        teacher_id = adult("designated_teacher", school.teacher, school.name, school) if school else None
        if in_care:
            adult(carer, "Denise Mossgarth" if hero else names.full(draw), first=True)
        if not in_care or draw.random() < 0.15:
            adult("parent", f"{draw.choice(names.GIVEN_FEMALE)} {family}", first=not in_care and age < 18)
        if age >= 16:
            adult(
                "leaving_care_worker" if age < 18 else "personal_adviser",
                names.full(draw),
                f"{self._extent.name} Council",
            )
        return worker, worker_id, teacher_id
