"""What is asked of somebody who keeps a list."""

from __future__ import annotations

from cmcore.forms import Answers, ask, form, when
from cmcore.lists.words import ForRole, ForWhom


@form("saved-list", version=1, title="Save this list")
class SavedListAnswers(Answers):
    """Filters, order and columns are kept under a name. Words that were searched for are not."""

    name: str = ask("What is it called?", most=60, hint="Such as: Crisis, this term. Never a young person's name.")
    for_whom: ForWhom = ask("Who is it for?", default=ForWhom.me)
    role: ForRole | None = ask("Which role?", show_when=when("for_whom").is_(ForWhom.role), required=True)
