"""Starts the window: paints first, then opens the library, then whatever else takes long."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QTimer
from PySide6.QtWidgets import QApplication

from nova_desktop import settings
from nova_desktop.ui.look.icons import app_icon
from nova_desktop.ui.window import Window

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.crash import Crashes
    from nova_desktop.ui.signals import Signals

SHOT_SIZE = (1280, 800)
# Qt tells the terminal of what its users can do nothing about: no audio server, no size hints.
# QT_LOGGING_RULES brings it back. Not a message handler in Python: a thread of the player that
# logs would wait for the interpreter, which waits for that thread in QMediaPlayer.stop().
QUIET = "qt.multimedia.*=false\ndefault.warning=false"
READY_MS = 600  # after the library is there, when nobody notices that the player is loaded


def run(
    connect: Callable[[], LibraryCalls],
    *,
    screenshot: Path | None = None,
    query: str = "",
    settings_file: Path | None = None,
) -> int:
    """Shows the window until it is closed; the answer is an exit code.

    `settings_file` is the one that is changed in the window, where it is not the usual one.
    `connect` is called off the Qt thread, after the first paint. With `screenshot` the window
    waits for the results of `query`, saves a PNG of itself and closes; raises ExpectedError when
    there was nothing to wait for. Garbage is not collected before the first paint, which comes
    a fifteenth sooner for it.
    """
    gc.disable()
    QLoggingCategory.setFilterRules(QUIET)
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(["nova-desktop"])
    app.setApplicationName("Nova Desktop")
    app.setDesktopFileName("nova-desktop")
    window = Window(settings.data_folder())
    window.settings_file = settings_file
    if query:
        window.search_box.line.setText(query)
    hooks: list[Crashes | Signals] = []
    window.painted.connect(lambda: hooks.extend(_after_first_paint(window, connect)))
    picture = None
    if screenshot:
        from nova_desktop.ui.screenshot import Screenshot

        picture = Screenshot(window, screenshot)
        window.resize(*SHOT_SIZE)
    window.show()
    code = app.exec()
    for hook in hooks:
        hook.close()
    window.shutdown()
    if picture:
        picture.check()
    return code


def _after_first_paint(
    window: Window, connect: Callable[[], LibraryCalls]
) -> tuple[Crashes, Signals]:
    from nova_desktop.ui.crash import Crashes
    from nova_desktop.ui.signals import Signals

    gc.enable()
    hooks = Crashes(window), Signals(window)
    window.setWindowIcon(app_icon())
    window.open(connect)
    window.link.opened.connect(
        lambda: QTimer.singleShot(READY_MS, window, window.preview.load_player)
    )
    return hooks
