"""Part of a piece of work, tried: what is refused in it is undone alone, and the rest of the work stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from cmcore.base.findings import Refused
from cmcore.safekeeping.plain_words import in_plain_words
from cmcore.safekeeping.work import Conflict, Work


@contextmanager
def attempt(work: Work) -> Iterator[None]:
    """Do part of a work so that, if it raises, only this part is undone: records, audit, warnings, what is told.

    What the database refuses becomes :class:`Refused` in plain words. Begin the work as one that writes.
    """
    lines, warned, told = list(work.db.info.get("audit", ())), len(work.warnings), len(work.told_after)
    tried = work.db.begin_nested()
    try:
        try:
            yield
            tried.commit()
        except BaseException:
            if tried.is_active or work.db.in_nested_transaction():
                tried.rollback()
            work.db.info["audit"] = lines
            del work.warnings[warned:]
            while len(work.told_after) > told:
                work.told_after.pop()
            raise
    except IntegrityError as refused:
        raise Refused([in_plain_words(refused)]) from None
    except StaleDataError:
        raise Conflict() from None
