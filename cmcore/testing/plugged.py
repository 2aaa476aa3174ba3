"""Plugins for a test: made in a line or two, taken in for as long as the test lasts, and out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from cmcore.plugins.configured import Configured
from cmcore.plugins.manifest import API, Manifest
from cmcore.plugins.marks import hookimpl
from cmcore.plugins.register import Register, standing


def a_plugin(name: str = "wrenshire", *, title: str = "", rules: str = "", **said: Any) -> Any:
    """A plugin made of functions: ``a_plugin(cm_check_referral=lambda referral: [...])``.

    What does not begin with ``cm_`` goes into its manifest.
    """
    hooks = {key: value for key, value in said.items() if key.startswith("cm_")}
    told: dict[str, Any] = {
        "version": "1.0",
        "api": API,
        "maker": "Hester Quillmarsh",
        "rules": rules or name.upper().replace("_", ""),
    }
    told |= {key: value for key, value in said.items() if key not in hooks}
    manifest = Manifest(name=name, title=title or name.replace("_", " ").capitalize(), **told)
    return SimpleNamespace(MANIFEST=manifest, **{key: hookimpl(value) for key, value in hooks.items()})


@contextmanager
def plugged(*plugins: Any, on: Iterable[str] = ("*",), installed: bool = False) -> Iterator[Register]:
    """Have these plugins and no others for a while, switched on everywhere unless ``on`` says otherwise.

    ``installed`` keeps those that are installed beside them.
    """
    made = Register()
    if installed:
        made.load_installed()
    for each in plugins:
        made.add(each.MANIFEST, each)
    made.configured = Configured(on=frozenset(on))
    with standing(made):
        yield made


#: What a hook of a plugin is, for those who write one in a test.
Hook = Callable[..., Any]
