"""What the plugin Arts Award promises, as every plugin does."""

from cmcore.testing.contract import PluginContract


class TestContract(PluginContract):
    """The contract of a plugin."""

    package = "cmcore_arts_award"
