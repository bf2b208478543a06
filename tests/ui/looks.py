"""What can be computed of how a page looks and how it is reached: each fault one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QProgressBar,
    QRadioButton,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from nova_desktop.ui.look.labels import OneLine

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QLineEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
)
TOLD_ONLY = (QGroupBox, QProgressBar)  # have nothing to be done with
STEPS = 150  # of Tab; more is a circle


def parts(root: QWidget) -> Iterator[QWidget]:
    """Everything that is seen of a page, but for what Qt makes of its own inside a control."""
    for widget in (root, *root.findChildren(QWidget)):
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget, QScrollBar | QSplitterHandle | QHeaderView
        )
        if widget.isVisible() and widget.window() is root.window() and not inner:
            inside = (it for it in _above(widget, root) if isinstance(it, _WHOLE))
            if next(inside, None) is None:
                yield widget


_WHOLE = (
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QLineEdit,
    QTextEdit,
)  # with their insides


def _above(widget: QWidget, root: QWidget) -> Iterator[QWidget]:
    while widget is not root and (above := widget.parentWidget()) is not None:
        yield above
        widget = above


def says(widget: QWidget) -> str:
    """Which one it is, for whoever has to mend it."""
    text = getattr(widget, "text", lambda: "")() if not isinstance(widget, QMenu) else ""
    name = widget.accessibleName() or text or widget.objectName()
    kind, parent = type(widget).__name__, widget.parentWidget()
    return f"{kind} “{str(name)[:40]}” in {type(parent).__name__}"


def clipped(root: QWidget) -> Iterator[str]:
    """A text has less room than it needs; what elides by itself says so with a property."""
    for widget in parts(root):
        if isinstance(widget, OneLine) or widget.property("elides"):
            continue
        need = widget.sizeHint()
        if isinstance(widget, QLabel):
            if not widget.text():
                continue
            if widget.wordWrap():
                need = QSize(
                    widget.minimumSizeHint().width(), widget.heightForWidth(widget.width())
                )
        elif isinstance(widget, QComboBox):  # what it shows now, not its widest entry
            need.setWidth(widget.minimumSizeHint().width())
        elif isinstance(widget, QAbstractButton):
            # The padding around its text may give way, the text may not.
            need -= QSize(12 if widget.text() else 0, 0)
            need.setHeight(min(need.height(), widget.fontMetrics().height() + 4))
        else:
            continue
        if widget.width() + 1 < need.width() or widget.height() + 1 < need.height():
            yield f"{says(widget)} has {_size(widget)} and needs {need.width()}×{need.height()}"


def _size(widget: QWidget) -> str:
    return f"{widget.width()}×{widget.height()}"


def outside(root: QWidget) -> Iterator[str]:
    """A part reaches out of what it lies in, where nothing scrolls."""
    for widget in parts(root):
        parent = widget.parentWidget()
        if widget is root or parent is None:
            continue
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            # Down and up it scrolls; sideways it would have to say so.
            bar = area.horizontalScrollBar()
            if bar.maximum() > 0 and not bar.isVisible():
                yield f"{says(widget)} is {bar.maximum()} wider than can be seen"
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            here, there = _place(widget.geometry()), _place(parent.rect())
            yield f"{says(widget)} at {here} is outside {there}"


def overlapping(root: QWidget) -> Iterator[str]:
    """Two controls of one page lie on each other."""
    seen = [it for it in parts(root) if isinstance(it, (QLabel, QAbstractButton, QLineEdit))]
    places = [QRect(it.mapTo(root, QPoint()), it.size()) for it in seen]
    for at, one in enumerate(seen):
        for more in range(at + 1, len(seen)):
            other = seen[more]
            if one.parentWidget() is not other.parentWidget():
                continue
            common = places[at].intersected(places[more])
            if common.width() > 1 and common.height() > 1:
                yield f"{says(one)} and {says(other)} lie on each other"


def _place(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"


def blank(image: QImage) -> bool:
    """Whether next to nothing is painted: fewer than a few colours in what should be full."""
    small = image.scaled(160, 100)
    seen = {small.pixel(x, y) for x in range(0, 160, 2) for y in range(0, 100, 2)}
    return len(seen) < 4


def nameless(root: QWidget) -> Iterator[str]:
    """A control that a screen reader could only call a button, a list or a field."""
    for widget in parts(root):
        control = isinstance(widget, CONTROLS) or _takes_keys(widget)
        spoken = widget.accessibleName().strip()
        if isinstance(widget, QGroupBox):
            spoken = spoken or widget.title()
        elif isinstance(widget, QAbstractButton):
            # Qt says the text of a button that has one.
            spoken = spoken or widget.text()
        if control and not spoken:
            yield f"{says(widget)} has no accessible name"
        if isinstance(widget, QToolButton) and not widget.text() and not widget.toolTip():
            yield f"{says(widget)} is an icon without a tooltip"


def _takes_keys(widget: QWidget) -> bool:
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and not isinstance(widget, QMenuBar | QMenu)


def unreached(root: QWidget) -> Iterator[str]:
    """A control that Tab does not come to."""
    reached = set(tabbed(root))
    groups = {id(it.group()) for it in reached if isinstance(it, QAbstractButton) and it.group()}
    for widget in parts(root):
        if not isinstance(widget, CONTROLS) or isinstance(widget, TOLD_ONLY):
            continue
        if not widget.isEnabled() or widget in reached or widget.property("mouseOnly"):
            continue
        if isinstance(widget, QAbstractButton) and widget.group() and id(widget.group()) in groups:
            continue  # arrows go from one to the next
        if isinstance(widget, QRadioButton) and _one_of_several(widget, reached):
            continue
        if isinstance(widget, QTabBar) and widget.count() < 2:
            continue
        if any(it in reached for it in _above(widget, root)) or any(
            it in reached for it in widget.findChildren(QWidget)
        ):
            continue
        yield f"{says(widget)} is not reached by Tab"


def _one_of_several(widget: QRadioButton, reached: set[QWidget]) -> bool:
    parent = widget.parentWidget()
    return any(isinstance(it, QRadioButton) and it.parentWidget() is parent for it in reached)


def tabbed(root: QWidget) -> list[QWidget]:
    """What has the keyboard in turn, from where it is now, until it comes round."""
    window, order = root.window(), []
    if QApplication.focusWidget() is None:
        window.setFocus()
    for _ in range(STEPS):
        here = QApplication.focusWidget()
        if here is None or here.window() is not window:
            QTest.keyClick(window, Qt.Key.Key_Tab)
            here = QApplication.focusWidget()
        if here is None or here in order[:-1]:
            break
        if here not in order:  # a date has a stop for day, month and year
            order.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return order
