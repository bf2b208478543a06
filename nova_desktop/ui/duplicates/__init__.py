"""The review of what there is more than once."""
