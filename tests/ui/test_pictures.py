"""Every page is painted whole: light and dark, small and large. `--pictures DIR` keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QWidget

from nova_desktop.ui.look.palette import Theme
from tests.ui import looks
from tests.ui.stage import Stage
from tests.ui.walk import PAGES

SIZES = ((1280, 720), (2560, 1440))


def painted(root: QWidget) -> QImage:
    """A page once its layout has come to rest."""
    for _ in range(6):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()
    return root.grab().toImage()


def at_rest(root: QWidget, stage: Stage) -> list[str]:
    """What is wrong with its layout, and stays so: a part that comes late moves others."""
    for _ in range(40):
        found = [*looks.clipped(root), *looks.outside(root), *looks.overlapping(root)]
        if not found:
            break
        stage.qtbot.wait(50)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_painted_whole(name: str, stage: Stage, pictures: Path | None) -> None:
    root = PAGES[name].bring(stage)
    faults: list[str] = []
    for size in SIZES if isinstance(root.window(), QMainWindow) else (None,):
        if size:
            root.window().resize(*size)
        seen = {}
        for theme in (Theme.DARK, Theme.LIGHT):
            stage.window.set_theme(theme)
            seen[theme] = painted(root)
            where = f"{theme.value} {root.width()}×{root.height()}"
            if pictures:
                seen[theme].save(str(pictures / f"{name} {where}.png"))
            if looks.blank(seen[theme]):
                faults.append(f"{where}: nothing is painted")
        if seen[Theme.DARK] == seen[Theme.LIGHT]:
            faults.append(f"{size}: light is as dark")
        faults += [f"{where}: {fault}" for fault in at_rest(root, stage)]
    assert faults == []
