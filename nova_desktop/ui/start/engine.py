"""The second step: what searches."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.start.folders import WIDE, indent


class EngineStep(QWidget):
    """On this computer alone, or Amazon Nova beside it, which has a dialog of its own."""

    nova_asked = Signal()
    models_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.device = QRadioButton(tr("First start", "&On this computer alone"))
        self.nova = QRadioButton(tr("First start", "With &Amazon Nova beside it"))
        self.device.setChecked(True)
        group = QButtonGroup(self)
        set_up = tr("First start", "Set up Amazon Nova…")
        self.set_up = named(QPushButton(set_up), set_up)
        self.set_up.setAutoDefault(False)
        models = tr("First start", "Choose a model…")
        self.models = named(QPushButton(models), models)
        self.models.setAutoDefault(False)
        better = wrapped(
            tr(
                "First start",
                "A model that sees pictures and films makes this better: it is fetched once, now "
                "or at any time later in the settings, and runs here too.",
            ),
            muted=True,
            at_least=WIDE,
        )
        better.setContentsMargins(indent(), 0, 0, 0)
        self.models.setAccessibleDescription(better.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for radio, text in (
            (
                self.device,
                tr(
                    "First start",
                    "Free, and nothing leaves this computer. It reads text, writes down what is "
                    "said, and recognises letters and about a thousand kinds of things in "
                    "pictures. It does not see a picture or hear a sound as a person does: moods, "
                    "actions and most sounds are found by names and descriptions only.",
                ),
            ),
            (
                self.nova,
                tr(
                    "First start",
                    "It sees and hears, and costs money in an AWS account of yours. You see what a "
                    "folder would cost before any of its files is sent, and set a limit. You can "
                    "do this at any time later, from the Library menu.",
                ),
            ),
        ):
            group.addButton(radio)
            about = wrapped(text, muted=True, at_least=WIDE)
            about.setContentsMargins(indent(), 0, 0, 12)
            radio.setAccessibleDescription(text)
            column.addWidget(radio)
            column.addWidget(about)
            if radio is self.device:
                about.setContentsMargins(indent(), 0, 0, 0)
                column.addWidget(better)
                column.addLayout(_under(self.models))
        column.addLayout(_under(self.set_up))
        column.addStretch(1)
        self.set_up.setEnabled(False)
        self.nova.toggled.connect(self.set_up.setEnabled)
        self.set_up.clicked.connect(self.nova_asked)
        self.models.clicked.connect(self.models_asked)


def _under(push: QPushButton) -> QHBoxLayout:
    """Below the words of a choice, no wider than its own."""
    row = QHBoxLayout()
    row.setContentsMargins(indent(), 0, 0, 8)
    row.addWidget(push)
    row.addStretch(1)
    return row
