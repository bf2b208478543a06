"""Starts the window: paints first, then opens the library, then whatever else takes long."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QTimer
from PySide6.QtWidgets import QApplication

from nova_desktop import settings
from nova_desktop.settings import Settings
from nova_desktop.ui.look import palette
from nova_desktop.ui.look.icons import app_icon
from nova_desktop.ui.manners import language
from nova_desktop.ui.manners.errand import Errand
from nova_desktop.ui.manners.instance import Instance
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
    errand: Errand | None = None,
    screenshot: Path | None = None,
    chosen: Settings | None = None,
    settings_file: Path | None = None,
) -> int:
    """Shows the window until it is closed; the answer is an exit code.

    Where the data folder has a window already, that one is raised and does the `errand`.
    `settings_file` is the one that is changed in the window, where it is not the usual one, and
    `chosen` what is in it. `connect` is called off the Qt thread, after the first paint. With
    `screenshot` the window waits for the results of the errand's query, saves a PNG of itself and
    closes; raises ExpectedError when there was nothing to wait for. Garbage is not collected
    before the first paint, which comes a fifteenth sooner for it.
    """
    gc.disable()
    QLoggingCategory.setFilterRules(QUIET)
    there = QApplication.instance()
    if isinstance(there, QApplication):
        app = there
    else:
        app = QApplication(["nova-desktop", *palette.STYLE])
        app.setProperty(palette.DRESSED, True)
    app.setApplicationName("Nova Desktop")
    app.setDesktopFileName("nova-desktop")
    errand, chosen = errand or Errand(), chosen or Settings()
    instance = Instance(settings.data_folder(), app)
    if not screenshot and not instance.first() and instance.hand_over(errand):
        return 0
    language.use(app, chosen.language)
    window = Window(settings.data_folder())
    window.settings_file = settings_file
    # Its dialogs may be closed while it is in the tray, which does not end the program.
    app.setQuitOnLastWindowClosed(False)
    window.closed.connect(app.quit)
    app.commitDataRequest.connect(window.quit)  # the session ends
    if errand.query:
        window.search_box.line.setText(errand.query)
    hooks: list[Crashes | Signals] = []
    window.painted.connect(lambda: hooks.extend(_after_first_paint(window, connect)))
    picture = None
    if screenshot:
        from nova_desktop.ui.screenshot import Screenshot

        picture = Screenshot(window, screenshot)
        window.resize(*SHOT_SIZE)
    else:
        window.painted.connect(lambda: _mind_the_desktop(window, instance, errand, chosen))
    if errand.hidden and not screenshot:
        window.begin()
    else:
        window.show()
    code = app.exec()
    instance.close()
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
    hooks = crashes, _ = Crashes(window), Signals(window.quit, window)
    window.link.heard.connect(crashes.hear)
    window.setWindowIcon(app_icon())
    window.open(connect)
    window.link.opened.connect(
        lambda: QTimer.singleShot(READY_MS, window, window.preview.load_player)
    )
    return hooks


def _mind_the_desktop(window: Window, instance: Instance, errand: Errand, chosen: Settings) -> None:
    from nova_desktop.ui.manners.doing import do
    from nova_desktop.ui.manners.manners import Manners

    manners = Manners(window, chosen, window.settings_file)
    window.manners = manners
    window.chosen.changed.connect(lambda _, now: manners.use(now))
    instance.asked.connect(manners.take)
    instance.listen()
    if errand.hidden:
        manners.begin_hidden()
    else:
        do(errand, window)
