"""What tests of the core and of plugins start from: a clock, a work, made-up people."""

from cmcore.testing.plugged import a_plugin, plugged
from cmcore.testing.refusals import refused
from cmcore.testing.stage import Stage

__all__ = ["Stage", "a_plugin", "plugged", "refused"]
