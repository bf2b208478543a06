"""The menus and their shortcuts."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.look.words import Said, noop, tr
from nova_desktop.ui.results.actions import ResultActions, ShowActions

THEMES = Said(
    {
        Theme.SYSTEM: noop("Menus", "As the system"),
        Theme.LIGHT: noop("Menus", "Light"),
        Theme.DARK: noop("Menus", "Dark"),
    }
)


class Menus:
    """Every action of the window, each in its menu; the window connects them."""

    def __init__(self, window: QMainWindow) -> None:
        bar = window.menuBar()
        bar.setAccessibleName(tr("Menus", "Menu"))
        library = bar.addMenu(tr("Menus", "&Library"))
        self.add_folder = _action(library, tr("Menus", "&Add a folder…"), "Ctrl+O")
        self.rescan = _action(library, tr("Menus", "&Look for changes"), "F5")
        self.pause = _action(library, tr("Menus", "&Pause indexing"))
        self.library = _action(library, tr("Menus", "Fo&lders and rules…"), "Ctrl+L")
        self.activity = _action(library, tr("Menus", "A&ctivity…"))
        self.failures = _action(library, tr("Menus", "&Files that failed…"))
        self.duplicates = _action(library, tr("Menus", "&Duplicates…"), "Ctrl+Shift+U")
        self.labels = _action(library, tr("Menus", "Labels and &groups…"), "Ctrl+Shift+L")
        self.start = _action(library, tr("Menus", "First s&teps…"))
        self.sending = _action(library, tr("Menus", "Amazon &Nova…"), "Ctrl+Shift+N")
        self.sharing = _action(library, tr("Menus", "S&hared library…"))
        library.addSeparator()
        self.settings = _action(library, tr("Menus", "Se&ttings…"), "Ctrl+,")
        library.addSeparator()
        self.quit = _action(library, tr("Menus", "&Quit"), "Ctrl+Q")
        edit = bar.addMenu(tr("Menus", "&Search"))
        self.find = _action(edit, tr("Menus", "&Search…"), "Ctrl+F")
        # The search box pastes by itself; this is for the rest of the window.
        self.paste = _action(edit, tr("Menus", "Search by what was &copied"), "Ctrl+V")
        self.clear = _action(edit, _hinted(tr("Menus", "C&lear the search"), "Esc"))
        self.save_search = _action(edit, tr("Menus", "Sa&ve this search…"), "Ctrl+D")
        self.results = ResultActions(bar.addMenu(tr("Menus", "&Result")))
        view = bar.addMenu(tr("Menus", "&View"))
        self.showing = ShowActions(view)
        self.preview = _action(view, tr("Menus", "&Preview"), "Ctrl+I")
        self.preview.setCheckable(True)
        view.addSeparator()
        self.themes: dict[Theme, QAction] = {}
        group = QActionGroup(window)
        for theme, name in THEMES.items():
            self.themes[theme] = action = _action(view, name)
            action.setCheckable(True)
            group.addAction(action)
        help_menu = bar.addMenu(tr("Menus", "&Help"))
        self.engine = _action(help_menu, tr("Menus", "About the search &engine"))
        self.about = _action(help_menu, tr("Menus", "&About Nova Desktop"))

    def of_result(self) -> tuple[QAction, ...]:
        """Those that need a chosen result."""
        return self.results.of_result()

    def of_library(self) -> tuple[QAction, ...]:
        """Those that need the library."""
        return (
            *(self.rescan, self.pause, self.library, self.activity, self.failures, self.duplicates),
            self.labels,
            *(self.start, self.sending, self.sharing, self.engine),
        )


def _action(menu: QMenu, text: str, keys: str = "") -> QAction:
    action = menu.addAction(text)
    if keys:
        action.setShortcut(QKeySequence(keys))
    return action


def _hinted(text: str, key: str) -> str:
    """With a key that the part of the window with the focus takes: it is no shortcut."""
    return f"{text}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}"
