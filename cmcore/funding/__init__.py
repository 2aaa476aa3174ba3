"""Where the money comes from."""
