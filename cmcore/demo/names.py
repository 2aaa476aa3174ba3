"""Names nobody bears: family names and places put together from word parts, and numbers kept free for plays."""

from __future__ import annotations

from random import Random

from faker.providers.person.en_GB import Provider


def parts(words: str) -> tuple[str, ...]:
    """The parts that names are put together from, written as one text."""
    return tuple(words.split())


_FIRST = parts(
    """Quill Bramble Tansy Cinder Teasel Plover Dapple Wether Pipit Saffron Juniper Sorrel Otter Marrow Heron Kestrel
Puddle Sparrow Nettle Bilberry Damson Medlar Mulberry Cowslip Foxglove Yarrow Comfrey Thistle Amble Quarrel Tinder
Lantern Pebble Minnow Dormouse Harebell Campion Bulrush Linnet Dunnock Brindle Pocket Thimble Buttercup"""
)
_LAST = parts(
    """marsh wick mere hurst pane drake spindle garth fen tarn feather whistle button kettle ribbon lantern pebble
thimble candle marrow"""
)

#: Family names that no register of births holds: 870 of them.
FAMILY_NAMES = tuple(first + last for first in _FIRST for last in _LAST if first.lower() != last)
GIVEN_MALE = tuple(Provider.first_names_male)
GIVEN_FEMALE = tuple(Provider.first_names_female)

_COUNTIES = parts(
    """Wren Heron Plover Otter Linnet Sorrel Bramble Quill Teasel Damson Medlar Yarrow Campion Bulrush Harebell Minnow
Kestrel Dunnock Pipit Tansy Juniper Saffron Thimble Lantern Cinder Dapple Nettle Bilberry Cowslip Foxglove Comfrey
Thistle Brindle Pebble Puddle Sparrow Marrow Buttercup"""
)
#: Names of authorities, the first of them Wrenshire: 152, as many as England has.
AUTHORITIES = tuple(f"{first}{last}" for last in ("shire", "mere", "wold", "haven") for first in _COUNTIES)


def prefixes() -> tuple[str, ...]:
    """The letters each authority's references begin with, none twice; Wrenshire's are WR."""
    taken: dict[str, None] = {}
    for name in AUTHORITIES:
        first = next(part for part in _COUNTIES if name.startswith(part))
        letters = [name[:2], name[0] + name[len(first)], *(name[:2] + each for each in name[2:])]
        taken[next(each.upper() for each in letters if each.upper() not in taken)] = None
    return tuple(taken)


def person(draw: Random, sex: str = "") -> tuple[str, str]:
    """A given and a family name; ``sex`` is "1" for male, "2" for female, anything else for either."""
    pool = GIVEN_MALE if sex == "1" else GIVEN_FEMALE if sex == "2" else draw.choice((GIVEN_MALE, GIVEN_FEMALE))
    return draw.choice(pool), draw.choice(FAMILY_NAMES)


def full(draw: Random) -> str:
    """The name of an adult."""
    return " ".join(person(draw))


def mobile(draw: Random) -> str:
    """A mobile number of the range that Ofcom keeps free for drama."""
    return f"07700 900{draw.randrange(1000):03d}"


def landline(draw: Random) -> str:
    """A landline number of the range that Ofcom keeps free for drama."""
    return f"01632 960{draw.randrange(1000):03d}"


def email(name: str, place: str) -> str:
    """An address at a domain that can never be anybody's (RFC 2606)."""
    return f"{name.lower().replace(' ', '.')}@{place.lower().replace(' ', '-')}.example"
