"""The files of one group side by side: what each looks like, how they differ, which are kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.duplicates import Copy, Group, Same
from nova_desktop.ui import wording
from nova_desktop.ui.duplicates import said
from nova_desktop.ui.duplicates.looking import Seen
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import OneLine, named, wrapped
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.results.painting import waveform

MOST = 30  # files of one group that are shown; its others are kept
PICTURE = QSize(224, 168)
WIDTH = 240
BEGINNING = 280  # characters of a text
BESIDE = (Same.EXCERPT, Same.TEXT)


class Card(QFrame):
    """One file."""

    changed = Signal()
    opened = Signal()
    revealed = Signal()

    def __init__(self, copy: Copy, number: int, kept: bool, why: str, differs: frozenset[str]):
        super().__init__()
        self.copy = copy
        name = wording.name_of(copy.path)
        self.setFixedWidth(WIDTH)
        self.picture = named(QLabel(), tr("Duplicates", "Picture of {name}", name=name))
        self.picture.setFixedSize(PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keep = named(
            QCheckBox(tr("Duplicates", "Keep") + (f"  ({number})" if number <= 9 else "")),
            tr("Duplicates", "Keep {name}", name=name),
        )
        self.keep.setChecked(kept or copy.offline)
        self.keep.setEnabled(not copy.offline)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addWidget(self.keep)
        title = OneLine(name)
        column.addWidget(title)
        for what, text in said.facts(copy).items():
            line = OneLine(text, muted=what not in differs, elide=Qt.TextElideMode.ElideMiddle)
            if what in differs:
                font = line.font()
                font.setWeight(font.Weight.DemiBold)
                line.setFont(font)
            column.addWidget(line)
        if copy.offline:
            column.addWidget(OneLine(tr("Duplicates", "Not connected: it stays"), muted=True))
        if why:
            column.addWidget(wrapped(why, muted=True, at_least=WIDTH - 16))
        column.addStretch(1)
        self.open, self.reveal = (
            push(tr("Duplicates", "Open")),
            push(tr("Duplicates", "Show in folder")),
        )
        self.open.setAccessibleName(tr("Duplicates", "Open {name}", name=name))
        self.reveal.setAccessibleName(tr("Duplicates", "Show {name} in its folder", name=name))
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addWidget(self.reveal, 1)
        column.addLayout(row)
        self.keep.toggled.connect(lambda _: self.changed.emit())
        self.open.clicked.connect(self.opened)
        self.reveal.clicked.connect(self.revealed)

    def show_seen(self, seen: Seen) -> None:
        """Its picture, its sound, or how its text begins."""
        ratio = self.devicePixelRatioF()
        if not seen.picture.isNull():
            shown = QPixmap.fromImage(seen.picture)
            shown.setDevicePixelRatio(ratio)
            self.picture.setPixmap(shown)
        elif seen.peaks:
            heard = QPixmap(PICTURE * ratio)
            heard.setDevicePixelRatio(ratio)
            heard.fill(Qt.GlobalColor.transparent)
            painter = QPainter(heard)
            waveform(painter, QRect(QPoint(), PICTURE).adjusted(8, 40, -8, -40), seen.peaks,
                     tones().accent)  # fmt: skip
            painter.end()
            self.picture.setPixmap(heard)
        elif seen.text:
            self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            self.picture.setWordWrap(True)
            self.picture.setTextFormat(Qt.TextFormat.PlainText)
            self.picture.setText(wording.shown(seen.text[:BEGINNING]))


class Cards(QScrollArea):
    """All files of the chosen group."""

    changed = Signal()
    open_asked = Signal(object)  # Path
    reveal_asked = Signal(object)  # Path
    wanted = Signal(object)  # Copy, whose picture is to be shown

    def __init__(self) -> None:
        super().__init__()
        named(self, tr("Duplicates", "Files of the group"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[Card] = []
        self.show_group(None)

    def show_group(self, group: Group | None) -> None:
        """The first is kept and the others are not, until the user says otherwise.

        Of what may be wanted beside one another, parts and versions, all are kept until then.
        """
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        self.cards = []
        copies = group.copies[:MOST] if group else ()
        differs = said.differing(group) if group else frozenset()
        for number, copy in enumerate(copies, 1):
            why = said.WHY[group.reason] if group and number == 1 else ""
            kept = number == 1 or (group is not None and group.same in BESIDE)
            card = Card(copy, number, kept, why, differs)
            card.changed.connect(self.changed)
            card.opened.connect(self._asks(self.open_asked.emit, copy))
            card.revealed.connect(self._asks(self.reveal_asked.emit, copy))
            row.addWidget(card)
            self.cards.append(card)
        if group and len(group.copies) > MOST:
            n = len(group.copies) - MOST
            row.addWidget(wrapped(trn("Duplicates", "{n} more are kept.", None, n), at_least=120))
        row.addStretch(1)
        self.setWidget(inner)
        for card in self.cards:
            self.wanted.emit(card.copy)
        self.changed.emit()

    def show_seen(self, copy: Copy, seen: Seen) -> None:
        """Where its card is seen still."""
        for card in self.cards:
            if card.copy == copy:
                card.show_seen(seen)

    def toggle(self, number: int) -> None:
        """Keeps a file, or not; counted from 1."""
        if number <= len(self.cards) and self.cards[number - 1].keep.isEnabled():
            self.cards[number - 1].keep.toggle()

    def leaving(self) -> list[Copy]:
        """Those that are not kept."""
        return [card.copy for card in self.cards if not card.keep.isChecked()]

    def keeps_some(self) -> bool:
        return len(self.leaving()) < len(self.cards)

    @staticmethod
    def _asks(ask: Callable[[object], object], copy: Copy) -> Callable[[], object]:
        return lambda: ask(copy.path)
