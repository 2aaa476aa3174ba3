"""Conditions that tell many keys or patterns in one parameter say the same on both databases."""

from __future__ import annotations

from fnmatch import fnmatchcase

from sqlalchemy import Engine, literal, select, union_all

from cmcore.base.among import Shared, among, like_one

_CODES = ["referral.add", "referral_note.add", "saved_cohort.add", "savedXcohort.add", "50%.add", "import.settings"]


def test_a_code_is_like_one_of_some_patterns_as_a_role_reads_them(engine: Engine) -> None:
    held = union_all(*(select(literal(each).label("act")) for each in _CODES)).subquery()
    with engine.connect() as connection:
        for patterns in (
            ["referral.*"],
            ["*.add"],
            ["saved_cohort.*", "import.settings"],
            ["50%.*"],
            ["*"],
            ["im"],
            [],
        ):
            found = set(connection.scalars(select(held.c.act).where(like_one(held.c.act, patterns))))
            assert found == {each for each in _CODES if any(fnmatchcase(each, one) for one in patterns)}


def test_keys_that_conditions_share_hold_the_rows_that_keys_of_their_own_hold(engine: Engine) -> None:
    rows = [select(literal(n).label("key"), literal(n % 7).label("other")) for n in range(1, 20)]
    held = union_all(*rows).subquery()
    for keys in ([], [3], [2, 3, 19], [1, 2, 3, 4, 5, 6]):
        shared = Shared(keys)
        with engine.connect() as connection:
            both = select(held.c.key).where(shared.hold(held.c.key), shared.hold(held.c.other))
            apart = select(held.c.key).where(among(held.c.key, keys), among(held.c.other, keys))
            assert connection.scalars(both).all() == connection.scalars(apart).all()
