"""One setting as it is shown: its name, what it does, its control, and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nova_desktop.settings import Settings
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.settings.controls import Calm, control_of
from nova_desktop.ui.settings.fields import Field, Hours, Pick, Switch

LEAST = 320  # pixels of the text beside a control


class Row(QWidget):
    """The control is at the end of the line, and "Default" under it while it differs."""

    chosen = Signal(str, object)  # the setting's name, and what it is to be

    def __init__(self, field: Field, calm: Calm) -> None:
        super().__init__()
        self.field = field
        self.default: Any = getattr(Settings(), field.name)
        self.says = QLabel(tr(*field.says))
        self.effect = wrapped(tr(*field.effect), muted=True, at_least=LEAST)
        self.trouble = named(wrapped(at_least=LEAST), tr("Settings", "What can't be"))
        self.trouble.setProperty("warning", True)
        self.trouble.hide()
        self.note = wrapped(muted=True, at_least=LEAST)
        self.note.hide()
        self.control = control_of(field)
        self.says.setBuddy(self.control.focus)
        self.control.focus.setAccessibleDescription(tr(*field.effect))
        for widget in (self.control.widget, *self.control.widget.findChildren(QWidget)):
            widget.installEventFilter(calm)
            if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back = named(
            QPushButton(tr("Settings", "Default")),
            tr("Settings", "Default of {name}", name=tr(*field.says)),
        )
        self.back.setProperty("quiet", True)
        self.back.setAutoDefault(False)
        self.back.setToolTip(tr("Settings", "Back to: {value}", value=self._said(self.default)))
        self.control.chosen.connect(lambda value: self.chosen.emit(field.name, value))
        self.back.clicked.connect(lambda: self.chosen.emit(field.name, self.default))
        self._lay_out()

    def show_value(self, value: object) -> None:
        """As it is chosen now."""
        self.control.show_value(value)
        self.back.setVisible(value != self.default)
        self.refuse("")

    def refuse(self, why: str) -> None:
        """Says beside it why it can't be so; "" when it can."""
        self.trouble.setText(why)
        self.trouble.setVisible(bool(why))

    def remark(self, text: str) -> None:
        """What is to be known of it on this computer."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def words(self) -> str:
        """What it is found by."""
        texts = [self.says.text(), self.effect.text(), self.field.name]
        if isinstance(self.field, Pick):
            texts += [tr(*says) if says[0] else says[1] for _, says in self.field.options]
        return " ".join(texts).casefold()

    def _said(self, value: Any) -> str:
        match self.field:
            case Switch():
                return tr("Settings", "on") if value else tr("Settings", "off")
            case Pick(options=options):
                says = dict(options)[value]
                return tr(*says) if says[0] else says[1]
            case Hours():
                return tr("Settings", "none")
        text = ", ".join(value) if isinstance(value, tuple) else str(value)
        return text or tr("Settings", "empty")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        right, top = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignTop
        labels = (self.says, self.effect, self.note, self.trouble)
        for at, label in enumerate(labels):
            grid.addWidget(label, at, 0)
        beside = QVBoxLayout()
        beside.setSpacing(2)
        beside.addWidget(self.control.widget, 0, right | top)
        beside.addWidget(self.back, 0, right | top)
        beside.addStretch(1)
        grid.addLayout(beside, 0, 1, len(labels) + 1, 1)
        grid.setRowStretch(len(labels), 1)
