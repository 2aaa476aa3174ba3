"""Personal education plans: a cycle each term, its targets, what a mentor adds, and the culture in it."""
