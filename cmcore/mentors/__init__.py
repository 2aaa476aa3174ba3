"""Creative mentors, and the checks that say whether one may work on a day."""
