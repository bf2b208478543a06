"""Readers: one file a modality. What is decoded natively runs in a child process (`child`)."""
