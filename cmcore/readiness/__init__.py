"""What makes a mentor ready to work: induction, risk assessments that were read, reflective sessions, training."""
