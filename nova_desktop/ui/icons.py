"""The line icons in resources/icons, in the colour they are asked for."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from nova_desktop.settings import resource
from nova_desktop.ui.tones import tones


@functools.cache
def _svg(name: str) -> str:
    return (resource("icons") / f"{name}.svg").read_text("utf-8")


@functools.lru_cache(maxsize=256)
def pixmap(name: str, color: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` × `size` points, sharp at this device pixel ratio."""
    edge = round(size * ratio)
    # Qt renders an SVG at the size it names, so the size is written into it.
    text = _svg(name).replace("#000000", color)
    text = text.replace('width="24" height="24"', f'width="{edge}" height="{edge}"', 1)
    picture = QPixmap()
    picture.loadFromData(text.encode(), "SVG")
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, widget: QWidget) -> QIcon:
    """An icon in the text colour of a widget, muted while it is disabled."""
    tone, ratio = tones(), widget.devicePixelRatioF()
    made = QIcon(pixmap(name, tone.text, 20, ratio))
    made.addPixmap(pixmap(name, tone.faint, 20, ratio), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource("icons") / "app.svg"))


class IconButton(QToolButton):
    """A flat button with an icon; what it does is its tooltip and its accessible name."""

    def __init__(self, name: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.say(says)
        self.draw(name)

    def say(self, says: str) -> None:
        """What the button does now."""
        self.setToolTip(says)
        self.setAccessibleName(says)

    def draw(self, name: str) -> None:
        """Which icon it shows now."""
        self._name = name
        self.setIcon(icon(name, self))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.draw(self._name)
