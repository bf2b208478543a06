"""Chips that narrow the results to one kind of file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from nova_desktop.kinds import Modality
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import icon
from nova_desktop.ui.look.words import tr

GAP = 6  # points


class Kinds(QWidget):
    """All, or one of the five kinds; one chip with a menu where there is no room for six."""

    changed = Signal()
    resized = Signal()  # it wants more room, or less

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._kinds: list[Modality | None] = [None, *Modality]
        for number, kind in enumerate(self._kinds):
            name = wording.KINDS[kind] if kind else tr("Filters", "All")
            chip = _chip(name, tr("Filters", "Show {kind}", kind=name.lower()))
            chip.setChecked(kind is None)
            self._group.addButton(chip, number)
            row.addWidget(chip)
        self.folded = _chip(tr("Filters", "All kinds"), tr("Filters", "Kinds of files"))
        self.folded.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.folded.setIconSize(QSize(14, 14))
        self.folded.clicked.connect(self._list)
        self.folded.hide()
        row.addWidget(self.folded)
        self._group.idToggled.connect(self._toggled)

    def chosen(self) -> frozenset[Modality]:
        """As a filter: empty means any."""
        kind = self._kinds[self._group.checkedId()]
        return frozenset({kind}) if kind else frozenset()

    def choose(self, kind: Modality | None) -> None:
        """As if its chip were clicked."""
        self._group.button(self._kinds.index(kind)).setChecked(True)

    def whole_width(self) -> int:
        """Points that all six need."""
        chips = self._group.buttons()
        return sum(chip.sizeHint().width() for chip in chips) + GAP * (len(chips) - 1)

    def fold(self, on: bool) -> None:
        """One chip instead of six."""
        if on == self.folded.isHidden():
            for chip in self._group.buttons():
                chip.setVisible(not on)
            self.folded.setVisible(on)
            self._row.invalidate()  # or its size is that of before, until the next event
        if on:
            self._say()

    def _say(self) -> None:
        number = self._group.checkedId()
        any_kind = not number
        chip = self._group.button(number)
        self.folded.setText(tr("Filters", "All kinds") if any_kind else chip.text())
        self.folded.setChecked(not any_kind)
        self.folded.setAccessibleName(
            tr("Filters", "Kinds of files: {kind}", kind=self.folded.text())
        )
        self.folded.setIcon(icon("down", self))
        rtl = self.isRightToLeft()  # the arrow is after the text
        after = Qt.LayoutDirection.LeftToRight if rtl else Qt.LayoutDirection.RightToLeft
        self.folded.setLayoutDirection(after)

    def _list(self) -> None:
        self._say()  # a click has toggled it
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, chip in enumerate(self._group.buttons()):
            action = menu.addAction(chip.text(), chip.click)
            action.setCheckable(True)
            action.setChecked(number == self._group.checkedId())
        menu.popup(self.folded.mapToGlobal(self.folded.rect().bottomLeft()))

    def _toggled(self, _: int, on: bool) -> None:
        if on:
            self._say()
            self.changed.emit()
            self.resized.emit()


def _chip(text: str, says: str) -> QToolButton:
    chip = QToolButton()
    chip.setText(text)
    chip.setCheckable(True)
    chip.setProperty("chip", True)
    chip.setAccessibleName(says)
    return chip
