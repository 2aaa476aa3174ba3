"""The schools, colleges and homes of a made-up authority, a quarter of them outside its area."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, sin, sqrt
from random import Random

from cmcore.demo import names
from cmcore.demo.making import Making
from cmcore.demo.sheets import Sheet
from cmcore.demo.sizes import Extent
from cmcore.virtual_schools.records import Federation, Setting

_FIRST = names.parts(
    """Tarn Quillen Ashen Hollow Cinder Bramble Otter Heron Linnet Plover Teasel Saffron Medlar Damson Yarrow Campion
Bulrush Harebell Minnow Kestrel Dunnock Pipit Tansy Juniper Thimble Lantern Dapple Nettle Bilberry Cowslip"""
)
_LAST = names.parts("side dale ness holm beck ridge well water stead pool slack rigg tops garth mire")

#: Kind of setting, what its name ends in, its phase, ages, and how many in a hundred there are.
_KINDS = (
    ("school", "Primary School", "Primary", (4, 11), 44),
    ("school", "Academy", "Secondary", (11, 18), 16),
    ("school", "High School", "Secondary", (11, 16), 10),
    ("special_school", "Special School", "Not applicable", (4, 19), 7),
    ("pupil_referral_unit", "Pupil Referral Unit", "Not applicable", (11, 16), 4),
    ("alternative_provision", "Workshop", "Not applicable", (13, 18), 4),
    ("college", "College", "16 plus", (16, 25), 5),
    ("early_years", "Nursery", "Nursery", (2, 5), 3),
    ("childrens_home", "House", "", (8, 18), 6),
    ("hospital", "Hospital School", "Not applicable", (5, 18), 1),
)
#: Places that the stories of every demonstration go back to: name, kind, in area or not.
_KNOWN = (
    ("Quillen Tarn School", 1, True),
    ("Pipistrelle Academy", 1, True),
    ("Tarnside Primary School", 0, True),
    ("Cinderwell College", 6, False),
    ("Hollowmere School", 2, False),
    ("Ashfold Pupil Referral Unit", 4, True),
    ("Lanternstead House", 8, True),
    ("Sorrelbeck Special School", 3, True),
    ("Minnowpool Nursery", 7, True),
    ("Thimblerigg Workshop", 5, True),
)


@dataclass
class Place:
    """One setting of the stories: its key, and who its designated teacher is."""

    id: int
    name: str
    kind: str
    ages: tuple[int, int]
    teacher: str
    phone: str

    @property
    def teaches(self) -> bool:
        """Whether it is a place of learning with a designated teacher."""
        return self.kind not in ("childrens_home", "hospital")


@dataclass
class Places:
    """All settings of an authority, sorted by what a story asks for."""

    known: dict[str, Place] = field(default_factory=dict)
    by_age: dict[int, list[Place]] = field(default_factory=dict)
    homes: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        """Take a place in."""
        self.known.setdefault(place.name, place)
        if place.kind == "childrens_home":
            self.homes.append(place)
        elif place.teaches:
            for age in range(place.ages[0], min(place.ages[1], 25)):
                self.by_age.setdefault(age, []).append(place)


def make_places(making: Making, sheet: Sheet, federations: Sheet) -> Places:
    """Make the settings; eleven secondary schools (three where there are few settings) work as one federation."""
    draw, extent, keys = making.draw, making.extent, making.keys
    made, taken = Places(), {name for name, _, _ in _KNOWN}
    federation = keys.next(Federation)
    federations.add(
        (federation, f"D{extent.code}", "The Tarnside Federation" if extent.hero else f"The {extent.name} Federation")
    )
    joined, size = 0, 3 if extent.settings < 100 else 11
    weights = [kind[4] for kind in _KINDS]
    neighbours = _neighbours(draw, extent)
    for number in range(extent.settings):
        if number < len(_KNOWN):
            name, which, inside = _KNOWN[number]
            kind = _KINDS[which]
        else:
            kind = draw.choices(_KINDS, weights)[0]
            name, inside = _new_name(draw, kind[1], taken), number * extent.out_of_area % 100 >= extent.out_of_area
        la_code, la_name = (extent.code, extent.name) if inside else draw.choice(neighbours)
        secondary = kind[2] == "Secondary" and inside and joined < size
        joined += secondary
        place = Place(keys.next(Setting), name, kind[0], kind[3], names.full(draw), names.landline(draw))
        if name == "Quillen Tarn School":
            place.teacher = "Ros Amblewick"
        made.add(place)
        sheet.add(
            (
                place.id,
                name,
                kind[0],
                8_000_000 + int(extent.code) * 1000 + number,
                la_code,
                la_name,
                kind[1],
                kind[2],
                kind[3][0],
                kind[3][1],
                f"{draw.randrange(1, 120)} {name.split()[0]} Lane",
                name.split()[0],
                f"{extent.prefix[:2]}{number % 19 + 1} 9ZZ",
                place.phone,
                federation if secondary else None,
                making.authority_id,
                *_on_the_map(int(extent.code), number),
            )
        )
    return made


def _on_the_map(code: int, number: int) -> tuple[int, int]:
    """Metres on the grid: settings wound round the middle of a made-up county, each further out. Draws nothing."""
    turn, out = number * 2.399963, 1500 * sqrt(number + 1)
    east, north = 300_000 + code % 13 * 20_000, 200_000 + code % 17 * 20_000
    return round(east + out * cos(turn)), round(north + out * sin(turn))


#: The columns of a setting's row, in the order :func:`make_places` gives them.
SETTING_COLUMNS = """
    id name kind_of_setting urn la_code la_name type_name phase low_age high_age street town postcode phone
    federation_id added_by_id easting northing
"""


def _neighbours(draw: Random, extent: Extent) -> list[tuple[str, str]]:
    own = names.AUTHORITIES.index(extent.name) if extent.name in names.AUTHORITIES else int(extent.code)
    near = [(own + step) % len(names.AUTHORITIES) for step in (1, 2, 3)]
    return [(f"{place:03d}" if place else "990", names.AUTHORITIES[place]) for place in near]


def _new_name(draw: Random, kind: str, taken: set[str]) -> str:
    while True:
        name = f"{draw.choice(_FIRST)}{draw.choice(_LAST)} {kind}"
        if name not in taken:
            taken.add(name)
            return name
        if draw.random() < 0.5:
            name = f"{draw.choice(names.FAMILY_NAMES)} {kind}"
            if name not in taken:
                taken.add(name)
                return name
