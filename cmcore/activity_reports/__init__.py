"""Activity reports: what a mentor did in a period, drawn up from the sessions, sent, and accepted."""
