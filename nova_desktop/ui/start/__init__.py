"""The first start: which folders, which engine, and go."""
