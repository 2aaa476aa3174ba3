"""The hooks a plugin may implement: what each is for, when it is called, what it returns, since when."""

from __future__ import annotations

from typing import Any

import pluggy

#: The project name of every hook.
PROJECT = "cmcore"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Declares:
    """Nouns: what a plugin brings. Called once, when the declarations are first needed."""

    @hookspec
    def cm_programme_types(self) -> list[Any]:
        """Programme types that a plugin adds.

        **When:** once, at first use. **Return:** a list of :class:`cmcore.programmes.types.ProgrammeType`; a key that
        another plugin declares is refused and both are named. **Since:** 0.1.
        """
        raise AssertionError("a specification is not called")

    @hookspec
    def cm_measure_sets(self) -> list[Any]:
        """Measure sets that a plugin adds.

        **When:** once, at first use. **Return:** a list of :class:`cmcore.measures.sets.MeasureSet`; a key that another
        plugin declares is refused and both are named. **Since:** 0.1.
        """
        raise AssertionError("a specification is not called")
