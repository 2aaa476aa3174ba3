"""What somebody searched for, kept with their sign-in: a name that was typed stands in no address, log or bookmark.

A search is sent as a form. Its words wait in the session on the server, and the address holds a mark that finds them
there, for this sign-in only.
"""

from __future__ import annotations

import hashlib
import hmac

from flask import session

from console.server_sessions import CSRF
from console.wanted import plain_text

#: Under this key a session keeps the words by their marks, the latest last; and so many of them.
_KEY, _MOST = "sought", 20
#: So long a search is read.
LONGEST = 80


def keep(words: str) -> str:
    """Keep the words of a search; gives the mark that finds them, and nothing where there are no words."""
    said = plain_text(words)[:LONGEST]
    if not said:
        return ""
    mark = hmac.new(str(session[CSRF]).encode(), f"sought:{said}".encode(), hashlib.sha256).hexdigest()[:16]
    kept = {key: value for key, value in session.get(_KEY, {}).items() if key != mark}
    kept[mark] = said
    session[_KEY] = dict(list(kept.items())[-_MOST:])
    return mark


def words_of(mark: str) -> str:
    """The words under a mark; nothing where they have gone with the sign-in, or with later searches."""
    return str(session.get(_KEY, {}).get(mark, ""))
