"""What the window shows at its first paint; whatever takes longer to import comes after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.settings import settings_path
from nova_desktop.ui import wording
from nova_desktop.ui.folders.pane import FolderPane
from nova_desktop.ui.footer import Footer
from nova_desktop.ui.look import palette
from nova_desktop.ui.look.labels import OneLine
from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.menus import Menus
from nova_desktop.ui.preview.pane import PreviewPane
from nova_desktop.ui.remembered import Remembered
from nova_desktop.ui.results.controls import Controls
from nova_desktop.ui.search.box import SearchBox
from nova_desktop.ui.search.filters import FilterRow
from nova_desktop.ui.search.saved import SavedPane
from nova_desktop.ui.settings import keys
from nova_desktop.ui.settings.chosen import Chosen
from nova_desktop.ui.states import Message

EDGES = 48  # pixels beside and between filters, count and controls
ROOMY = 1000  # pixels: narrower, the count of results and the sizes of pictures have no room


class Frame(QMainWindow):
    """The window without what it does: it can be seen and typed in."""

    painted = Signal()  # once, when the window was first seen and `finish` has run
    closed = Signal()  # for good, not into the tray

    def __init__(self, data: Path) -> None:
        super().__init__()
        self.data = data
        self.settings_file: Path | None = None  # None: in the usual place
        self.chosen = Chosen(lambda: self.settings_file or settings_path(), self)
        self.setWindowTitle("Nova Desktop")
        self.remembered = Remembered(data)
        self._was_painted = False
        self._quitting = False
        self.stays: Callable[[], bool] = _never  # whether closing only hides; asked once a time
        self.theme = Theme(self.chosen.now.theme)
        palette.apply(self.theme, self.chosen.now.text_size)
        self._lay_out()
        self.menus = Menus(self)
        if self.chosen.now.shortcuts:
            keys.apply(self.menus, self.chosen.now.shortcuts)
        self.menus.preview.setChecked(self.remembered.shows_preview())
        self.menus.themes[self.theme].setChecked(True)
        self.preview.setVisible(self.menus.preview.isChecked())
        for action in (*self.menus.of_library(), *self.menus.of_result()):
            action.setEnabled(False)
        if not self.remembered.restore(self, self.splitter):
            self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize() * 0.9))
        self.search_box.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Now and for the next start."""
        self.chosen.change(theme=theme.value)
        self.theme = theme
        self.menus.themes[theme].setChecked(True)
        palette.apply(theme, self.chosen.now.text_size)

    def finish(self) -> None:
        """Builds the rest; called once, after the first paint."""

    def stop_playing(self) -> None:
        """Nothing is heard or moves any more."""
        self.preview.stop()

    def quit(self) -> None:
        """Closes it for good."""
        self._quitting = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remembered.keep(self, self.splitter, self.menus.preview.isChecked())
        self.stop_playing()
        if not self._quitting and self.stays():
            event.ignore()
            self.hide()
            return
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Filters come first where there is no room for all; Ctrl+plus and minus still work."""
        # The same whatever it says, or the filters beside it would move with each answer.
        longest = wording.counted(200_000, 0.0)
        self.count.setFixedWidth(self.count.fontMetrics().horizontalAdvance(longest))
        filters = self.filters.minimumSizeHint().width() + EDGES
        # Said, or the window could not be made narrower than what is hidden then.
        self.header.setMinimumWidth(filters + self.controls.needed_width(sizes=False))
        needed = filters + self.count.width() + self.controls.needed_width(sizes=True)
        roomy = self.width() >= max(ROOMY, needed)
        self.count.setVisible(roomy)
        self.controls.show_sizes(roomy)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.begin()

    def begin(self) -> None:
        """Has the rest built soon: at the first paint, or when the window starts hidden."""
        if not self._was_painted:
            self._was_painted = True
            # Its children are painted in the same round, so after it the whole window is seen.
            QTimer.singleShot(0, self, self._seen)

    def _seen(self) -> None:
        self.finish()
        self.painted.emit()

    def _lay_out(self) -> None:
        self.search_box = SearchBox()
        self.filters = FilterRow()
        self.kinds = self.filters.kinds
        self.mistake = OneLine()
        self.mistake.setProperty("warning", True)
        self.mistake.hide()
        self.count = OneLine(muted=True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # A line that is ignored by the layout is given no room beside one that stretches.
        self.count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.controls = Controls()
        self.filters.reshaped.connect(self._make_room)
        self.folders = FolderPane()
        self.saved = SavedPane()
        self.side = _frame("side")
        left = column(self.side, self.folders)
        left.setStretch(0, 1)
        left.addWidget(self.saved)
        self.preview = PreviewPane()
        self.footer = Footer()
        self.hint = Message("search")
        self.hint.say(
            tr("States", "What are you looking for?"),
            tr(
                "States",
                "Describe a picture, a scene, a sound or a passage. Or drop or paste a file "
                "to find what is like it.",
            ),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.hint)
        self.header = header = _frame("header")
        under = QHBoxLayout()
        under.addWidget(self.filters, 1)
        under.addWidget(self.count)
        under.addWidget(self.controls)
        head = column(header, self.search_box)
        head.setContentsMargins(16, 8, 16, 12)
        head.setSpacing(10)
        head.addWidget(self.mistake)
        head.addLayout(under)
        middle = _frame("middle")
        self.middle = column(middle, self.pages)
        self.splitter = QSplitter(childrenCollapsible=False, handleWidth=1)
        for part, stretch in ((self.side, 0), (middle, 1), (self.preview, 0)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([220, 720, 350])
        body = QWidget()
        whole = column(body, header)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.footer)
        self.setCentralWidget(body)


def column(widget: QWidget, first: QWidget) -> QVBoxLayout:
    """A column in `widget` without margins, that begins with `first`."""
    made = QVBoxLayout(widget)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    made.addWidget(first)
    return made


def _frame(name: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName(name)
    return frame


def _never() -> bool:
    """Without a tray closing ends the program."""
    return False
