"""A chip in the search box: a file, a picture or words to search by, and how much they count."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QIcon,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nova_desktop.query import Part
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton, icon, pixmap
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr

HEIGHT = 32  # points
PICTURE = 24  # points: a thumbnail, or the icon of a kind
APART = 2  # points beside a picture
CORNER = 4.0
CLOSE = 30  # points of the × at its end
EDGES = 18  # points around the picture and the text
LEAST = PICTURE + CLOSE + EDGES  # points: no chip is narrower
MOST = 240


def name_of(part: Part) -> str:
    """What a part is called."""
    if part.path is not None:
        return f"{wording.name_of(part.path)} {which_of(part)}".rstrip()
    return wording.shown(part.text) or tr("Search", "pasted picture")


def which_of(part: Part) -> str:
    """Which part of the file is meant: 1:02–1:17, p. 3; "" for all of it."""
    return wording.part(part.span) if part.span else ""


def kind_of(part: Part) -> str:
    """The icon of what a part seems to be; its content is not looked at."""
    if part.path is None:
        return "image" if part.data else "text"
    import mimetypes  # not before the first paint

    mime = mimetypes.guess_type(part.path.name)[0] or ""
    kind = mime.partition("/")[0]
    return kind if kind in ("image", "video", "audio", "text") else "document"


def sign_of(part: Part) -> str:
    """How much it counts, where that is not once: "− ", "×2 ", "− ×2 "."""
    times = "" if abs(part.weight) == 1 else f"×{abs(part.weight):g} "
    return f"− {times}" if part.weight < 0 else times


def spoken(part: Part) -> str:
    """For a screen reader, and as a tooltip."""
    name, times = name_of(part), f"{abs(part.weight):g}"
    if part.weight < 0:
        return tr("Search", "Less like {name}, weight {times}", name=name, times=times)
    return tr("Search", "More like {name}, weight {times}", name=name, times=times)


class _Body(QToolButton):
    """The chip's own button; the keys of a chip are here."""

    keyed = Signal(int)

    def minimumSizeHint(self) -> QSize:
        """Little: however many chips there are, the window is not made wider for them."""
        return QSize(PICTURE, PICTURE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keyed.emit(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Down),
    *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_F2),
)


class Chip(QFrame):
    """Shows one part; what is done with it is told."""

    opened = Signal(object)  # Chip: how much does it count?
    removed = Signal(object)  # Chip
    edited = Signal(object)  # Chip: its words, again in the line
    keyed = Signal(object, int)  # Chip, a key that is not for itself

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", True)
        self.setFixedHeight(HEIGHT)
        self.part = part
        self._picture: QPixmap | None = None
        self._width = MOST
        self.body = _Body()
        self.body.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.body.setIconSize(QSize(PICTURE + 2 * APART, PICTURE))
        self.body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.setProperty("elides", True)
        self.close_button = IconButton("close", "")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setFixedWidth(CLOSE)
        # Reached by the arrows and Delete on the chip itself: one stop of Tab is enough.
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.setProperty("mouseOnly", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self.body, 1)
        row.addWidget(self.close_button)
        self.body.clicked.connect(lambda: self.opened.emit(self))
        self.body.keyed.connect(lambda key: self.keyed.emit(self, key))
        self.close_button.clicked.connect(lambda: self.removed.emit(self))
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        """With another weight, or other words."""
        self.part = part
        name = name_of(part)
        self.close_button.say(tr("Search", "Take {name} out of the search", name=name))
        self.body.setAccessibleName(spoken(part))
        self.body.setToolTip(
            f"{(part.path and wording.shown(str(part.path))) or name}\n"
            + tr("Search", "Click to say how much it counts")
        )
        minus = part.weight < 0
        if self.property("minus") != minus:
            self.setProperty("minus", minus)
            for widget in (self, self.body):
                widget.style().polish(widget)
        self._draw()

    def show_picture(self, image: QImage) -> None:
        """Its thumbnail, of PICTURE × PICTURE points."""
        self._picture = _rounded(image, self.devicePixelRatioF())
        self._draw()

    def text(self) -> str:
        """All that it says, however little room there is."""
        name = name_of(self.part)
        return sign_of(self.part) + (f"“{name}”" if self.part.text else name)

    def fit(self, width: int) -> None:
        """Takes at most so many points."""
        self._width = max(LEAST, min(MOST, width))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.part.text:
            self.edited.emit(self)

    def _draw(self) -> None:
        tone = tones()
        ratio = self.devicePixelRatioF()
        if self._picture:
            self.body.setIcon(QIcon(self._picture))
        else:
            color = tone.warning if self.part.weight < 0 else tone.muted
            self.body.setIcon(QIcon(pixmap(kind_of(self.part), color, 18, ratio)))
        room = self._width - PICTURE - CLOSE - EDGES
        metrics = QFontMetrics(self.body.font())
        middle = Qt.TextElideMode.ElideMiddle
        said = sign_of(self.part)
        if room > 24:
            # Which part is meant is seen, however long the name is.
            which = which_of(self.part)
            name = self.text().removesuffix(which)
            left = room - metrics.horizontalAdvance(which)
            said = metrics.elidedText(name.rstrip(), middle, left) + (f" {which}" if which else "")
        self.body.setText(said.replace("&", "&&"))
        self.close_button.setIcon(icon("close", self))
        self.setMaximumWidth(self._width)


def _rounded(image: QImage, ratio: float) -> QPixmap:
    """With a little room beside it, so that the name does not touch it."""
    made = QPixmap(QSize(PICTURE + 2 * APART, PICTURE) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    box = QRectF(APART, 0, PICTURE, PICTURE)
    with QPainter(made) as painter:  # ended even when something is raised
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = QPainterPath()
        corners.addRoundedRect(box, CORNER, CORNER)
        painter.setClipPath(corners)
        painter.drawImage(box, image)
    return made
