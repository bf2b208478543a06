"""Lets what was chosen take effect: in the window at once, in the library calmly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from nova_desktop.settings import Settings, conditions

if TYPE_CHECKING:
    from nova_desktop.errors import ExpectedError
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.settings.chosen import Chosen
    from nova_desktop.ui.tasks import Tasks

CALM_MS = 1500  # after the last change, before the library is opened again for it
CONDITIONS = frozenset(
    {
        *("cores", "cores_away", "memory_mb", "min_free_mb", "quiet_hours"),
        *("pause_on_battery", "pause_on_metered", "pause_full_screen"),
    }
)
OF_THE_WINDOW = frozenset(
    {
        *("keep_searches", "theme", "language", "text_size", "tile_size", "reduced_motion"),
        *("shortcuts", "tray", "notifications", "start_at_login"),
    }
)
OF_THE_LIBRARY = frozenset(f.name for f in fields(Settings)) - CONDITIONS - OF_THE_WINDOW


class Applying(QObject):
    """Between what is chosen and the library; what is the window's own listens to `chosen`."""

    opening = Signal()  # the library is opened again for what was chosen
    in_use = Signal()  # what was chosen counts now

    def __init__(
        self, chosen: Chosen, link: Link, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._chosen, self._link, self._tasks = chosen, link, tasks
        self._wanted = False  # the library is to be opened again
        self._reopening = False  # it is being
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._reopen)
        chosen.use(self._write)
        chosen.changed.connect(self._changed)
        link.opened.connect(lambda _: self._opened())

    def busy(self) -> bool:
        """Whether something that was chosen does not count yet."""
        return self._wanted or self._link.library is None

    def _write(self, write: Callable[[], None]) -> None:
        def done(_: None) -> None:
            self._chosen.saved.emit()

        self._tasks.start(("settings", object()), write, done, self._refused)

    def _refused(self, error: ExpectedError) -> None:
        self._chosen.refused.emit(error)

    def _changed(self, before: Settings, now: Settings) -> None:
        if self._chosen.known_elsewhere:
            return
        changed = {
            field.name
            for field in fields(Settings)
            if getattr(before, field.name) != getattr(now, field.name)
        }
        if changed & CONDITIONS and self._link.library is not None:
            wanted = conditions(now)
            self._link.do("conditions", lambda library: library.use_conditions(wanted))
        if changed & OF_THE_LIBRARY:
            self._wanted = True
            self._calm.start()
            self.opening.emit()
        elif not self.busy():
            self.in_use.emit()

    def _reopen(self) -> None:
        if self._wanted and self._link.library is not None:
            self._chosen.flush()  # the library's process reads the file
            self._wanted = False
            self._reopening = True
            self._link.reopen()

    def _opened(self) -> None:
        if self._wanted:
            self._calm.start()
        elif self._reopening:
            self._reopening = False
            self.in_use.emit()


def reduce_motion(on: bool) -> None:
    """Whether menus and lists move or fade by themselves."""
    for effect in (
        Qt.UIEffect.UI_AnimateMenu,
        Qt.UIEffect.UI_FadeMenu,
        Qt.UIEffect.UI_AnimateCombo,
        Qt.UIEffect.UI_AnimateTooltip,
        Qt.UIEffect.UI_FadeTooltip,
    ):
        QApplication.setEffectEnabled(effect, not on)
