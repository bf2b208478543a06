"""The small window under a chip: more or less of it, and how much it counts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.query import Part
from nova_desktop.ui.look.labels import OneLine, named
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.chip import name_of

WEIGHTS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


def nearest(weight: float) -> int:
    """The stop of the slider for a weight of any sign."""
    return min(range(len(WEIGHTS)), key=lambda at: abs(WEIGHTS[at] - abs(weight)))


class Weighing(QFrame):
    """Of one chip; closes by itself when something else is clicked, or by Esc."""

    weighed = Signal(float)
    removed = Signal()
    edited = Signal()
    widened = Signal()  # by all of the file

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Search", "How much {name} counts", name=name_of(part)))
        self._part = part
        self.more = _choice(tr("Search", "More of this"))
        self.less = _choice(tr("Search", "− Less of this"))
        self.less.setAccessibleName(tr("Search", "Less of this"))
        self._signs = QButtonGroup(self)
        signs = QHBoxLayout()
        signs.setSpacing(8)
        for button in (self.more, self.less):
            self._signs.addButton(button)
            signs.addWidget(button, 1)
        (self.less if part.weight < 0 else self.more).setChecked(True)
        self.slider = named(QSlider(Qt.Orientation.Horizontal), tr("Search", "Weight"))
        self.slider.setRange(0, len(WEIGHTS) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setValue(nearest(part.weight))
        self.value = QLabel()
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.value.setMinimumWidth(48)
        scale = QGridLayout()
        scale.setHorizontalSpacing(8)
        scale.addWidget(QLabel(tr("Search", "Weight")), 0, 0)
        scale.addWidget(self.slider, 0, 1)
        scale.addWidget(self.value, 0, 2)
        self.remove = QPushButton(tr("Search", "Take it out"))
        self.edit = QPushButton(tr("Search", "Change the words"))
        self.widen = QPushButton(tr("Search", "By all of the file"))
        # Shown, they would be windows of their own until they are laid out.
        if not part.text:
            self.edit.hide()
        if part.span is None:
            self.widen.hide()
        for verb in (self.remove, self.edit, self.widen):
            named(verb, verb.text()).setProperty("small", True)
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(self.edit)
        verbs.addWidget(self.widen)
        verbs.addStretch(1)
        verbs.addWidget(self.remove)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(16)
        box.addWidget(OneLine(name_of(part), elide=Qt.TextElideMode.ElideMiddle))
        box.addLayout(signs)
        box.addLayout(scale)
        box.addLayout(verbs)
        self.setFixedWidth(320)
        self._say()
        self.more.toggled.connect(self._tell)
        self.slider.valueChanged.connect(self._tell)
        self.remove.clicked.connect(self._remove)
        self.edit.clicked.connect(self._edit)
        self.widen.clicked.connect(self._widen)

    def open_under(self, widget: QWidget) -> None:
        """Shows itself below a widget, inside the screen."""
        open_under(self, widget)
        (self.less if self.less.isChecked() else self.more).setFocus()

    def weight(self) -> float:
        """As it is set now; below 0 for less of this."""
        size = WEIGHTS[self.slider.value()]
        return -size if self.less.isChecked() else size

    def _say(self) -> None:
        self.value.setText(f"×{WEIGHTS[self.slider.value()]:g}")

    def _tell(self) -> None:
        self._say()
        self._part = replace(self._part, weight=self.weight())
        self.weighed.emit(self.weight())

    def _remove(self) -> None:
        self.close()
        self.removed.emit()

    def _edit(self) -> None:
        self.close()
        self.edited.emit()

    def _widen(self) -> None:
        self.close()
        self.widened.emit()


def open_under(popup: QWidget, widget: QWidget) -> None:
    """Shows a popup below a widget, aligned with where its text begins, and on its screen."""
    popup.adjustSize()
    popup.setLayoutDirection(widget.layoutDirection())
    size = popup.size()
    left = widget.width() - size.width() if widget.isRightToLeft() else 0
    at = widget.mapToGlobal(QPoint(left, widget.height() + 4))
    room = widget.screen().availableGeometry()
    x = max(room.left() + 8, min(at.x(), room.right() - size.width() - 8))
    y = at.y() if at.y() + size.height() <= room.bottom() else room.bottom() - size.height() - 8
    popup.move(x, max(room.top(), y))
    popup.show()


def _choice(text: str) -> QToolButton:
    button = named(QToolButton(), text)
    button.setText(text)
    button.setCheckable(True)
    button.setProperty("chip", True)
    button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
    return button
