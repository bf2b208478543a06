"""The settings dialog, and what takes effect in the window when something is chosen."""
