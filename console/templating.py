"""Templates of the console: macros are made once, and called without being looked at first."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro


class _Template(Template):
    """A template whose macros are the same on every page: none of ours is loaded with globals of its own."""

    _module: TemplateModule | None

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        """The macros. The library would compare a page's names with its own at each import, and then give the same."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Context(Context):
    """What a template knows. Most of what ours call are macros, of which the library asks first what they are."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """Call something. A macro takes nothing of the context: that it escapes was settled when it was made."""
        if type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class Templates(Environment):
    """The templates of an app."""

    template_class = _Template
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows: the app's own, copied at once for a page. The library would look up one by one."""
        return super().make_globals(d) if d else self.globals
