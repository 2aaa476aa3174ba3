"""What the plugin Attachment Aware Schools promises, as every plugin does."""

from cmcore.testing.contract import PluginContract


class TestContract(PluginContract):
    """The contract of a plugin."""

    package = "cmcore_attachment_aware"
