"""The steps of the console's line, oldest first."""
