"""What money is set aside, promised and spent, and what it bought."""
