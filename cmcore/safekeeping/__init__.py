"""Who may see and do what, what was seen and done, and how long it is kept."""
