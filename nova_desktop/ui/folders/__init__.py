"""The watched folders, and what became of their files."""
