"""Documents as accessible PDF (PDF/UA-1), set by typst from plain values: forms to write on, forms filled in, reports."""
