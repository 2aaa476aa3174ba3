"""What the plugin of cultural entitlement pages promises, as every plugin does."""

from cmcore.testing.contract import PluginContract


class TestContract(PluginContract):
    """The contract of a plugin."""

    package = "cmcore_epep_culture"
