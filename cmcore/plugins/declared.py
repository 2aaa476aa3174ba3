"""What a plugin declares, gathered and looked over before any of it counts: all of a plugin's declarations or none."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources import files
from inspect import signature
from typing import Any

from cmcore.base.policy import Rule, rule_from, shipped_rules
from cmcore.plugins.hookspecs import Declares
from cmcore.plugins.manifest import Manifest, PluginFault
from cmcore.plugins.marks import PROJECT

#: Keys the core declares itself, which no plugin may use again. A test holds them against what the core declares.
CORE_KEYS: Mapping[str, frozenset[str]] = {
    "cm_programme_types": frozenset({"creative-mentoring"}),
    "cm_measure_sets": frozenset({"eight@1", "six@2017", "sdq@1"}),
    "cm_figures": frozenset(
        {
            "looked_after",
            "mentored",
            "looked_after_mentored",
            "sessions_held",
            "hours_held",
            "reviews_held",
            "pairs_improved",
            "peps_held",
        }
    ),
}

#: The form the core asks at each stage of an enrolment. A test holds them against creative mentoring.
STAGE_FORMS: Mapping[str, str] = {
    "referral": "referral",
    "enrolment": "enrolment",
    "commission": "commission",
    "session": "session-record",
    "review": "review",
}
#: The stages at which a plugin's form may be asked in place of the core's (``cm_stage_forms``).
OPEN_STAGES = ("referral",)


@dataclass(frozen=True)
class PluginSetting:
    """One setting of a plugin: its key under ``[plugins.<name>]``, its meaning in a sentence, and a safe value.

    The safe value says the type: a text, a whole number, true or false, or a list of texts.
    """

    key: str
    meaning: str
    default: str | int | bool | list[str]


@dataclass(frozen=True)
class Acts:
    """What a role may do with a plugin's records: patterns such as "wrenshire_visit.*".

    ``reach`` says how far the role sees the rows of single kinds, where that is not what the role reaches for whatever
    the kind is about: pairs such as ``("wrenshire_visit", "none")``. A reach is one of the core's, or one the plugin
    declares with :func:`cmcore.api.reach`.
    """

    role: str
    may: tuple[str, ...]
    reach: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The role, and what it may do."""
        return f"{self.role} {', '.join(self.may)}"


@dataclass(frozen=True)
class Plugin:
    """A plugin that was taken in: what it says of itself, the module, and its declarations by hook."""

    manifest: Manifest
    module: Any = field(repr=False)
    declared: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Its name."""
        return self.manifest.name


def rules_in(package: str, file: str = "rules.toml") -> list[Rule]:
    """The rules in a TOML file of a package, written as the core's own are: one table for each id."""
    told = tomllib.loads(files(package).joinpath(file).read_text("utf-8"))
    return [rule_from(rule_id, entry, origin=package) for rule_id, entry in told.items()]


def key_of(hook: str, one: Any) -> str:
    """The key a declaration is known by; two of one key in one hook clash."""
    if hook == "cm_forms":
        return str(getattr(one, "form", one).key)
    if hook == "cm_measure_sets":
        return str(one.ref)
    if hook == "cm_rules":
        return str(one.id)
    if hook == "cm_tables":
        return str(one.owner)
    return str(getattr(one, "key", one))


def declarations(manifest: Manifest, implementations: Mapping[str, Callable[[], Any]]) -> dict[str, tuple[Any, ...]]:
    """What a plugin declares by hook. Refuses what is no list, a doubled key, and a key that is not the plugin's."""
    found: dict[str, tuple[Any, ...]] = {}
    for hook, implementation in implementations.items():
        given = implementation()
        if not isinstance(given, list | tuple):
            raise PluginFault(
                f"{manifest.title} answers {hook} with {type(given).__name__}, not with a list. "
                "Return a list, an empty one for nothing."
            )
        keys = [key_of(hook, one) for one in given]
        for key, one in zip(keys, given, strict=True):
            if keys.count(key) > 1 and hook != "cm_retention":
                raise PluginFault(f"{manifest.title} declares {key} twice in {hook}. Rename or remove one.")
            _refuse_foreign(manifest, hook, key, one)
        found[hook] = tuple(given)
    _refuse_unasked(manifest, found)
    return found


