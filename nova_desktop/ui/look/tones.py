"""The colours of the window, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication, QPalette


@dataclass(frozen=True, slots=True)
class Tones:
    """Every colour of the window, as #rrggbb."""

    window: str
    base: str  # lists, fields
    raised: str  # buttons, chips, a card without a picture
    text: str
    muted: str  # second lines; at least 4.5:1 on window and base
    faint: str  # what can't be used now
    line: str  # borders
    hover: str
    selected: str  # behind a selected row
    accent: str
    on_accent: str
    warning: str
    mark: str  # behind a matched word


LIGHT = Tones(
    window="#f5f6f8",
    base="#ffffff",
    raised="#eceef2",
    text="#1b1e24",
    muted="#5d6675",
    faint="#a9b0bc",
    line="#dcdfe5",
    hover="#eef0f4",
    selected="#e2eafd",
    accent="#2f5fe0",
    on_accent="#ffffff",
    warning="#a8480a",
    mark="#ffe69c",
)
DARK = Tones(
    window="#191b1f",
    base="#202328",
    raised="#2b2f36",
    text="#e8eaee",
    muted="#a0a7b4",
    faint="#5a6170",
    line="#363b44",
    hover="#292d34",
    selected="#2a3a63",
    accent="#7ea2ff",
    on_accent="#10131a",
    warning="#f0a56b",
    mark="#6b5310",
)


def tones() -> Tones:
    """The tones that the program is dressed in now."""
    # Not the widget's own palette: a style sheet makes its background transparent black.
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT
