"""The forms that are declared in code: the core's own, and those of the plugins that are in use."""

from __future__ import annotations

from dataclasses import dataclass

from cmcore.answers.forms import MyPage
from cmcore.forms import Form, form_of
from cmcore.plugins.register import register
from cmcore.safekeeping.work import Work

#: The owner of the forms that come with the software.
CORE = "cmcore"
#: The owner of the forms an authority drew up itself.
AUTHORITY = "authority"

_SHIPPED = (MyPage,)


@dataclass(frozen=True)
class Declared:
    """A declared form and who brought it: "cmcore" or the name of a plugin."""

    form: Form
    owner: str


def declared_forms() -> list[Declared]:
    """Every declared form of what is installed, whether or not it is switched on anywhere."""
    found = [Declared(form_of(each), CORE) for each in _SHIPPED]
    hook = getattr(register().pluggy.hook, "cm_forms", None)
    for each in hook.get_hookimpls() if hook is not None else ():
        found += [Declared(form_of(one), each.plugin_name) for one in each.function()]
    return found


def declared_for(work: Work, authority_id: int) -> list[Declared]:
    """The declared forms an authority uses: the core's, and those of the plugins that are on there."""
    return declared_forms()