def _refuse_unasked(manifest: Manifest, found: Mapping[str, tuple[Any, ...]]) -> None:
    """Refuse a form at a stage at which nobody would ever ask it."""
    forms = {key_of("cm_forms", one) for one in found.get("cm_forms", ())}
    instead = {(one.stage, one.form.form.key) for one in found.get("cm_stage_forms", ())}
    for stage, key in sorted(instead):
        if stage not in OPEN_STAGES:
            raise PluginFault(
                f"{manifest.title} has {key} asked at the stage “{stage}”. A form of its own can be asked at: "
                f"{', '.join(OPEN_STAGES)}. Offer the others with cm_forms."
            )
    for kind in found.get("cm_programme_types", ()):
        # A programme that works with schools keeps records of its own, by forms of their own.
        stages = kind.forms.items() if kind.subject == "young_person" else ()
        for stage, key in stages:
            known = (stage, key) in instead if stage in STAGE_FORMS else key in forms
            if not known and STAGE_FORMS.get(stage) != key:
                raise PluginFault(
                    f"The programme type {kind.key} of {manifest.title} names {key} for the stage “{stage}”, which is "
                    f"not among its {'cm_stage_forms' if stage in STAGE_FORMS else 'cm_forms'}. Declare it there, or "
                    "take it out."
                )


#: Declarations that other parts of the software know by their key: it begins with the plugin's own.
_KEYED = ("cm_forms", "cm_programme_types", "cm_measure_sets", "cm_award_schemes", "cm_figures", "cm_glossary")


def _refuse_foreign(manifest: Manifest, hook: str, key: str, one: Any) -> None:
    if hook in _KEYED and not manifest.owns(key):
        own = manifest.prefix or manifest.name
        raise PluginFault(
            f"{manifest.title} declares {key} in {hook}, which does not begin with “{own}”. "
            "Rename it, or list it in the manifest's keys."
        )
    if hook == "cm_rules" and not manifest.owns_rule(key):
        wanted = f"R-{manifest.rules}-" if manifest.rules else "nothing, as its manifest names no rules"
        raise PluginFault(f"{manifest.title} declares the rule {key}; its rules begin with {wanted}. Rename it.")
    if hook == "cm_acts" and (strange := [act for act in one.may if not _own(manifest, act)]):
        raise PluginFault(
            f"{manifest.title} gives a role the act {strange[0]}; it gives acts on its own records only. "
            f"They begin with “{manifest.name}”."
        )
    if hook == "cm_acts" and (strange := [kind for kind, _ in one.reach if not _own(manifest, kind)]):
        raise PluginFault(
            f"{manifest.title} says how far a role sees {strange[0]}; it says so of its own records only. "
            f"They begin with “{manifest.name}”."
        )
    if hook == "cm_long_work" and not key.startswith(f"{manifest.name}."):
        raise PluginFault(
            f"{manifest.title} brings long work called {key}. Its own begins with “{manifest.name}.”. Rename it."
        )
    if hook == "cm_tables" and key != manifest.name:
        raise PluginFault(
            f"{manifest.title} brings tables in the name of {key}. The owner of its line is its own name, "
            f"{manifest.name}."
        )


def _own(manifest: Manifest, act: str) -> bool:
    return act.partition(".")[0].startswith(f"{manifest.name}_") and "*" not in act.partition(".")[0]


def clash(manifest: Manifest, declared: Mapping[str, tuple[Any, ...]], others: Iterable[Plugin]) -> None:
    """Refuse a key that the core or another plugin declares already; the sentence names both."""
    for hook, given in declared.items():
        held = dict.fromkeys(CORE_KEYS.get(hook, ()), "the core")
        if hook == "cm_rules":
            held |= dict.fromkeys(shipped_rules(), "the core")
        for other in others:
            held |= {key_of(hook, one): other.manifest.title for one in other.declared.get(hook, ())}
        for one in given:
            key = key_of(hook, one)
            if key in held and hook not in ("cm_settings", "cm_retention"):
                raise PluginFault(
                    f"{manifest.title} and {held[key]} both declare {key} ({hook}). "
                    f"Nothing of {manifest.title} is in use until one of them renames it."
                )


def misspelt(module: Any, families: Iterable[type[Any]], prefix: str = "cm_", mark: str = f"{PROJECT}_impl") -> str:
    """A function that looks like a hook and is none, lacks its mark, or asks for what no such hook is given.

    ``families`` are the classes that say which hooks there are. Gives a sentence, empty where all is well.
    """
    known = {name: hook for each in families for name, hook in vars(each).items() if name.startswith(prefix)}
    for name in dir(module):
        function = getattr(module, name, None)
        if not name.startswith(prefix) or not callable(function):
            continue
        if name not in known:
            near = get_close_matches(name, known, n=1)
            return f"{name} is no hook. " + (f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}.")
        if not hasattr(function, mark):
            return f"{name} is not marked: write @hookimpl above it."
        given = [each for each in signature(known[name]).parameters if each != "self"]
        wanted = [each.name for each in signature(function).parameters.values() if each.default is each.empty]
        if strange := [each for each in wanted if each not in given]:
            said = f"is given {', '.join(given)}" if given else "is given nothing"
            return f"{name} asks for {strange[0]}, and {said}. Name the arguments so, and leave out those not needed."
    return ""


#: The hooks a plugin declares with.
DECLARING = tuple(name for name in vars(Declares) if name.startswith("cm_"))
