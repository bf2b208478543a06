"""Colours, icons, labels and words: what every part of the window is made of."""
