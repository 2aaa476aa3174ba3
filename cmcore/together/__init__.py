"""One act done with many records: a preview that changes nothing, then those that may, and all of it taken back."""
