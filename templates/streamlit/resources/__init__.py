"""The pages of the resources, one module each."""
