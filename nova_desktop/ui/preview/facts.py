"""What is known of a result, in words: under the preview."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import OneLine, named, sized, wrapped

MOMENTS_SHOWN = 6  # more scroll


class Facts(QWidget):
    """Name, place, date, why it matched, and its other moments."""

    moment_chosen = Signal(object)  # Span

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        sized(self.name, 1.15, bold=True)
        self.place = OneLine(muted=True, elide=Qt.TextElideMode.ElideMiddle)
        self.about = wrapped(muted=True)
        self.why = wrapped()
        self.moments = named(QListWidget(), "Moments of this file")
        self.moments.itemActivated.connect(self._go)
        self.moments.itemClicked.connect(self._go)
        self.copies = wrapped(muted=True)
        self._why_title = _title("Why it matches")
        self._moments_title = _title("Moments")
        self._copies_title = _title("The same file is also in")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for label in (self.name, self.place, self.about):
            column.addWidget(label)
        below: tuple[tuple[QLabel, QWidget], ...] = (
            (self._why_title, self.why),
            (self._moments_title, self.moments),
            (self._copies_title, self.copies),
        )
        for title, widget in below:
            column.addSpacing(6)
            column.addWidget(title)
            column.addWidget(widget)
        column.addStretch(1)

    def show_hit(self, hit: Hit) -> None:
        """All facts of this result."""
        self.name.say(wording.name_of(hit.path))
        self.place.say(wording.shown(str(hit.path.parent)))
        length = wording.clock(hit.duration_s) if hit.duration_s else ""
        offline = "its drive is not connected" if hit.offline else ""
        parts = (wording.KIND[hit.modality], length, wording.date(hit.taken_s), offline)
        self.about.setText(" · ".join(part for part in parts if part))
        self.why.setText("\n".join(wording.why(reason)[:300] for reason in hit.why))
        self._why_title.setVisible(bool(hit.why))
        self.why.setVisible(bool(hit.why))
        self._show_moments(hit)
        self.copies.setText("\n".join(wording.shown(str(copy.parent)) for copy in hit.copies[:5]))
        self._copies_title.setVisible(bool(hit.copies))
        self.copies.setVisible(bool(hit.copies))

    def _show_moments(self, hit: Hit) -> None:
        self.moments.clear()
        spans = (hit.span, *hit.moments) if hit.span and hit.moments else ()
        for span in spans:
            item = QListWidgetItem(wording.moment_in_full(span))
            item.setData(Qt.ItemDataRole.UserRole, span)
            self.moments.addItem(item)
        self._moments_title.setVisible(bool(spans))
        self.moments.setVisible(bool(spans))
        rows = min(MOMENTS_SHOWN, self.moments.count())
        if rows:
            self.moments.setFixedHeight(rows * self.moments.sizeHintForRow(0) + 2)

    def _go(self, item: QListWidgetItem) -> None:
        self.moment_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _title(text: str) -> QLabel:
    return sized(QLabel(text), 0.95, bold=True)


def button(text: str, says: str) -> QPushButton:
    """A push button with a tooltip that says more than its few words."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setToolTip(says)
    return made
