"""What is scored: measure sets, and the change of one measure between two reviews."""
