"""Small widgets that the pages of the library share."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


def push(text: str) -> QPushButton:
    """A button that is named as it reads, and that Enter elsewhere does not press."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setAccessibleName(text.replace("&", ""))
    return button
