"""The actions of the library: what people do, the act each needs, and what each refuses."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import cmcore
import cmcore.records
from tests.house.reference import markdown
from tests.house.reference.kept import core_records
from tests.house.reference.markdown import by_stage, link, sentence

#: Asked for where no action of that name is: reading beyond lists and pages, and a part of an import.
_ALSO = (
    "compliance.see",
    "evidence.see",
    "evidence.see_small",
    "form_answers.correct",
    "form_answers.names",
    "form_answers.sensitive",
    "import.settings",
    "saved_cohort.keep",
)


def actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every action of the core with the module it stands in, in the order of the journey."""
    for found in sorted(walk_packages(cmcore.__path__, "cmcore."), key=lambda each: by_stage(each.name)):
        if ".migrations." in found.name:
            continue
        module = import_module(found.name)
        for each in vars(module).values():
            if (
                inspect.isfunction(each)
                and isinstance(getattr(each, "act", None), str)
                and each.__module__ == found.name
            ):
                yield found.name, each


def every_act() -> list[str]:
    """Every act there is: those of the actions, and seeing each kind of record."""
    seen = {f"{each.kind()}.see" for each in core_records() if each.about in ("child", "mentor", "authority")}
    return sorted({str(vars(each)["act"]) for _, each in actions()} | seen | set(_ALSO))


def page() -> str:
    """Every action by the folder it stands in."""
    parts: list[str] = []
    at = ""
    for module, each in actions():
        if module != at:
            parts += [f"## {module}", sentence(import_module(module))]
            at = module
        signature = inspect.signature(each)
        named = ", ".join(_argument(parameter) for parameter in signature.parameters.values())
        parts.append(f"`{each.__name__}({named})` · act `{vars(each)['act']}`  \n{sentence(each)}")
    return markdown.page(
        "Actions",
        f"the functions marked `@action` in {link('cmcore')}",
        "What a person does is a function whose first argument is a `Work`: one transaction, with who acts, the day it "
        "is and the rules in force. It refuses (`Refused`) what a rule blocks, keeps what warns in `work.warnings`, "
        "and never commits. Behind each stands the act that a [role](roles.md) must include.",
        *parts,
    )


def _argument(parameter: inspect.Parameter) -> str:
    mark = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    return f"{mark}{parameter.name}" + ("" if parameter.default is parameter.empty else "=")
