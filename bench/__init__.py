"""Side-by-side measurements: this software, its peers and the floor, in one interleaved run, as ratios."""
