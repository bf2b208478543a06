"""The buttons of what can be done with a result: two in a line where their texts fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

MARGIN, GAP = 16, 8  # points


class Buttons(QWidget):
    """As narrow as it has to be: with large letters there is one in a line."""

    def __init__(self, pushes: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pushes = tuple(pushes)
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        self._grid.setSpacing(GAP)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # their letters are larger, or smaller
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        widest = max(push.sizeHint().width() for push in self._pushes)
        across = 2 if 2 * (widest + MARGIN) + GAP <= self.width() else 1
        if across == self._across:
            return
        self._across = across
        for number, push in enumerate(self._pushes):
            self._grid.addWidget(push, number // across, number % across)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, across - 1)
