"""The inside of a plugin."""
