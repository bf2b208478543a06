"""Engines: pieces in, vectors out."""
