"""Known risks of young people, and which mentors were briefed of them."""
