"""Jobs: what is done without anybody asking, at its time or at once, safe to run twice and to kill."""
