"""The marks of a hook: above its specification, and above every function of a plugin that implements it."""

from __future__ import annotations

import pluggy

#: The project name of every hook.
PROJECT = "cmcore"
hookspec = pluggy.HookspecMarker(PROJECT)
#: The mark above every function of a plugin that implements a hook.
hookimpl = pluggy.HookimplMarker(PROJECT)
#: What a specification says if anybody calls it.
NEVER = "a specification is not called"
