"""Releases without names: what leaves, how coarse, under which pseudonyms; and the checker, which knows none of it."""
