"""Asks whether everything is to be forgotten: what goes, what stays, and the word that says so."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.settings import Settings
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.words import tr

WIDE = 440  # pixels


class Erasing(QDialog):
    """Accepted only when the word was typed."""

    def __init__(self, chosen: Settings, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Storage", "Erase everything"))
        self.word = tr("Storage", "erase")
        heading = sized(wrapped(tr("Storage", "Erase everything?"), at_least=WIDE), 1.2, bold=True)
        says = wrapped(
            tr(
                "Storage",
                "The index, the previews, the log, saved searches, ratings, and what is known of "
                "spending and sending in {place} are removed. This can't be undone. Your own "
                "files, backups and these settings stay.",
                place=place,
            ),
            at_least=WIDE,
        )
        self.remote = QCheckBox(
            tr("Storage", "Also delete what lies in s3://{place}", place=_place(chosen))
        )
        self.remote.setVisible(bool(chosen.bucket))
        self.remote.setChecked(bool(chosen.bucket))
        self.typed = named(QLineEdit(), tr("Storage", "Type the word"))
        self.typed.setProperty("field", True)
        self.typed.setFixedHeight(32)
        self.typed.setTextMargins(6, 0, 6, 0)
        label = QLabel(tr("Storage", "Type “{word}” to go on:", word=self.word))
        label.setBuddy(self.typed)
        self.erase = QPushButton(tr("Storage", "Erase"))
        self.erase.setProperty("danger", True)
        self.erase.setEnabled(False)
        self.keep = QPushButton(tr("Storage", "Keep everything"))
        self.keep.setDefault(True)
        self.typed.textChanged.connect(
            lambda text: self.erase.setEnabled(text.strip().casefold() == self.word.casefold())
        )
        self.erase.clicked.connect(self.accept)
        self.keep.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.erase)
        buttons.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.setSpacing(16)
        for widget in (heading, says, self.remote):
            whole.addWidget(widget)
        ask = QVBoxLayout()
        ask.setSpacing(6)
        ask.addWidget(label)
        ask.addWidget(self.typed)
        whole.addLayout(ask)
        whole.addLayout(buttons)


def _place(chosen: Settings) -> str:
    return f"{chosen.bucket}/{chosen.bucket_prefix}"
