"""Lists as people keep them: how one is narrowed, ordered and which columns it shows, for one person or for many."""
