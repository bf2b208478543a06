"""Chips that narrow the results to one kind of file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from nova_desktop.model import Modality
from nova_desktop.ui import wording


class Kinds(QWidget):
    """All, or one of the five kinds."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._kinds: list[Modality | None] = [None, *Modality]
        for number, kind in enumerate(self._kinds):
            name = wording.KINDS[kind] if kind else "All"
            chip = QToolButton()
            chip.setText(name)
            chip.setCheckable(True)
            chip.setChecked(kind is None)
            chip.setProperty("chip", True)
            chip.setAccessibleName(f"Show {name.lower()}")
            self._group.addButton(chip, number)
            row.addWidget(chip)
        self._group.idToggled.connect(self._toggled)

    def chosen(self) -> frozenset[Modality]:
        """As a filter: empty means any."""
        kind = self._kinds[self._group.checkedId()]
        return frozenset({kind}) if kind else frozenset()

    def choose(self, kind: Modality | None) -> None:
        """As if its chip were clicked."""
        self._group.button(self._kinds.index(kind)).setChecked(True)

    def _toggled(self, _: int, on: bool) -> None:
        if on:
            self.changed.emit()
