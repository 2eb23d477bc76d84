"""A tiny command line by hand, for the static files to be tried with."""
