"""The menu of results, and what the View menu says of how they are shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from nova_desktop.kinds import Unit
from nova_desktop.ui.look.words import tr


class ResultActions:
    """Everything that can be done with what is chosen; also the context menu."""

    def __init__(self, menu: QMenu) -> None:
        self.menu = menu
        menu.setToolTipsVisible(True)
        self.open = _action(menu, tr("Results", "&Open") + "\tEnter")
        self.programs = menu.addMenu(tr("Results", "Open &with"))
        # macOS and Windows know which by themselves, and do not tell.
        self.programs.menuAction().setVisible(sys.platform not in ("darwin", "win32"))
        self.view = _action(menu, tr("Results", "&View") + "\tSpace")
        self.reveal = _action(menu, tr("Results", "&Show in folder"), "Ctrl+Shift+R")
        menu.addSeparator()
        self.similar = _action(menu, tr("Results", "Find si&milar"), "Ctrl+M")
        self.like_part = _action(menu, "", "Ctrl+Shift+M")
        self.say_part(None)
        self.search_with = _action(menu, tr("Results", "Sea&rch with this, too"))
        menu.addSeparator()
        self.copy = _action(menu, tr("Results", "&Copy"), "Ctrl+C")
        self.copy_path = _action(menu, tr("Results", "Copy &path"), "Ctrl+Shift+C")
        self.select_all = _action(menu, tr("Results", "Select &all"), "Ctrl+A")
        menu.addSeparator()
        self.play = _action(menu, tr("Results", "P&lay or pause"), "Ctrl+P")
        menu.addSeparator()
        self.leave_out = _action(menu, tr("Results", "Leave ou&t of the library"))
        self.leave_out_folder = _action(menu, tr("Results", "Leave its &folder out of the library"))
        self.trash = _action(menu, tr("Results", "Move to the trash"), "Del")
        menu.addSeparator()
        self.undo = _action(menu, tr("Results", "&Undo"), "Ctrl+Z")
        self.undo.setEnabled(False)

    def use_in(self, page: QWidget) -> None:
        """Keys that mean something else elsewhere count on this page alone: Delete above all."""
        for action in (self.select_all, self.trash):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            page.addAction(action)

    def say_part(self, unit: Unit | None) -> None:
        """Which parts the chosen results are shown by; None: all of them are files as a whole."""
        text = {
            Unit.PAGE: tr("Results", "Find similar to this pa&ge"),
            Unit.CHARACTERS: tr("Results", "Find similar to this passa&ge"),
        }.get(unit or Unit.SECONDS, tr("Results", "Find similar to this mome&nt"))
        self.like_part.setText(text)
        self.like_part.setEnabled(unit is not None)

    def say_programs(self, there_are: bool) -> None:
        """After the programs of the chosen file were put into their menu, or none was."""
        if not there_are:
            none = self.programs.addAction(tr("Results", "No other program is known"))
            none.setEnabled(False)

    def of_result(self) -> tuple[QAction, ...]:
        """Those that need a chosen result."""
        return (
            *(self.open, self.view, self.reveal, self.similar, self.search_with),
            *(self.copy, self.copy_path, self.leave_out, self.leave_out_folder, self.trash),
        )

    def of_file(self) -> tuple[QAction, ...]:
        """Those that need one that is there, not offline."""
        return self.open, self.copy, self.trash


class ShowActions:
    """As a grid or a list, how large, and in which order."""

    def __init__(self, menu: QMenu) -> None:
        self.grid = _action(menu, tr("Results", "&Grid"), "Ctrl+1")
        self.list = _action(menu, tr("Results", "&List"), "Ctrl+2")
        group = QActionGroup(menu)
        for action in (self.grid, self.list):
            action.setCheckable(True)
            group.addAction(action)
        self.larger = _action(menu, tr("Results", "&Larger pictures"), "Ctrl++", "Ctrl+=")
        self.smaller = _action(menu, tr("Results", "&Smaller pictures"), "Ctrl+-")
        menu.addSeparator()
        self.unfold = _action(menu, tr("Results", "&Near-duplicates one by one"))
        self.unfold.setCheckable(True)
        menu.addSeparator()


def _action(menu: QMenu, text: str, *keys: str) -> QAction:
    action = menu.addAction(text)
    action.setShortcuts([QKeySequence(key) for key in keys])
    return action


def enable(actions: Iterable[QAction], on: bool) -> None:
    """All of them."""
    for action in actions:
        action.setEnabled(on)
