"""Reports of the evidence: a programme summary, a young person's journey, a termly return; each as several files."""
