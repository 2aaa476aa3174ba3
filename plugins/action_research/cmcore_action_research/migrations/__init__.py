"""The migrations of the plugin's own tables."""
