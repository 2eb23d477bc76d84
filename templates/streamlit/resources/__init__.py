"""The pages of each resource."""
