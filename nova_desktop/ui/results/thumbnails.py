"""Previews of the visible results only, loaded off the Qt thread into a bounded cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from nova_desktop.calls import LibraryCalls
from nova_desktop.errors import ExpectedError
from nova_desktop.model import Modality, Span
from nova_desktop.query import Hit
from nova_desktop.ui.look.decoding import decoded
from nova_desktop.ui.tasks import Tasks

Key: TypeAlias = tuple[Path, str, Span | None]
SIZE = QSize(296, 222)  # points of a picture in the cache; tiles are drawn at about this size
LARGE = QSize(432, 324)  # for large tiles
CACHE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """What is drawn for one result; all empty where there is nothing to show."""

    picture: QPixmap | None = None
    peaks: tuple[float, ...] = ()
    text: str = ""

    @property
    def bytes(self) -> int:
        """About what it costs to keep."""
        picture = self.picture.width() * self.picture.height() * 4 if self.picture else 0
        return picture + 8 * len(self.peaks) + 4 * len(self.text) + 100


@dataclass(frozen=True, slots=True)
class _Loaded:
    image: QImage | None
    peaks: tuple[float, ...]
    text: str


def key_of(hit: Hit) -> Key:
    """What a thumbnail is kept under: it changes with the file's content and the moment."""
    return hit.path, hit.content, hit.span


def cover(image: QImage, size: QSize, top: bool) -> QImage:
    """The largest part of `image` with the shape of `size`, scaled to it: its middle or its top."""
    scaled = image.scaled(
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    x = (scaled.width() - size.width()) // 2
    y = 0 if top else (scaled.height() - size.height()) // 2
    return scaled.copy(x, y, size.width(), size.height())


class Thumbnails(QObject):
    """Ask `get` while painting and say what is visible with `want`; `loaded` tells to repaint."""

    loaded = Signal(object)  # Key

    def __init__(self, parent: QObject | None = None, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self._tasks = Tasks(3, self)
        self._library: LibraryCalls | None = None
        self._kept: OrderedDict[tuple[Key, bool], Thumbnail] = OrderedDict()  # whether large
        self._kept_bytes = 0
        self._cache_bytes = cache_bytes
        self.ratio = 1.0
        self.large = False  # tiles are

    def use(self, library: LibraryCalls) -> None:
        """Where previews come from."""
        self._library = library

    def get(self, hit: Hit) -> Thumbnail | None:
        """What to draw, of another size until this one is there; None while there is nothing."""
        key = key_of(hit)
        for sized in ((key, self.large), (key, not self.large)):
            if found := self._kept.get(sized):
                self._kept.move_to_end(sized)
                return found
        return None

    def want(self, hits: Iterable[Hit]) -> None:
        """Loads these, and gives up on those that were wanted before and are not now."""
        if self._library is None:
            return
        wanted = {(key_of(hit), self.large): hit for hit in hits}
        under_way = self._tasks.names()
        for key in under_way - wanted.keys():
            self._tasks.cancel(key)
        for key, hit in wanted.items():
            if key not in under_way and key not in self._kept:
                self._load(self._library, key, hit)

    def settled(self, hits: Iterable[Hit]) -> bool:
        """Whether all of these are loaded, or can't be."""
        return all((key_of(hit), self.large) in self._kept for hit in hits)

    def close(self) -> None:
        """Returns when the last load under way has ended."""
        self._tasks.close()

    def _load(self, library: LibraryCalls, key: tuple[Key, bool], hit: Hit) -> None:
        size = (LARGE if self.large else SIZE) * self.ratio
        top = hit.modality in (Modality.DOCUMENT, Modality.TEXT)

        def work() -> _Loaded:
            # A crop to 4:3 of a wide or a tall picture needs more than the tile's own edge.
            made = library.preview(hit.path, hit.span, round(1.5 * size.width()))
            image = decoded(made.jpeg)
            picture = None if image.isNull() else cover(image, size, top)
            return _Loaded(picture, made.peaks, made.text)

        def done(loaded: _Loaded) -> None:
            picture = QPixmap.fromImage(loaded.image) if loaded.image else None
            self._keep(key, Thumbnail(picture, loaded.peaks, loaded.text))

        def failed(_: ExpectedError) -> None:
            # The tile shows the icon of its kind; the preview pane says what is wrong.
            self._keep(key, Thumbnail())

        self._tasks.start(key, work, done, failed)

    def _keep(self, key: tuple[Key, bool], thumbnail: Thumbnail) -> None:
        self._kept[key] = thumbnail
        self._kept_bytes += thumbnail.bytes
        while self._kept_bytes > self._cache_bytes and len(self._kept) > 1:
            self._kept_bytes -= self._kept.popitem(last=False)[1].bytes
        self.loaded.emit(key[0])
