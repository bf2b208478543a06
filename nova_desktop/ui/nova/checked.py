"""What was found in an account, line by line, each with its remedy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nova_desktop.model import Check
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import noop, tr, trn

EMPTY = noop(
    "Amazon Nova",
    "Check asks AWS, with what is chosen here, whether all is ready: credentials, region, model, "
    "bucket, permissions and endpoints, in this order. It says how to mend what is not, and costs "
    "nothing but a dozen requests of S3.",
)
ICON = 18  # points
WIDE = 280  # pixels


class Checked(QScrollArea):
    """Says what a check would do until one was made."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("checked")
        self.setAccessibleName(tr("Amazon Nova", "What was found in the account"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading = sized(QLabel(), 1.1, bold=True)
        self.rows = QGridLayout()
        self.rows.setHorizontalSpacing(10)
        self.rows.setVerticalSpacing(4)
        self.rows.setColumnStretch(1, 1)
        self._icons: list[tuple[QLabel, bool]] = []
        self.empty = wrapped(tr(*EMPTY), muted=True, at_least=WIDE)
        inside = QWidget()
        inside.setObjectName("checks")
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(14)
        column.addWidget(self.heading)
        column.addWidget(self.empty)
        column.addLayout(self.rows)
        column.addStretch(1)
        self.setWidget(inside)
        self.show_checks(())

    def show_checks(self, checks: Sequence[Check]) -> None:
        """In the order in which they depend on each other."""
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._icons.clear()
        n = sum(not check.ok for check in checks)
        if not checks:
            self.heading.setText(tr("Amazon Nova", "Is the account ready?"))
        elif n:
            self.heading.setText(trn("Amazon Nova", "{n} thing(s) to mend", None, n))
        else:
            self.heading.setText(tr("Amazon Nova", "All is well"))
        self.empty.setVisible(not checks)
        for at, check in enumerate(checks):
            icon, text = QLabel(), sentence(wording.shown(check.text))
            called = sentence(check.name)
            self._icons.append((icon, check.ok))
            name = QLabel(called[:1].upper() + called[1:])
            sized(name, 1.0, bold=True)
            found = wrapped(text, muted=check.ok, at_least=WIDE)
            state = tr("Amazon Nova", "right") if check.ok else tr("Amazon Nova", "to mend")
            named(found, f"{called}, {state}: {text}")
            found.setContentsMargins(0, 0, 0, 10)
            self.rows.addWidget(icon, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.addWidget(name, 2 * at, 1)
            self.rows.addWidget(found, 2 * at + 1, 1)
        self._draw()
        self.verticalScrollBar().setValue(0)

    def texts(self) -> list[tuple[bool, str]]:
        """(whether it is right, what is said), line by line."""
        texts = []
        for at, (_, ok) in enumerate(self._icons):
            item = self.rows.itemAtPosition(2 * at + 1, 1)
            label = item.widget() if item else None
            texts.append((ok, label.text() if isinstance(label, QLabel) else ""))
        return texts

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        tone, ratio = tones(), self.devicePixelRatioF()
        for icon, ok in self._icons:
            name, color = ("done", tone.accent) if ok else ("warning", tone.warning)
            icon.setPixmap(pixmap(name, color, ICON, ratio))
