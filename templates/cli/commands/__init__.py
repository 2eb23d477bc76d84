"""The commands of each resource, a module for each."""
