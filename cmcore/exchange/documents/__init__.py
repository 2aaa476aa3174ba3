"""Documents as PDF that reads aloud (PDF/UA-1), set by typst from plain values: forms blank and filled, reports."""
