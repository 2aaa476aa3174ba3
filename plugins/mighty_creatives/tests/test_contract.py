"""What every plugin must keep."""

from cmcore.testing import PluginContract


class TestContract(PluginContract):
    """The contract, for this plugin."""

    package = "cmcore_mighty_creatives"
