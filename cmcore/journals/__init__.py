"""Journals of pictures, film, sound and words, and the case studies drawn from them; each shown under a permission."""
