"""A tiny handwritten command line to test the static files with."""
