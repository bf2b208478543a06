"""What is known of a result, in words: under the preview, and beside the viewer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.closeup import Details
from nova_desktop.model import Span
from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import OneLine, named, sized, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.known import lines

ALIKE = 12  # near-duplicates that are named
MOMENTS_SHOWN = 6  # more scroll
NAME_WIDTH, TEXT_WIDTH = 96, 150  # points; less would make the pane scroll for nothing


class Facts(QWidget):
    """Name, place, date, why it matched, its other moments, and all that is known of the file."""

    moment_chosen = Signal(object)  # Span

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        sized(self.name, 1.15, bold=True)
        self.place = OneLine(muted=True, elide=Qt.TextElideMode.ElideMiddle)
        self.about = wrapped(muted=True, at_least=TEXT_WIDTH)
        self.why = wrapped(at_least=TEXT_WIDTH)
        self.moments = named(QListWidget(), tr("Facts", "Moments of this file"))
        self.moments.itemActivated.connect(self._go)
        self.moments.itemClicked.connect(self._go)
        self.copies = wrapped(muted=True, at_least=TEXT_WIDTH)
        self.known = QWidget()
        self._rows = QGridLayout(self.known)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(1, 1)
        self.alike = wrapped(muted=True, at_least=TEXT_WIDTH)
        self._why_title = _title(tr("Facts", "Why it matches"))
        self._alike_title = _title(tr("Facts", "Nearly the same"))
        self._moments_title = _title(tr("Facts", "Moments"))
        self._copies_title = _title(tr("Facts", "The same file is also in"))
        self._known_title = _title(tr("Facts", "Details"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for label in (self.name, self.place, self.about):
            column.addWidget(label)
        below: tuple[tuple[QLabel, QWidget], ...] = (
            (self._why_title, self.why),
            (self._moments_title, self.moments),
            (self._copies_title, self.copies),
            (self._alike_title, self.alike),
            (self._known_title, self.known),
        )
        for title, widget in below:
            column.addSpacing(6)
            column.addWidget(title)
            column.addWidget(widget)
        column.addStretch(1)
        self._known_title.hide()

    def show_hit(self, hit: Hit) -> None:
        """What the answer says of this result."""
        self.name.say(wording.name_of(hit.path))
        self.place.say(wording.shown(str(hit.path.parent)))
        self.about.setText(wording.about_hit(hit))
        said = [wording.MATCH[hit.match]] if hit.match else []
        said += [wording.why(reason)[:300] for reason in hit.why]
        self.why.setText("\n".join(said))
        self._why_title.setVisible(bool(said))
        self.why.setVisible(bool(said))
        self._show_moments(hit)
        self.copies.setText("\n".join(wording.shown(str(copy.parent)) for copy in hit.copies[:5]))
        self._copies_title.setVisible(bool(hit.copies))
        self.copies.setVisible(bool(hit.copies))
        self.alike.setText("\n".join(wording.name_of(one.path) for one in hit.alike[:ALIKE]))
        self._alike_title.setVisible(bool(hit.alike))
        self.alike.setVisible(bool(hit.alike))
        self._clear_known()

    def show_details(self, details: Details) -> None:
        """What the library knows of it besides."""
        self._clear_known()
        shown = lines(details)
        for row, (name, text) in enumerate(shown):
            label = wrapped(text, at_least=TEXT_WIDTH)
            label.setAccessibleName(name)
            title = QLabel(name)
            title.setProperty("muted", True)
            title.setWordWrap(True)
            title.setFixedWidth(NAME_WIDTH)
            top = Qt.AlignmentFlag.AlignTop
            self._rows.addWidget(title, row, 0, top)
            self._rows.addWidget(label, row, 1, top)
        self._known_title.setVisible(bool(shown))
        if details.copies:  # said here with the others
            self._copies_title.hide()
            self.copies.hide()

    def show_moment(self, span: Span) -> None:
        """Which of the moments is being looked at."""
        for row in range(self.moments.count()):
            if self.moments.item(row).data(Qt.ItemDataRole.UserRole) == span:
                self.moments.setCurrentRow(row)

    def _clear_known(self) -> None:
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._known_title.hide()

    def _show_moments(self, hit: Hit) -> None:
        self.moments.clear()
        spans = (hit.span, *hit.moments) if hit.span and hit.moments else ()
        # In their order within the file, as the keys go through them.
        spans = tuple(sorted(spans, key=lambda span: (span.unit, span.start)))
        for span in spans:
            item = QListWidgetItem(wording.moment_in_full(span))
            item.setData(Qt.ItemDataRole.UserRole, span)
            self.moments.addItem(item)
        self._moments_title.setVisible(bool(spans))
        self.moments.setVisible(bool(spans))
        rows = min(MOMENTS_SHOWN, self.moments.count())
        if rows:
            self.moments.setFixedHeight(rows * self.moments.sizeHintForRow(0) + 2)
        if spans and hit.span:
            self.show_moment(hit.span)  # it begins there

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
