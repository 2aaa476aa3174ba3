"""Reviews: the measures scored at the start, along the way and at the end, with the young person’s words."""
