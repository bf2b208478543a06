"""Which keys go through results and their moments, the same in the pane and in the viewer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_BACK = (Qt.Key.Key_J, Qt.Key.Key_Left)
_ON = (Qt.Key.Key_K, Qt.Key.Key_Right)


def is_plain(event: QEvent) -> bool:
    """A key that is pressed alone, or with Shift."""
    return isinstance(event, QKeyEvent) and not event.modifiers() & _MODIFIERS


def step_of(event: QKeyEvent) -> int:
    """1 for the next result, -1 for the one before, else 0: J and K, ← and →, also with Alt.

    In a window from right to left, ← leads on, as the results do.
    """
    alt = event.modifiers() & _MODIFIERS == Qt.KeyboardModifier.AltModifier
    if not (is_plain(event) or alt):
        return 0
    arrow = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    by = {**dict.fromkeys(_BACK, -1), **dict.fromkeys(_ON, 1)}.get(Qt.Key(event.key()), 0)
    return -by if arrow and right_to_left() else by


def right_to_left() -> bool:
    """Whether the window is read that way."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
