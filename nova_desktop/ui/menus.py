"""The menus and their shortcuts."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.results.actions import ResultActions, ShowActions

THEMES = {Theme.SYSTEM: "As the system", Theme.LIGHT: "Light", Theme.DARK: "Dark"}


class Menus:
    """Every action of the window, each in its menu; the window connects them."""

    def __init__(self, window: QMainWindow) -> None:
        bar = window.menuBar()
        bar.setAccessibleName("Menu")
        library = bar.addMenu("&Library")
        self.add_folder = _action(library, "&Add a folder…", "Ctrl+O")
        self.rescan = _action(library, "&Look for changes", "F5")
        self.pause = _action(library, "&Pause indexing")
        self.failures = _action(library, "&Files that failed…")
        self.sending = _action(library, "Amazon &Nova…", "Ctrl+Shift+N")
        library.addSeparator()
        self.settings = _action(library, tr("Menu", "Se&ttings…"), "Ctrl+,")
        library.addSeparator()
        self.quit = _action(library, "&Quit", "Ctrl+Q")
        edit = bar.addMenu("&Search")
        self.find = _action(edit, "&Search…", "Ctrl+F")
        # The search box pastes by itself; this is for the rest of the window.
        self.paste = _action(edit, "Search by what was &copied", "Ctrl+V")
        self.clear = _action(edit, "C&lear the search\tEsc")
        self.save_search = _action(edit, "Sa&ve this search…", "Ctrl+D")
        self.results = ResultActions(bar.addMenu(tr("Menus", "&Result")))
        view = bar.addMenu("&View")
        self.showing = ShowActions(view)
        self.preview = _action(view, "&Preview", "Ctrl+I")
        self.preview.setCheckable(True)
        view.addSeparator()
        self.themes: dict[Theme, QAction] = {}
        group = QActionGroup(window)
        for theme, name in THEMES.items():
            self.themes[theme] = action = _action(view, name)
            action.setCheckable(True)
            group.addAction(action)
        help_menu = bar.addMenu("&Help")
        self.engine = _action(help_menu, "About the search &engine")
        self.about = _action(help_menu, "&About Nova Desktop")

    def of_result(self) -> tuple[QAction, ...]:
        """Those that need a chosen result."""
        return self.results.of_result()

    def of_library(self) -> tuple[QAction, ...]:
        """Those that need the library."""
        return self.rescan, self.pause, self.failures, self.sending, self.engine


def _action(menu: QMenu, text: str, keys: str = "") -> QAction:
    action = menu.addAction(text)
    if keys:
        action.setShortcut(QKeySequence(keys))
    return action
