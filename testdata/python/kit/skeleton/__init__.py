"""A small handwritten command line for testing the static files."""
