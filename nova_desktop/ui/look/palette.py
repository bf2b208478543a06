"""Dresses the program in the Fusion style with a light or a dark palette."""

from __future__ import annotations

import enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from nova_desktop.ui.look.style import sheet
from nova_desktop.ui.look.tones import DARK, LIGHT, Tones


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


def apply(theme: Theme) -> None:
    """Dresses the whole program; widgets hear of it by a PaletteChange event."""
    # Fusion with a palette of our own: QStyleHints.setColorScheme does nothing on many desktops.
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    chosen = DARK if is_dark(theme) else LIGHT
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(qpalette(chosen))
    app.setStyleSheet(sheet(chosen))
