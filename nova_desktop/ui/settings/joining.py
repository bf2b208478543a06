"""Joins the settings with the window: opens their dialog, and does at once what is the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.settings import keys
from nova_desktop.ui.settings.applying import Applying, reduce_motion

if TYPE_CHECKING:
    from nova_desktop.settings import Settings
    from nova_desktop.ui.settings.dialog import SettingsDialog
    from nova_desktop.ui.window import Window


class Joining(QObject):
    """From the first paint on."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: SettingsDialog | None = None  # once it was asked for
        self.applying = Applying(window.chosen, window.link, window.tasks, self)
        window.chosen.changed.connect(self._changed)
        window.link.opened.connect(lambda _: self._look_again())
        if window.chosen.now.reduced_motion:
            reduce_motion(True)

    def show(self) -> None:
        """The dialog, where it was left."""
        self._made().show_page()

    def show_models(self) -> None:
        """The dialog, on the models of this device."""
        dialog = self._made()
        dialog.show_page(dialog.shelf)

    def _made(self) -> SettingsDialog:
        """Made when it is first asked for, as nothing of it is seen before."""
        window = self._window
        if self.dialog is None:
            from nova_desktop.ui.settings.dialog import SettingsDialog

            self.dialog = SettingsDialog(window, self.applying)
            self.dialog.account_asked.connect(window.menus.sending.trigger)
            self.dialog.sent_asked.connect(self._show_sent)
            self.dialog.forget_asked.connect(window.completing.recents.forget)
            self.dialog.keeping.erased.connect(self._erased)
        return self.dialog

    def _look_again(self) -> None:
        # The dialog of Amazon Nova, and the command line, write the settings too.
        self._window.chosen.read_again()
        if error := self._window.chosen.trouble:
            self._window.verbs.tell(error)

    def _erased(self) -> None:
        self._window.search_box.clear()
        self._window.completing.recents.forget()

    def _show_sent(self) -> None:
        self._window.menus.sending.trigger()
        if sending := self._window.verbs.sending:
            sending.tabs.setCurrentWidget(sending.sent)

    def _changed(self, before: Settings, now: Settings) -> None:
        if (before.theme, before.text_size) != (now.theme, now.text_size):
            self._window.set_theme(Theme(now.theme))
        if before.shortcuts != now.shortcuts:
            keys.apply(self._window.menus, now.shortcuts)
        if before.reduced_motion != now.reduced_motion:
            reduce_motion(now.reduced_motion)
