"""The page of shortcuts: every action with its keys, which can be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QKeySequenceEdit, QLabel, QPushButton, QWidget

from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.settings import keys
from nova_desktop.ui.settings.page import Page
from nova_desktop.ui.settings.row import LEAST

if TYPE_CHECKING:
    from nova_desktop.settings import Settings
    from nova_desktop.ui.menus import Menus

WIDE, HIGH = 220, 32  # pixels


class Shortcuts(Page):
    """Tells `chosen` of the setting `shortcuts`."""

    def __init__(self, menus: Menus) -> None:
        super().__init__(tr("Settings", "Shortcuts"))
        self._menus = menus
        self._kept: tuple[str, ...] = ()
        self.lines: dict[str, KeyRow] = {}
        top = wrapped(
            tr("Settings", "Press keys in a field to give them to an action."),
            muted=True,
            at_least=LEAST,
        )
        top.setContentsMargins(0, 0, 0, 8)
        self.add(top, tr("Settings", "keys"))
        for name, action in keys.editable(menus).items():
            self.later(partial(self._add_line, name, action))
        self.reset = QPushButton(tr("Settings", "All as they came"))
        self.reset.setAutoDefault(False)
        self.reset.setEnabled(False)
        self.reset.clicked.connect(lambda: self.chosen.emit("shortcuts", ()))
        self.later(lambda: self.add(self.reset, tr("Settings", "reset")))

    def _add_line(self, name: str, action: QAction) -> None:
        row = KeyRow(action)
        row.asked.connect(lambda held: self._ask(name, held))
        row.show_keys()
        self.lines[name] = row
        self.add(row, f"{keys.plain(action)} {name}")
        self.reset.setEnabled(self.reset.isEnabled() or row.changed())

    def show_settings(self, chosen: Settings) -> None:
        self._kept = chosen.shortcuts
        for row in self.lines.values():
            row.show_keys()
        self.reset.setEnabled(any(row.changed() for row in self.lines.values()))

    def _ask(self, name: str, held: str) -> None:
        """Takes the keys, unless another action has them."""
        now = {other: keys.keys_now(row.action) for other, row in self.lines.items()}
        taken = next((o for o, k in now.items() if k and k == held and o != name), None)
        if taken is not None:
            self.lines[name].refuse(
                tr(
                    "Settings",
                    "{keys} is “{action}” already. Change that first, or press others.",
                    keys=QKeySequence.fromString(held, keys.PORTABLE).toString(),
                    action=keys.plain(self.lines[taken].action),
                )
            )
            return
        now[name] = held
        self.chosen.emit("shortcuts", keys.written(self._menus, now, self._kept))


class KeyRow(QWidget):
    """An action, its keys, and the way back to those that it came with."""

    asked = Signal(str)

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.action = action
        name = keys.plain(action)
        self.says = QLabel(name)
        self.field = named(QKeySequenceEdit(), tr("Settings", "Keys of {name}", name=name))
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(WIDE)
        self.field.setFixedHeight(HIGH)
        self.says.setBuddy(self.field)
        self.back = named(
            QPushButton(tr("Settings", "Default")),
            tr("Settings", "Default of {name}", name=name),
        )
        self.back.setProperty("quiet", True)
        self.back.setAutoDefault(False)
        self.trouble = named(wrapped(at_least=LEAST), tr("Settings", "What can't be"))
        self.trouble.setProperty("warning", True)
        self.trouble.hide()
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # else the fields would not stand in one line
        self.back.setSizePolicy(kept)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.says, 0, 0)
        grid.addWidget(self.back, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.field, 0, 2)
        grid.addWidget(self.trouble, 1, 0, 1, 3)
        self.field.editingFinished.connect(self._finished)
        self.back.clicked.connect(lambda: self.asked.emit(keys.first_keys(action)))

    def show_keys(self) -> None:
        """Those that the action has now."""
        self.field.blockSignals(True)
        self.field.setKeySequence(self.action.shortcut())
        self.field.blockSignals(False)
        first = keys.first_keys(self.action)
        self.back.setVisible(self.changed())
        shown = QKeySequence.fromString(first, keys.PORTABLE).toString()
        self.back.setToolTip(
            tr("Settings", "Back to: {value}", value=shown or tr("Settings", "no keys"))
        )
        self.refuse("")

    def changed(self) -> bool:
        """Whether it has others than it came with."""
        return keys.keys_now(self.action) != keys.first_keys(self.action)

    def refuse(self, why: str) -> None:
        self.trouble.setText(why)
        self.trouble.setVisible(bool(why))
        if why:
            self.field.blockSignals(True)
            self.field.setKeySequence(self.action.shortcut())
            self.field.blockSignals(False)

    def _finished(self) -> None:
        held = self.field.keySequence().toString(keys.PORTABLE)
        if held != keys.keys_now(self.action):
            self.asked.emit(held)
