"""Does in the window what a start of the program was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from nova_desktop.query import Part
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr, trn

if TYPE_CHECKING:
    from nova_desktop.ui.manners.errand import Errand
    from nova_desktop.ui.window import Window

MOST_NAMED = 8  # folders in a question


def do(errand: Errand, window: Window) -> None:
    """Searches by its files and words; offers to add its folders."""
    if errand.files or errand.query:
        window.search_box.clear()
        window.search_box.line.setText(" ".join(errand.query.split()))
        window.search_box.add(*(Part(path=Path(path)) for path in errand.files))
    if errand.folders:
        _offer(tuple(map(Path, errand.folders)), window)


def _offer(folders: tuple[Path, ...], window: Window) -> None:
    names = "\n".join(wording.shown(str(path)) for path in folders[:MOST_NAMED])
    rest = len(folders) - MOST_NAMED
    if rest > 0:
        names += "\n" + trn("Folders", "… and {n} more folder(s)", None, rest)
    n = len(folders)
    question = QMessageBox(
        QMessageBox.Icon.Question,
        tr("Folders", "Add folders"),
        trn("Folders", "Add {n} folder(s) to the library?", None, n),
        parent=window,
    )
    question.setInformativeText(names)
    add = question.addButton(tr("Folders", "Add"), QMessageBox.ButtonRole.AcceptRole)
    question.addButton(QMessageBox.StandardButton.Cancel)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for path in folders:
        add.clicked.connect(lambda _=False, path=path: window.verbs.add_folder(path))
    question.open()
