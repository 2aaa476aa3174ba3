"""Events: a calendar of two years, who was invited, booked and came, what they said, and what they wish for."""
