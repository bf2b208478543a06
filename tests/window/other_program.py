"""Another program on the same screen: copies, pastes, is dragged from and dropped on.

python other_program.py: one JSON command a line on stdin, one JSON answer a line on stdout.
["copy", {"files": […]} or {"text": …} or {"picture": …}], ["paste"], ["carry", file], ["dropped"].
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

PLACE = (1250, 700, 140, 140)  # x, y, width, height on the screen


def told(mime: QMimeData) -> dict[str, Any]:
    """What stands in it, for JSON."""
    return {
        "files": [url.toLocalFile() for url in mime.urls()],
        "text": mime.text(),
        "formats": mime.formats(),
    }


class Other(QWidget):
    """Its whole area is dragged from and dropped on."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Another program")
        # Without the window manager, which would give it the keyboard.
        self.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setStyleSheet("background: #ff00ff")
        self.setGeometry(*PLACE)
        self.setAcceptDrops(True)
        self.carried = ""
        self.got: dict[str, Any] | None = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.carried:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self.carried)])
        self.carried = ""
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.got = told(event.mimeData())
        event.acceptProposedAction()

    def obey(self, command: str, *words: Any) -> object:
        """Does what was asked; the answer."""
        match command:
            case "copy":
                QGuiApplication.clipboard().setMimeData(copied(**words[0]))
            case "paste":
                return told(QGuiApplication.clipboard().mimeData())
            case "carry":
                self.carried = words[0]
            case "dropped":
                return self.got
        return True


def copied(files: list[str] | None = None, text: str = "", picture: str = "") -> QMimeData:
    mime = QMimeData()
    if files:
        mime.setUrls([QUrl.fromLocalFile(file) for file in files])
    elif picture:
        mime.setImageData(QImage(str(Path(picture))))
    else:
        mime.setText(text)
    return mime


class Line(QObject):
    """Commands come on a thread of their own, and are obeyed on Qt's."""

    came = Signal(str)
    ended = Signal()

    def read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line)
        self.ended.emit()


def main() -> None:
    app = QApplication([])
    other, line = Other(), Line()
    other.show()
    line.came.connect(
        lambda text: print(json.dumps(other.obey(*json.loads(text))), flush=True)  # noqa: T201  its answer
    )
    line.ended.connect(app.quit)
    threading.Thread(target=line.read, daemon=True).start()
    app.exec()


if __name__ == "__main__":
    main()
