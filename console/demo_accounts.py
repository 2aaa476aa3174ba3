"""Accounts for the made-up people of the demonstration: one a role, with a password of this database's own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import Engine

from cmcore.demo import DEMO_PEOPLE
from cmcore.safekeeping.roles import roles
from console import accounts

#: What a password is made of: easy to read aloud, and typed without a slip.
_WORDS = """
amber anvil apple autumn bakery barley basket beacon bramble bridge button candle canvas carrot castle cedar chalk
cherry cinder clover cobble copper cotton cradle crayon dapple desert domino eagle ember fabric falcon feather ferry
fiddle flannel forest gallery garden ginger glacier granite gravel hammer harbour harvest hazel heron hollow honey
island ivory jacket jigsaw juniper kettle kitten ladder lantern lemon linen lobster magnet maple marble meadow
mirror mitten monsoon nectar nettle nutmeg orchard otter oyster paddle parsley pebble pepper pigeon pillow planet
plover pocket pollen poplar puddle quarry quill rabbit raven ribbon river rocket rosemary saddle saffron sailor
sandal shelter silver sparrow spindle spruce starling summer sunset table teasel temple thicket thimble thistle
timber tulip tundra turnip umber velvet village violin walnut warbler willow winter woodland yarrow zephyr
"""


def open_accounts(engine: Engine) -> str:
    """Open the accounts that are not there yet; say the password they share, drawn once for this database."""
    words = _WORDS.split()
    password = accounts.kept(engine, "demo_password", lambda: " ".join(secrets.choice(words) for _ in range(4)))
    for person in DEMO_PEOPLE:
        if accounts.credentials(engine, person.login) is None:
            accounts.open_account(engine, login=person.login, name=person.name, password=password)
    return password


def lines(password: str) -> Sequence[str]:
    """What is printed of them: the role, the sign-in name, the password."""
    known = roles()
    wide = max(len(known[person.role].label) for person in DEMO_PEOPLE)
    return [f"  {known[person.role].label:{wide}}  {person.login}" for person in DEMO_PEOPLE] + [
        f"  password of each: {password}"
    ]
