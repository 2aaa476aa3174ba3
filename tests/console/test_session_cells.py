"""What stands in the facts of a session's page: nothing that somebody wrote is taken for markup."""

from __future__ import annotations

from typing import Any, cast

from markupsafe import Markup

from cmcore.sessions.records import MentoringSession
from console.pages.sessions import Sessions


def test_what_was_seen_in_a_session_stands_as_it_was_written() -> None:
    seen: list[dict[str, Any]] = [
        {"measure": "confidence", "expected": True, "note": 'Drew a <b>heron</b> & "named" it {0}'},
        {"measure": "<i>gone</i>", "expected": False, "note": ""},
    ]
    session = MentoringSession(impact=seen)
    said = Sessions.cell_impact(cast(Sessions, None), session)
    assert isinstance(said, Markup)
    one, other = said.split("<br>")
    assert one.endswith(", hoped for: Drew a &lt;b&gt;heron&lt;/b&gt; &amp; &#34;named&#34; it {0}")
    assert one.startswith("<b>") and "<i>" not in other and other.endswith(", not expected: ")
    assert Sessions.cell_impact(cast(Sessions, None), MentoringSession(impact=[])) == ""
