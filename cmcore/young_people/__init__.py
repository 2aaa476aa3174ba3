"""Young people: who they are, their care, their education, their special educational needs."""
