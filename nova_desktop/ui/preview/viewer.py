"""The viewer: one result fills the window, and the keys go through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nova_desktop.query import Hit, Part, Query
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.alike import Alike
from nova_desktop.ui.preview.canvas import PAN, STEP, Canvas
from nova_desktop.ui.preview.keys import is_plain, step_of
from nova_desktop.ui.preview.stage import Stage
from nova_desktop.ui.preview.viewer_bars import FactsPanel, TopBar
from nova_desktop.ui.preview.zoombar import ZoomBar

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.tasks import Tasks

ARROWS = {
    Qt.Key.Key_Left: (-PAN, 0),
    Qt.Key.Key_Right: (PAN, 0),
    Qt.Key.Key_Up: (0, -PAN),
    Qt.Key.Key_Down: (0, PAN),
}


class Rows(Protocol):
    """The results that the viewer goes through, which may change while it is open."""

    def count(self) -> int:
        """How many there are."""

    def hit(self, row: int) -> Hit | None:
        """None for one that is not loaded yet."""

    def row_of(self, hit: Hit) -> int | None:
        """Where this file is now; None where that is not known, as not all is loaded."""

    def gone(self, hit: Hit) -> str:
        """Where this file went, if it was moved away, such as “in the trash”; else ""."""


class Viewer(QFrame):
    """Lies over the window, so that closing it leads back to the same place.

    `open` shows one of several results; J and K, or the arrows, go through them.
    """

    closed = Signal()
    stepped = Signal(object)  # Hit: another one is shown
    lacking = Signal(int)  # the row of a result that is to be loaded
    opened = Signal(object)  # Hit: in its own program
    revealed = Signal(object)  # Path
    similar = Signal(object)  # Part
    thrown = Signal(object)  # Hit: it is to be moved to the trash

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("viewer")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: Rows | None = None
        self._row = 0
        self._awaited: int | None = None  # a row that is shown once it is loaded
        self._hit: Hit | None = None
        self._query: Query | None = None
        self._before: QWidget | None = None  # what had the focus
        self._was_full_screen = False
        self.stage = Stage(tasks, full=True)
        canvas = self.stage.picture
        assert isinstance(canvas, Canvas)  # noqa: S101  # a full stage has one
        self.canvas = canvas
        self.bar = TopBar()
        self.zoom = ZoomBar(self.stage, canvas)
        self.panel = FactsPanel()
        self.like = Alike(self.stage, self.panel.alike)
        self._lay_out()
        self._connect()
        self.hide()
        window.installEventFilter(self)

    def use(self, library: LibraryCalls) -> None:
        """Where what is shown comes from."""
        self.stage.use(library)

    def hit(self) -> Hit | None:
        """What is shown; None while the viewer is closed."""
        return None if self.isHidden() else self._hit

    def open(self, rows: Rows, row: int, query: Query | None) -> None:
        """Shows the result at `row` of the answer to `query`."""
        hit = rows.hit(row)
        if hit is None:
            return
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self._was_full_screen = self.window().isFullScreen()
        self._rows, self._query = rows, query
        self._cover()
        self.show()
        self.raise_()
        self.setFocus()
        self._show(row, hit)

    def close_viewer(self) -> None:
        """Back to the results, as they were."""
        if self.isHidden():
            return
        self._leave_full_screen()
        self.stage.clear()
        self.hide()
        self._rows = self._hit = self._awaited = None
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()

    def step(self, by: int) -> bool:
        """The next result (1) or the one before (-1); False where there is none."""
        return self._go(self._row + by)

    def renew(self) -> None:
        """The results have changed: some were loaded, or moved, or thrown away."""
        rows, hit = self._rows, self._hit
        if rows is None or hit is None:
            return
        if self._awaited is not None and rows.hit(self._awaited):
            self._go(self._awaited)
        elif not rows.count():
            self.close_viewer()
        elif said := rows.gone(hit):
            name = self.bar.name.text()
            self.bar.say(tr("Viewer", "{name}: {said}. Ctrl+Z undoes it.", name=name, said=said))
            if not (self._go(self._row + 1) or self._go(self._row - 1)):
                self.close_viewer()
        elif (row := rows.row_of(hit)) is not None:
            self._row = row
            self.bar.show_place(row, rows.count())

    def toggle_full_screen(self) -> None:
        """The whole screen, or the window as it was."""
        if self.window().isFullScreen() and not self._was_full_screen:
            self.window().showNormal()
        else:
            self.window().showFullScreen()

    def toggle_facts(self) -> None:
        """Shows or hides what is known of the file."""
        self.panel.setVisible(self.panel.isHidden())
        self.bar.info.setChecked(not self.panel.isHidden())

    def end(self) -> None:
        """Returns when nothing plays or loads any more."""
        self.stage.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._cover()
        return False

    def event(self, event: QEvent) -> bool:
        # Before the menus of the window take a key that has a meaning here.
        if event.type() is QEvent.Type.ShortcutOverride and (
            is_plain(event) or (isinstance(event, QKeyEvent) and step_of(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  # Qt's name
        """Tab stays in the viewer: what is under it can't be seen."""
        inside = [
            child
            for child in self.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and child.isVisible()
            and child.isEnabled()
            and child.focusProxy() is None
        ]
        now = QApplication.focusWidget()
        ordered = [self, *sorted(inside, key=self._reading_order)]
        at = ordered.index(now) if now in ordered else 0
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        ordered[(at + (1 if next else -1)) % len(ordered)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing under the viewer is meant
        self.setFocus()

    def _press(self, event: QKeyEvent) -> bool:
        """Does what a key stands for; False for the keys of others."""
        key = Qt.Key(event.key())
        if key in ARROWS and is_plain(event) and self.canvas.can_pan():
            self.canvas.pan(*ARROWS[key])
        elif by := step_of(event):
            self.step(by)
        elif not is_plain(event):
            return False
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._up_or_down(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return self.stage.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Escape:
            self._step_back()
        elif key == Qt.Key.Key_Space:
            self.close_viewer()
        elif key in (Qt.Key.Key_F, Qt.Key.Key_F11):
            self.toggle_full_screen()
        elif key == Qt.Key.Key_Delete:
            self.thrown.emit(self.hit())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.hit())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self._rows.count() - 1 if self._rows else 0
            self._go(0 if key == Qt.Key.Key_Home else last)
        elif self.stage.key(event):
            return True
        elif key == Qt.Key.Key_S:
            self.like.ask()
        elif key == Qt.Key.Key_I:
            self.toggle_facts()
        else:
            return self._zoom(event.text())
        return True

    def _zoom(self, text: str) -> bool:
        match text:
            case "+" | "=":
                self.canvas.zoom_by(STEP)
            case "-":
                self.canvas.zoom_by(1 / STEP)
            case "0":
                self.canvas.fit()
            case "1":
                self.canvas.zoom_to(1.0)
            case _:
                return False
        return True

    def _up_or_down(self, by: int) -> None:
        if not self.stage.next_moment(by):
            self.stage.turn(by)

    def _step_back(self) -> None:
        if self.stage.clipping.can_leave():
            self.stage.clipping.leave()
        elif self.window().isFullScreen() and not self._was_full_screen:
            self._leave_full_screen()
        else:
            self.close_viewer()

    def _leave_full_screen(self) -> None:
        if self.window().isFullScreen() and not self._was_full_screen:
            self.window().showNormal()

    def _go(self, row: int) -> bool:
        """Shows the result at this row, once it is loaded; False where there is none."""
        rows = self._rows
        if rows is None or row == self._row or not 0 <= row < rows.count():
            return False
        hit = rows.hit(row)
        if hit is None:
            self._awaited = row
            self.lacking.emit(row)
        else:
            self._show(row, hit)
            self.stepped.emit(hit)
        return True

    def _show(self, row: int, hit: Hit) -> None:
        self._row, self._hit, self._awaited = row, hit, None
        self.bar.show_hit(hit)
        self.bar.show_place(row, self._rows.count() if self._rows else 1)
        self.panel.facts.show_hit(hit)
        self.stage.show_hit(hit, self._query)
        self.stage.expect(self._rows.hit(row + 1) if self._rows else None)
        self.panel.show_for(self.stage.plays())
        self.setAccessibleName(self.bar.name.text())
        self.zoom.refresh()

    def _reading_order(self, child: QWidget) -> tuple[int, int]:
        at = child.mapTo(self, QRect().topLeft())
        return at.y() // 8, at.x()

    def _cover(self) -> None:
        self.setGeometry(QRect(0, 0, self.window().width(), self.window().height()))

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """What is under the viewer was asked for by a menu or its keys: it wants to be seen."""
        if self.isHidden() or now is None or now is self or self.isAncestorOf(now):
            return
        if now.window() is self.window():
            self._before = None
            self.close_viewer()

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 12)
        inner.setSpacing(8)
        inner.addWidget(self.stage, 1)
        inner.addWidget(self.zoom)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(inner, 1)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)
        self.panel.hide()

    def _connect(self) -> None:
        bar, stage = self.bar, self.stage
        bar.back.clicked.connect(self.close_viewer)
        bar.before.clicked.connect(lambda: self.step(-1))
        bar.after.clicked.connect(lambda: self.step(1))
        bar.info.clicked.connect(self.toggle_facts)
        bar.whole.clicked.connect(self.toggle_full_screen)
        panel = self.panel
        panel.facts.moment_chosen.connect(stage.go)
        panel.open.clicked.connect(lambda: self.opened.emit(self.hit()))
        panel.reveal.clicked.connect(self._reveal)
        self.like.asked.connect(self._find_similar)
        panel.clip.clicked.connect(stage.ask_for_clip)
        stage.known.connect(panel.facts.show_details)
        stage.moved.connect(panel.facts.show_moment)
        stage.clip_revealed.connect(self.revealed)
        self.canvas.turned.connect(stage.turn)
        self.canvas.doubled.connect(self.toggle_full_screen)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # the stubs know a QCoreApplication only

    def _reveal(self) -> None:
        if hit := self.hit():
            self.revealed.emit(hit.path)

    def _find_similar(self, part: Part) -> None:
        self.close_viewer()
        self.similar.emit(part)
