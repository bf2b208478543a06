"""What a setting is chosen with: one control a kind of field, all alike to those who use them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from nova_desktop.errors import BadInput
from nova_desktop.settings import minutes_of
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.settings.fields import Field, Hours, Line, Lines, Number, Pick, Switch

WIDE, HIGH = 240, 32  # pixels
NIGHT = (22 * 60, 7 * 60)  # what quiet hours begin with, in minutes of the day


class Control(QObject):
    """Shows a value, and tells another one that the user has finished choosing."""

    chosen = Signal(object)

    def __init__(self, widget: QWidget, focus: QWidget | None = None) -> None:
        super().__init__(widget)
        self.widget = widget
        self.focus = focus or widget

    def show_value(self, value: object) -> None:
        """Without telling it."""
        raise NotImplementedError


class Calm(QObject):
    """Lets the wheel scroll the page, not change a number that it happens to pass over."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        focused = isinstance(watched, QWidget) and watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and not focused:
            event.ignore()
            return True
        return False


def control_of(field: Field) -> Control:
    """The control for a field, with its name for screen readers."""
    makers: dict[type[Field], Callable[[Field, str], Control]] = {
        Switch: _Switched,
        Number: _Numbered,
        Pick: _Picked,
        Line: _Lined,
        Lines: _Listed,
        Hours: _Timed,
    }
    return makers[type(field)](field, tr(*field.says))


class _Switched(Control):
    def __init__(self, field: Field, name: str) -> None:
        self.box = named(QCheckBox(), name)
        super().__init__(self.box)
        self.box.toggled.connect(lambda on: self.chosen.emit(on))

    def show_value(self, value: object) -> None:
        _quietly(self.box, lambda: self.box.setChecked(bool(value)))


class _Numbered(Control):
    def __init__(self, field: Field, name: str) -> None:
        assert isinstance(field, Number)  # noqa: S101  # for the checker of types
        whole = float(field.step).is_integer() and not field.name.endswith(("_usd", "_s"))
        made: QSpinBox | QDoubleSpinBox = QSpinBox() if whole else QDoubleSpinBox()
        self.box = named(made, name)
        super().__init__(self.box)
        self.box.setRange(field.least, field.most)  # type: ignore[arg-type]  # int for the one
        self.box.setSingleStep(field.step)  # type: ignore[arg-type]  # as well
        unit = tr(*field.unit) if field.unit[1] else ""
        if unit == "$":
            self.box.setPrefix(unit)
        else:
            self.box.setSuffix(unit)
            if isinstance(self.box, QDoubleSpinBox):
                self.box.setDecimals(1)
        if field.least_says[1]:
            self.box.setSpecialValueText(tr(*field.least_says))
        self.box.setKeyboardTracking(False)  # a number that is being typed is not chosen yet
        _sized(self.box)
        self._number = int if whole else float
        self.box.valueChanged.connect(self._tell)

    def _tell(self, value: float) -> None:
        self.chosen.emit(self._number(value))

    def show_value(self, value: object) -> None:
        assert isinstance(value, int | float)  # noqa: S101  # for the checker of types
        _quietly(self.box, lambda: self.box.setValue(value))  # type: ignore[arg-type]  # as above


class _Picked(Control):
    def __init__(self, field: Field, name: str) -> None:
        assert isinstance(field, Pick)  # noqa: S101  # for the checker of types
        self.box = named(QComboBox(), name)
        super().__init__(self.box)
        for value, says in field.options:
            self.box.addItem(tr(*says) if says[0] else says[1], value)
        _sized(self.box)
        self.box.currentIndexChanged.connect(lambda at: self.chosen.emit(self.box.itemData(at)))

    def show_value(self, value: object) -> None:
        _quietly(self.box, lambda: self.box.setCurrentIndex(max(0, self.box.findData(value))))


