"""The window in a state that a page of the walk asks for, on a library full of things to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from nova_desktop.model import Modality, Preview, Source, Span, Unit
from nova_desktop.query import Answer, Facet, Facets, Hit, Why
from tests.ui.fake_library import FakeLibrary, folder, hits

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nova_desktop.ui.window import Window

LONG = "a name that somebody gave to a file without thinking of how wide anybody's screen is"
TEXT = "The space on a disk is what is left when everything else has been put on it. " * 30
PEAKS = tuple(abs((n * 37) % 100 - 50) / 50 for n in range(120))


def shades(number: int, width: int = 320, height: int = 240) -> bytes:
    """A picture that no other number has, as JPEG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    ramp = QLinearGradient(0, 0, width, height)
    ramp.setColorAt(0, QColor.fromHsv(number * 47 % 360, 110, 235))
    ramp.setColorAt(1, QColor.fromHsv((number * 47 + 60) % 360, 160, 90))
    with QPainter(image) as painter:
        painter.fillRect(image.rect(), ramp)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 80)
    return bytes(buffer.data().data())


@dataclass
class Stage:
    """Sets the library first, then `open`s the window on it."""

    qtbot: QtBot
    window: Window
    library: FakeLibrary
    clip: Path  # six seconds of film
    settings: Path  # a settings file that may be written
    place: Path  # a folder for files
    dialogs: list[QWidget] = field(default_factory=list)

    def until(self, true: Callable[[], object]) -> None:
        """Waits for what comes from another thread."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def open(self) -> None:
        """The library is there, its state is shown, and the keyboard is the window's."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.window.settings_file = self.settings
        with self.qtbot.waitSignal(self.window.link.status_known):
            self.window.open(lambda: self.library)

    def folders(self, number: int = 3, **counts: int) -> None:
        """So many watched folders."""
        counts = counts or {"indexed": 1204}
        names = ("Pictures", "Videos", "Documents", "Recordings", LONG)
        self.library.folders = [
            folder(self.place / (names[at] if at < len(names) else f"{LONG} {at}"), **counts)
            for at in range(number)
        ]

    def values(self, number: int = 40) -> None:
        """So many values for every filter."""
        counted = tuple(Facet(f"value {at}", 1000 - at) for at in range(number))
        self.library.facets_known = Facets(
            kinds=tuple(Facet(kind.value, 12) for kind in Modality),
            cameras=counted,
            tags=counted,
            ratings=(Facet("5", 3), Facet("3", 12)),
            places=counted,
            years=tuple(Facet(str(2026 - at), 100) for at in range(8)),
            folders=tuple(Facet(str(it.path), 12) for it in self.library.folders),
        )

    def search(self, found: tuple[Hit, ...], text: str = "disk space", note: str = "") -> None:
        """Types, and waits for the answer and its pictures."""
        self.library.answer = Answer(found, 0.02, note, len(found))
        with self.qtbot.waitSignal(self.window.search.answered):
            self.window.search_box.line.setText(text)
        self.until(lambda: self.window.found.thumbnails.settled(self.window.found.visible_hits()))

    def show(self, hit: Hit) -> QWidget:
        """Chooses one result, and waits for its preview."""
        self.search((hit,))
        with self.qtbot.waitSignal(self.window.preview.loaded):
            self.window.found.choose(0)
        return self.window

    def dialog(self, widget: QWidget | None) -> QWidget:
        """A dialog that was opened: in front."""
        assert widget is not None
        self.dialogs.append(widget)
        self.until(widget.isVisible)
        if widget.windowType() != Qt.WindowType.Popup:  # that takes the keyboard by itself
            widget.activateWindow()
            self.until(widget.isActiveWindow)
        return widget

    def settle(self) -> None:
        """Everything that waits has come: else a popup opened now is closed by it."""
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()

    def newest(self, kind: type[QWidget]) -> QWidget:
        """The window of this kind that was opened last."""
        self.until(lambda: self._newest(kind) is not None)
        return self.dialog(self._newest(kind))

    def _newest(self, kind: type[QWidget]) -> QWidget | None:
        shown = (it for it in QApplication.topLevelWidgets() if isinstance(it, kind))
        return next((it for it in shown if it.isVisible()), None)

    def of_each_kind(self, number: int = 40, long: bool = False) -> tuple[Hit, ...]:
        """Results of every kind, with pictures, waveforms and passages."""
        return tuple(self.result(tuple(Modality)[at % 5], at, long) for at in range(number))

    def result(self, kind: Modality, at: int = 0, long: bool = False) -> Hit:
        """One result of this kind."""
        endings = {
            Modality.IMAGE: ("photo.jpg", None, Preview(shades(at))),
            Modality.VIDEO: ("film.mp4", Span(Unit.SECONDS, 2, 4), Preview(shades(at))),
            Modality.AUDIO: ("voice.ogg", Span(Unit.SECONDS, 1, 3), Preview(peaks=PEAKS)),
            Modality.DOCUMENT: (
                "paper.pdf",
                Span(Unit.PAGE, 3, 3),
                Preview(shades(at, 210, 297), text=TEXT),
            ),
            Modality.TEXT: ("note.txt", Span(Unit.CHARACTERS, 0, 400), Preview(text=TEXT)),
        }
        name, span, preview = endings[kind]
        path = self.place / "Pictures" / f"{LONG + ' ' if long else ''}{at} {name}"
        if kind in (Modality.VIDEO, Modality.AUDIO):
            # Really there, so that a player can open it.
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                path.symlink_to(self.clip)
        self.library.previews[path] = preview
        (made,) = hits(
            path,
            modality=kind,
            span=span,
            duration_s=6.0 if kind in (Modality.VIDEO, Modality.AUDIO) else None,
            moments=(Span(Unit.SECONDS, 4, 5), Span(Unit.SECONDS, 5, 6))
            if kind is Modality.VIDEO
            else (),
            why=(Why(Source.SPEECH, "how much space is left on a disk"), Why(Source.NAME, name)),
            taken_s=1.6e9 + at * 86_400,
        )
        return made

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        """On whatever has the keyboard."""
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
