"""The chips of the search box, in a row before its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.query import Part
    from nova_desktop.ui.search.chip import Chip
    from nova_desktop.ui.search.weighing import Weighing
    from nova_desktop.ui.tasks import Tasks

CHIPS = 6  # parts beside the words of the line
GAP = 4


class Chips(QWidget):
    """Moves among them by the arrows; Delete takes one out, Enter says how much it counts."""

    changed = Signal()
    left = Signal()  # past the last one, or the last one went: to the line
    down = Signal()  # to the results
    stepped_back = Signal()  # Esc
    edited = Signal(str)  # words that are to stand in the line again
    crowded = Signal(int)  # so many more than there can be

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self._tasks: Tasks | None = None
        self._library: LibraryCalls | None = None
        self._width = 600
        self.weighing: Weighing | None = None  # the small window that is open
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    def use(self, library: LibraryCalls, tasks: Tasks) -> None:
        """Where thumbnails come from."""
        self._library, self._tasks = library, tasks
        for chip in self._chips:
            self._load(chip)

    def parts(self) -> tuple[Part, ...]:
        """In their order."""
        return tuple(chip.part for chip in self._chips)

    def texts(self) -> list[str]:
        """What they say."""
        return [chip.text() for chip in self._chips]

    def __getitem__(self, at: int) -> Chip:
        return self._chips[at]

    def __len__(self) -> int:
        return len(self._chips)

    def add(self, parts: Iterable[Part]) -> None:
        """As many as there may be; tells of more. What is there already is not added again."""
        new = [part for part in dict.fromkeys(parts) if part not in self.parts()]
        room = CHIPS - len(self._chips)
        for part in new[:room]:
            from nova_desktop.ui.search.chip import Chip  # not before the first paint

            chip = Chip(part, self)
            chip.opened.connect(self.weigh)
            chip.removed.connect(self.remove)
            chip.edited.connect(self.edit)
            chip.keyed.connect(self._key)
            self._chips.append(chip)
            self._row.addWidget(chip)
            self._load(chip)
        self._fit()
        if new[:room]:
            self.changed.emit()
        if len(new) > room:
            self.crowded.emit(len(new) - room)

    def clear(self) -> None:
        """Tells nobody."""
        for chip in self._chips:
            self._forget(chip)
        self._chips.clear()
        self._fit()

    def fit(self, width: int) -> None:
        """All of them take at most so many points."""
        self._width = width
        self._fit()

    def enter(self) -> None:
        """Goes to the last one."""
        if self._chips:
            self._chips[-1].body.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, chip: Chip) -> None:
        """Its neighbour has the focus after that, where it had it."""
        at = self._chips.index(chip)
        had_focus = chip.body.hasFocus()
        del self._chips[at]
        self._forget(chip)
        self._fit()
        if had_focus and self._chips:
            self._chips[min(at, len(self._chips) - 1)].body.setFocus()
        else:
            self.left.emit()
        self.changed.emit()

    def remove_last(self) -> None:
        """As backspace does."""
        if self._chips:
            self.remove(self._chips[-1])

    def edit(self, chip: Chip) -> None:
        """Puts its words back into the line."""
        if chip.part.text:
            words = ("-" if chip.part.weight < 0 else "") + chip.part.text
            self.remove(chip)
            self.edited.emit(words)

    def weigh(self, chip: Chip) -> None:
        """Opens the small window under it."""
        from nova_desktop.ui.search.weighing import Weighing

        self.weighing = made = Weighing(chip.part, self)
        made.weighed.connect(lambda weight: self._weigh(chip, weight))
        made.removed.connect(lambda: self.remove(chip))
        made.edited.connect(lambda: self.edit(chip))
        made.widened.connect(lambda: self._widen(chip))
        made.destroyed.connect(self._closed)
        made.open_under(chip)

    def _closed(self) -> None:
        self.weighing = None

    def _weigh(self, chip: Chip, weight: float) -> None:
        if chip in self._chips and chip.part.weight != weight:
            chip.show_part(replace(chip.part, weight=weight))
            self.changed.emit()

    def _widen(self, chip: Chip) -> None:
        """By all of the file, where a part of it was meant."""
        if chip in self._chips:
            chip.show_part(replace(chip.part, span=None))
            self._load(chip)
            self.changed.emit()

    def _forget(self, chip: Chip) -> None:
        if self._tasks:
            self._tasks.cancel(("chip", id(chip)))
        self._row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _fit(self) -> None:
        self.setVisible(bool(self._chips))
        if self._chips:
            each = (self._width - GAP * (len(self._chips) - 1)) // len(self._chips)
            for chip in self._chips:
                chip.fit(each)

    def _key(self, chip: Chip, key: int) -> None:
        at = self._chips.index(chip)
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                to = at + (1 if key == forward else -1)
                if to >= len(self._chips):
                    self.left.emit()
                else:
                    self._chips[max(0, to)].body.setFocus()
            case Qt.Key.Key_Home:
                self._chips[0].body.setFocus()
            case Qt.Key.Key_End:
                self.left.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove(chip)
            case Qt.Key.Key_Minus:
                self._weigh(chip, -abs(chip.part.weight))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._weigh(chip, abs(chip.part.weight))
            case Qt.Key.Key_F2:
                self.edit(chip)
            case Qt.Key.Key_Down:
                self.down.emit()
            case Qt.Key.Key_Escape:
                self.stepped_back.emit()

    def _load(self, chip: Chip) -> None:
        if not self._tasks or not self._library or chip.part.text:
            return
        part, library = chip.part, self._library
        from nova_desktop.ui.search.chip import PICTURE

        edge = round(PICTURE * chip.devicePixelRatioF())

        def work() -> QImage:
            from nova_desktop.ui.look.decoding import decoded
            from nova_desktop.ui.results.thumbnails import cover

            path, jpeg = part.path, part.data
            if path is not None:
                jpeg = library.preview(path, part.span, 4 * edge).jpeg
            image = decoded(jpeg)
            return image if image.isNull() else cover(image, QSize(edge, edge), top=False)

        def done(image: QImage) -> None:
            if chip in self._chips and not image.isNull():
                chip.show_picture(image)

        # One without a picture keeps the icon of its kind; the answer says what is wrong with it.
        self._tasks.start(("chip", id(chip)), work, done, lambda _: None)