class _Lined(Control):
    def __init__(self, field: Field, name: str) -> None:
        assert isinstance(field, Line)  # noqa: S101  # for the checker of types
        self.line = named(QLineEdit(), name)
        self.line.setProperty("field", True)
        self.line.setTextMargins(6, 0, 6, 0)
        if field.hint[1]:
            self.line.setPlaceholderText(tr(*field.hint))
        _sized(self.line)
        self._shown = ""
        if not field.is_file:
            super().__init__(self.line)
        else:
            both = QWidget()
            row = _row(both)
            self.line.setFixedWidth(WIDE - HIGH - 8)
            row.addWidget(self.line)
            push = named(QPushButton("…"), tr("Settings", "Choose a file: {name}", name=name))
            push.setToolTip(tr("Settings", "Choose a file"))
            push.setFixedSize(HIGH, HIGH)
            push.clicked.connect(self._ask)
            row.addWidget(push)
            super().__init__(both, self.line)
        self.line.editingFinished.connect(self._finished)

    def _finished(self) -> None:
        if self.line.text().strip() != self._shown:
            self._shown = self.line.text().strip()
            self.chosen.emit(self._shown)

    def _ask(self) -> None:
        dialog = QFileDialog(self.line.window(), self.line.accessibleName())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._picked)
        dialog.open()

    def _picked(self, path: str) -> None:
        self.line.setText(path)
        self._finished()

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        self.line.setText(self._shown)


class _Listed(Control):
    def __init__(self, field: Field, name: str) -> None:
        self.text = named(_Typed(), name)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(84)
        self.text.setFixedWidth(WIDE)
        super().__init__(self.text)
        self._shown: tuple[str, ...] = ()
        self.text.left.connect(self._finished)

    def _finished(self) -> None:
        lines = tuple(filter(None, map(str.strip, self.text.toPlainText().splitlines())))
        if lines != self._shown:
            self._shown = lines
            self.chosen.emit(lines)

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)  # noqa: S101  # for the checker of types
        if value != self._shown or not self.text.hasFocus():
            self._shown = value
            self.text.setPlainText("\n".join(value))


class _Typed(QPlainTextEdit):
    """A field of some lines that tells when it is left."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("field", True)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]  # whatever Qt gave
        self.left.emit()


class _Timed(Control):
    def __init__(self, field: Field, name: str) -> None:
        whole = QWidget()
        row = _row(whole)
        self.on = named(QCheckBox(), name)
        self.start = named(QTimeEdit(), tr("Settings", "{name}: from", name=name))
        self.stop = named(QTimeEdit(), tr("Settings", "{name}: until", name=name))
        row.addWidget(self.on)
        row.addWidget(self.start)
        row.addWidget(QLabel(tr("Settings", "to")))
        row.addWidget(self.stop)
        super().__init__(whole, self.on)
        for time in (self.start, self.stop):
            time.setDisplayFormat("HH:mm")
            time.setFixedHeight(HIGH)
            time.setKeyboardTracking(False)
            time.timeChanged.connect(self._tell)
        self.on.toggled.connect(self._tell)
        self.show_value("")

    def _tell(self) -> None:
        self._enable()
        start, stop = (time.time().toString("HH:mm") for time in (self.start, self.stop))
        self.chosen.emit(f"{start}-{stop}" if self.on.isChecked() else "")

    def _enable(self) -> None:
        for time in (self.start, self.stop):
            time.setEnabled(self.on.isChecked())

    def show_value(self, value: object) -> None:
        try:
            start, stop = minutes_of(str(value)) if value else NIGHT
        except BadInput:
            return  # what is being chosen; the sentence beside it says why it can't be
        if not value and not self.on.isChecked() and self.start.time() != QTime(0, 0):
            return  # the hours of before, should it be turned on again
        _quietly(self.on, lambda: self.on.setChecked(bool(value)))
        for box, minute in ((self.start, start), (self.stop, stop)):
            _quietly(box, partial(box.setTime, QTime(minute // 60, minute % 60)))
        self._enable()


def _quietly(widget: QWidget, change: Callable[[], object]) -> None:
    widget.blockSignals(True)
    change()
    widget.blockSignals(False)


def _sized(widget: QWidget) -> None:
    widget.setFixedWidth(WIDE)
    widget.setFixedHeight(HIGH)


def _row(whole: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row
