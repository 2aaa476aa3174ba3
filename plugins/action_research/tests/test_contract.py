"""What the plugin Action research promises, as every plugin does."""

from cmcore.testing.contract import PluginContract


class TestContract(PluginContract):
    """The contract of a plugin."""

    package = "cmcore_action_research"
