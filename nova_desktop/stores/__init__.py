"""Stores: rows in, nearest rows out."""
