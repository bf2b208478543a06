"""The row of filters under the search box: kinds, and a chip for each thing to narrow by."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.kinds import Kinds
from nova_desktop.ui.search.narrowing import TITLES, Field, Narrowing, has_values
from nova_desktop.ui.search.pill import Pill

if TYPE_CHECKING:
    from nova_desktop.query import Facets, Filters
    from nova_desktop.ui.search.choices import ChoicePopup

GAP = 6  # points between chips
LEAST = 240  # points: the row is never narrower, and with large letters not even so narrow


class FilterRow(QWidget):
    """Chips that do not fit are under “More filters”; those with a value stay the longest."""

    changed = Signal()
    reshaped = Signal()  # it needs more room at least, or less

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowing = Narrowing()
        self.facets: Facets | None = None  # not known yet
        self.today: Callable[[], date] = date.today
        self.popup: ChoicePopup | None = None  # the small window that is open
        self._hidden: list[Field] = []
        self._least = LEAST
        self.kinds = Kinds(self)
        self.pills = {field: Pill(tr(*TITLES[field]), self) for field in Field}
        self.more = _button(tr("Filters", "More filters"), self)
        self.more.setProperty("chip", True)
        self.clear_button = _button(tr("Filters", "Clear filters"), self)
        self.clear_button.setProperty("quiet", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.arrange)
        self.kinds.changed.connect(self._kind)
        self.kinds.resized.connect(self._later.start)
        for field, pill in self.pills.items():
            pill.opened.connect(functools.partial(self.open, field))
            pill.cleared.connect(functools.partial(self.clear_field, field))
        self.more.clicked.connect(self._list_hidden)
        self.clear_button.clicked.connect(self.clear)

    def narrowing(self) -> Narrowing:
        """What is chosen."""
        return self._narrowing

    def chosen(self) -> Filters:
        """What is chosen, as the library takes it today."""
        return self._narrowing.filters(self.today())

    def narrow(self, narrowing: Narrowing) -> None:
        """Chooses this, and tells of it where it is something else."""
        if narrowing == self._narrowing:
            return
        self._narrowing = narrowing
        kinds = sorted(narrowing.kinds)
        self.kinds.blockSignals(True)
        self.kinds.choose(kinds[0] if len(kinds) == 1 else None)
        self.kinds.blockSignals(False)
        for field, pill in self.pills.items():
            pill.say(narrowing.said(field))
        self.arrange()
        self.changed.emit()

    def clear(self) -> None:
        """Everything may answer."""
        self.narrow(Narrowing())

    def clear_field(self, field: Field) -> None:
        """Any value of this chip will do."""
        self.narrow(self._narrowing.without(field))

    def choose_folder(self, path: Path | None) -> None:
        """As chosen in the list of folders; None for all."""
        self.narrow(replace(self._narrowing, folders=(path,) if path else ()))

    def show_facets(self, facets: Facets) -> None:
        """What there is to choose from."""
        first, self.facets = self.facets is None, facets
        self.arrange()
        if first and self.popup is not None:  # opened before it was known what there is
            field = self.popup.field
            self.popup.close()
            self.open(field)

    def open(self, field: Field) -> None:
        """Opens the small window of a chip."""
        from nova_desktop.query import Facets
        from nova_desktop.ui.search.choices import ChoicePopup

        made = ChoicePopup(field, self._narrowing, self.facets or Facets(), self.today(), self)
        self.popup = made
        made.narrowed.connect(self.narrow)
        made.destroyed.connect(functools.partial(self._closed, made))
        made.open_under(self.more if field in self._hidden else self.pills[field])

    def hidden(self) -> tuple[Field, ...]:
        """The chips that are under “More filters” now."""
        return tuple(self._hidden)

    def arrange(self) -> None:
        """Puts everything where it fits."""
        width = self.width()
        active = self._narrowing != Narrowing()
        end = self.clear_button.sizeHint().width() + GAP if active else 0
        self.more.setText(tr("Filters", "More filters ({n})", n=len(Field)))  # its widest
        more = self.more.sizeHint().width() + GAP
        valued = set(self._narrowing.active())
        # What is chosen has to be seen; six kinds can be one chip.
        needed = sum(self.pills[field].sizeHint().width() + GAP for field in valued)
        whole = self.kinds.whole_width() + 2 * GAP
        self.kinds.fold(width < whole + needed + end + more)
        x = self.kinds.sizeHint().width() + 2 * GAP
        wanted = sorted(Field, key=lambda it: (it not in valued, not has_values(it, self.facets)))
        room = width - x - end - more
        shown: set[Field] = set()
        for field in wanted:
            needed = self.pills[field].sizeHint().width() + GAP
            if needed > room or not (field in valued or has_values(field, self.facets)):
                break
            room -= needed
            shown.add(field)
        self._hidden = [field for field in Field if field not in shown]
        hidden = [field for field in self._hidden if field in valued]
        self.more.setText(
            tr("Filters", "More filters ({n})", n=len(hidden))
            if hidden
            else tr("Filters", "More filters")
        )
        names = ", ".join(tr(*TITLES[field]) for field in hidden)
        self.more.setAccessibleName(self.more.text() + (f": {names}" if names else ""))
        self._place(self.kinds, 0, True)
        for field, pill in self.pills.items():
            x = self._place(pill, x, field in shown)
        x = self._place(self.more, x, bool(self._hidden))
        self._place(self.clear_button, x, active)
        # What is always shown: one chip of kinds, one of all the others.
        least = max(LEAST, self.kinds.folded.sizeHint().width() + 2 * GAP + more + end)
        if least != self._least:
            self._least = least
            self.updateGeometry()
            self.reshaped.emit()

    def sizeHint(self) -> QSize:
        parts = (self.kinds, self.more, self.clear_button, *self.pills.values())
        return QSize(900, max(part.sizeHint().height() for part in parts))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.LayoutDirectionChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
        ):
            self._later.start()

    def _place(self, widget: QWidget, x: int, shown: bool) -> int:
        """At `x` from where a line begins; the next x."""
        widget.setVisible(shown)
        if not shown:
            return x
        size = widget.sizeHint()
        height = self.height()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        # Not QStyle.visualRect, whose class costs 5 ms before the first paint.
        left = self.width() - x - size.width() if mirrored else x
        widget.setGeometry(left, (height - size.height()) // 2, size.width(), size.height())
        return x + size.width() + GAP

    def _kind(self) -> None:
        self.narrow(replace(self._narrowing, kinds=self.kinds.chosen()))

    def _closed(self, popup: ChoicePopup) -> None:
        if self.popup is popup:
            self.popup = None

    def _list_hidden(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field in self._hidden:
            said = self._narrowing.said(field)
            title = tr(*TITLES[field])
            text = f"{title}: {said}" if said else f"{title}…"
            menu.addAction(text.replace("&", "&&"), functools.partial(self.open, field))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _button(text: str, parent: QWidget) -> QToolButton:
    button = named(QToolButton(parent), text)
    button.setText(text)
    return button
