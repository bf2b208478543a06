"""Dresses the program in the Fusion style with a light or a dark palette."""

from __future__ import annotations

import enum
import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from nova_desktop.ui.look.style import sheet
from nova_desktop.ui.look.tones import DARK, LIGHT, Tones

SYSTEM_SIZE = "system text size"  # a property of the application, in points

DRESSED = "dressed"  # of the program: it was started in the Fusion style, or put into it
STYLE = ("-style", "fusion")  # as an argument, for asking for a QStyle costs 12 ms


class Theme(enum.StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def is_dark(theme: Theme) -> bool:
    """Whether a theme is dark now; asks the system when it is to follow it."""
    if theme is Theme.SYSTEM:
        return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme is Theme.DARK


def qpalette(tones: Tones) -> QPalette:
    """Tones as Qt wants them."""
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, tone in (
        ((role.Window, role.Light), tones.window),
        ((role.Base, role.ToolTipBase), tones.base),
        ((role.AlternateBase, role.Button, role.Midlight), tones.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), tones.text),
        ((role.BrightText,), tones.warning),
        ((role.PlaceholderText,), tones.muted),
        ((role.Mid, role.Dark), tones.line),
        ((role.Highlight, role.Accent, role.Link, role.LinkVisited), tones.accent),
        ((role.HighlightedText,), tones.on_accent),
    ):
        for one in roles:
            palette.setColor(one, QColor(tone))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tones.muted))
    return palette


def apply(theme: Theme, text_percent: int = 100) -> None:
    """Dresses the whole program; widgets hear of it by a PaletteChange event.

    `text_percent` is of the size that the system's font has.
    """
    # Fusion with a palette of our own: QStyleHints.setColorScheme does nothing on many desktops.
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    chosen = DARK if is_dark(theme) else LIGHT
    if not app.property(DRESSED):
        app.setStyle("Fusion")
        app.setProperty(DRESSED, True)
    size = app.property(SYSTEM_SIZE)
    if size is None:
        size = app.font().pointSizeF()
        app.setProperty(SYSTEM_SIZE, size)
    font = app.font()
    if not math.isclose(font.pointSizeF(), size * text_percent / 100):
        font.setPointSizeF(size * text_percent / 100)
        app.setFont(font)
    app.setPalette(qpalette(chosen))
    app.setStyleSheet(sheet(chosen))
