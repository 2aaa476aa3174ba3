"""A plugin with something inside."""
