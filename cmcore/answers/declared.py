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
    return found + [Declared(form_of(one), plugin.name) for plugin, one in register().by_plugin("cm_forms")]


def declared_for(work: Work, authority_id: int) -> list[Declared]:
    """The declared forms an authority uses: the core's, and those of the plugins that are on there."""
    on: dict[str, bool] = {CORE: True}
    for one in (found := declared_forms()):
        if one.owner not in on:
            on[one.owner] = work.plugin_is_on(one.owner, authority_id)
    return [one for one in found if on[one.owner]]


def owner_title(owner: str) -> str:
    """What people call the plugin that brought a form; its name where it is gone."""
    plugin = register().plugins.get(owner)
    return plugin.manifest.title if plugin is not None else owner
