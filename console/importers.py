"""What the import pages know of the return and of the register: their words, their headings, what they would change."""

from __future__ import annotations

from cmcore.exchange.columns import Heads
from cmcore.exchange.gias.read import open_register
from cmcore.exchange.heads import register_heads, return_heads
from cmcore.exchange.ssda903.read import read_return
from cmcore.returns.gias import plan_register
from cmcore.returns.plan import Plan, silence
from cmcore.returns.ssda903 import plan_return
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console.uploads import Waiting
from console.wizard import matched_of

#: Each importer: its permission, what it is called, what to choose.
IMPORTERS = {
    "ssda903": (
        "import.ssda903",
        "Return of looked-after children",
        "The CSV files of your SSDA903 return: header, episodes, oc2 and uasc, together or one by one.",
    ),
    "gias": (
        "import.settings",
        "Public register of schools",
        "The file edubasealldata….csv as the register publishes it.",
    ),
}


def plan_of(work: Work, authority: Authority, waiting: Waiting, largest: int) -> Plan:
    """What the files would change, worked out anew each time it is shown."""
    matched = matched_of(waiting)
    if waiting.importer == "ssda903":
        made = read_return(waiting.files, today=work.today, most_bytes=largest, matched=matched)
        return plan_return(work, authority, made)
    register = open_register(waiting.files[0], most_bytes=largest, matched=matched[0] if matched else None)
    return plan_register(work, authority, register, waiting.told["neighbours"], silence)


def heads_of(waiting: Waiting, largest: int) -> list[Heads | None]:
    """The headings of the files, to be matched."""
    if waiting.importer == "ssda903":
        return return_heads(waiting.files, largest)
    return [register_heads(waiting.files[0], largest)]
