"""Nova Desktop: search what you filmed, photographed, recorded and wrote, on your own desk."""

__version__ = "0.1.0"
