"""A chip of the filter row: what it narrows to, and a way to any again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from nova_desktop.ui.look.icons import IconButton, icon
from nova_desktop.ui.look.words import tr

WIDEST = 180  # points of a value


class Pill(QFrame):
    """Opens its small window; where it has a value, a × takes that away."""

    opened = Signal()
    cleared = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.setProperty("pill", True)
        self.setProperty("active", False)
        self.body = QToolButton()
        self.body.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.body.setIconSize(QSize(14, 14))
        self.close_button = IconButton("close", "")
        self.close_button.setIconSize(QSize(14, 14))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.body)
        row.addWidget(self.close_button)
        self.body.clicked.connect(self.opened)
        self.close_button.clicked.connect(self.cleared)
        self.value = ""
        self.say("")

    def say(self, value: str) -> None:
        """What is chosen now; "" is any."""
        had_focus = self.close_button.hasFocus()
        self.value = value
        whole = f"{self.title}: {value}" if value else self.title
        text = QFontMetrics(self.font()).elidedText(value, Qt.TextElideMode.ElideMiddle, WIDEST)
        self.body.setText((text or self.title).replace("&", "&&"))
        self.body.setAccessibleName(whole if value else tr("Filters", "{name}: any", name=whole))
        self.body.setToolTip(whole)
        self.close_button.say(tr("Filters", "Any {name}", name=self.title.lower()))
        self.close_button.setVisible(bool(value))
        if self.property("active") != bool(value):
            self.setProperty("active", bool(value))
            self.style().polish(self)
        # The arrow is after the text, as a combo box has it.
        rtl = self.isRightToLeft()
        after = Qt.LayoutDirection.LeftToRight if rtl else Qt.LayoutDirection.RightToLeft
        self.body.setLayoutDirection(after)
        self._draw()
        if had_focus:
            self.body.setFocus()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        elif event.type() == QEvent.Type.LayoutDirectionChange:
            self.say(self.value)

    def _draw(self) -> None:
        self.body.setIcon(icon("down", self))
