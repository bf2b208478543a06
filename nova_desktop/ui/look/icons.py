"""The line icons in resources/icons, in the colour they are asked for."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from nova_desktop.settings import resource
from nova_desktop.ui.look.tones import tones


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
    """An icon in the text colour of a widget, faint while it is disabled."""
    color = tones().text if widget.isEnabled() else tones().faint
    picture = pixmap(name, color, 20, widget.devicePixelRatioF())
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Disabled)  # or the style makes it fainter still
    return made


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource("icons") / "app.svg"))


class IconButton(QToolButton):
    """A flat button with an icon; what it does is its tooltip and its accessible name."""

    def __init__(self, name: str, says: str, parent: QWidget | None = None, keys: str = "") -> None:
        super().__init__(parent)
        self._name = name
        self._keys = keys
        self.say(says)

    def say(self, says: str) -> None:
        """What the button does now; its tooltip adds the keys that do it."""
        self.setToolTip(f"{says} ({self._keys})" if self._keys else says)
        self.setAccessibleName(says)

    def draw(self, name: str) -> None:
        """Which icon it shows now."""
        self._name = name
        if self.isVisible():
            self.setIcon(icon(name, self))

    def showEvent(self, event: QShowEvent) -> None:
        """Drawn when it is first needed: many buttons are not there at the first paint."""
        super().showEvent(event)
        self.draw(self._name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self.draw(self._name)
