"""Describers: words that are added to a chunk on this device."""
