"""A young person's own record, told as a story: in date order, in plain words, with other people's names left out."""
