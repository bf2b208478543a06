"""At the end of the row of filters: the order of results, grid or list, and how large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nova_desktop.kinds import Sort
from nova_desktop.ui.look.icons import IconButton, icon
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.words import noop, tr

SORTS = {
    Sort.RELEVANCE: noop("Results", "Best first"),
    Sort.NEWEST: noop("Results", "Newest first"),
    Sort.OLDEST: noop("Results", "Oldest first"),
    Sort.NAME: noop("Results", "By name"),
}

GAP = 4  # points between buttons


class Controls(QWidget):
    """What is pressed here is told; what is so is said by the window."""

    sort_chosen = Signal(object)  # Sort
    list_chosen = Signal(bool)  # a list; else a grid
    zoomed = Signal(int)  # 1 for larger tiles, -1 for smaller ones

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sort_button = named(QToolButton(), tr("Results", "Order of the results"))
        self.sort_button.setToolTip(tr("Results", "Order of the results"))
        self.sort_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sort_button.setProperty("chip", True)
        self.sort_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sort_button.setIconSize(QSize(14, 14))
        menu = QMenu(self.sort_button)
        group = QActionGroup(menu)
        self.sorts: dict[Sort, QAction] = {}
        for sort, text in SORTS.items():
            self.sorts[sort] = action = menu.addAction(tr(*text))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, sort=sort: self.sort_chosen.emit(sort))
        self.sort_button.setMenu(menu)
        self.smaller = IconButton("smaller", tr("Results", "Smaller pictures (Ctrl+minus)"))
        self.larger = IconButton("larger", tr("Results", "Larger pictures (Ctrl+plus)"))
        self.grid = IconButton("all", tr("Results", "Show as a grid (Ctrl+1)"))
        self.list = IconButton("list", tr("Results", "Show as a list (Ctrl+2)"))
        for button in (self.grid, self.list):
            button.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for one in (self.sort_button, self.smaller, self.larger, self.grid, self.list):
            row.addWidget(one)
        self.smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        self.larger.clicked.connect(lambda: self.zoomed.emit(1))
        self.grid.clicked.connect(lambda: self.list_chosen.emit(False))
        self.list.clicked.connect(lambda: self.list_chosen.emit(True))
        self.show_sort(Sort.RELEVANCE, browsing=False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange):
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def show_sort(self, sort: Sort, browsing: bool) -> None:
        """The order of what is shown; while browsing nothing is better than another."""
        self.sorts[Sort.RELEVANCE].setVisible(not browsing)
        shown = Sort.NEWEST if browsing and sort is Sort.RELEVANCE else sort
        self.sorts[shown].setChecked(True)
        self.sort_button.setText(tr(*SORTS[shown]))

    def show_as(self, a_list: bool, smaller: bool, larger: bool) -> None:
        """What is shown, and how it may change."""
        self.grid.setChecked(not a_list)
        self.list.setChecked(a_list)
        self.smaller.setEnabled(smaller)
        self.larger.setEnabled(larger)

    def show_sizes(self, on: bool) -> None:
        """Whether there is room for the buttons of sizes."""
        self.smaller.setVisible(on)
        self.larger.setVisible(on)

    def needed_width(self, sizes: bool) -> int:
        """Points that they need, with the buttons of sizes or without."""
        parts: list[QWidget] = [self.sort_button, self.grid, self.list]
        parts += [self.smaller, self.larger] if sizes else []
        return sum(part.sizeHint().width() for part in parts) + GAP * (len(parts) - 1)

    def _draw(self) -> None:
        """The arrow is after the text, as the chips of the filters have it."""
        direction = Qt.LayoutDirection
        after = direction.LeftToRight if self.isRightToLeft() else direction.RightToLeft
        self.sort_button.setLayoutDirection(after)
        self.sort_button.setIcon(icon("down", self.sort_button))
