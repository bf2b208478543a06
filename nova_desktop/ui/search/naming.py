"""The small window under the star: keeps the present search under a name, or forgets it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from nova_desktop.ui.look.labels import OneLine, named, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.popups import Popup
from nova_desktop.ui.search.weighing import open_under

LONGEST = 80  # characters of a name


class Naming(Popup):
    """Enter keeps it, Esc does not."""

    kept = Signal(str)
    forgotten = Signal()

    def __init__(self, name: str, saved: bool, taken: frozenset[str], parent: QWidget) -> None:
        title = tr("Saved", "Saved search") if saved else tr("Saved", "Save this search")
        super().__init__(title, parent)
        self._saved = name if saved else ""
        self._taken = taken
        self.column.setContentsMargins(16, 16, 16, 16)
        self.name = named(QLineEdit(name), tr("Saved", "Name of the search"))
        self.name.setProperty("field", True)
        self.name.setMaxLength(LONGEST)
        self.name.end(False)
        self.name.home(True)  # all of it is chosen, and its beginning is seen
        self.says = wrapped("", muted=True, at_least=240)
        self.save = named(QPushButton(tr("Saved", "Save")), tr("Saved", "Save the search"))
        self.save.setProperty("primary", True)
        self.save.setProperty("small", True)
        self.forget = QPushButton(tr("Saved", "Forget it"))
        named(self.forget, tr("Saved", "Forget the saved search")).setProperty("small", True)
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(self.forget)
        verbs.addStretch(1)
        verbs.addWidget(self.save)
        self.column.addWidget(OneLine(title))
        self.column.addWidget(self.name)
        self.column.addWidget(self.says)
        self.column.addLayout(verbs)
        self.forget.setVisible(saved)  # not before: it would be a window of its own
        self.setFixedWidth(320)
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self._keep)
        self.save.clicked.connect(self._keep)
        self.forget.clicked.connect(self._forget)
        self._check()

    def open_under(self, widget: QWidget) -> None:
        """Shows itself below a widget, ready to be typed into."""
        open_under(self, widget)
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def _check(self) -> None:
        name = self.name.text().strip()
        again = name in self._taken and name != self._saved
        self.says.setText(tr("Saved", "Replaces the search of that name.") if again else "")
        self.says.setVisible(again)
        self.save.setEnabled(bool(name))
        self.adjustSize()

    def _keep(self) -> None:
        if name := self.name.text().strip():
            self.close()
            self.kept.emit(name)

    def _forget(self) -> None:
        self.close()
        self.forgotten.emit()
