"""The page of folders: where their files may go, and what sending them would cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.calls import LibraryCalls
from nova_desktop.model import Status
from nova_desktop.spending import FolderRule, Quote, Rule
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import OneLine, named, sized, wrapped
from nova_desktop.ui.look.words import noop, number, tr
from nova_desktop.ui.nova import paying

WIDE = 360  # pixels
PATH = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NO_QUOTE = noop("Amazon Nova", "A quote is made on this computer. Nothing is sent for it.")
LOOKING = noop(
    "Amazon Nova", "Looking through the folder on this computer. Nothing is sent for it…"
)
NO_FOLDER = noop("Amazon Nova", "No folder is in the library yet. Add one from the Library menu.")
BASIC = noop("Amazon Nova", "To send anything, choose Amazon Nova under Account first.")
NEVER = noop(
    "Amazon Nova",
    "Its files leave the index and are found no more. They stay on the disk as they are. You can "
    "undo this here at any time; they are then indexed again.",
)


class Start(Protocol):
    """Asks the library off the Qt thread, and says what can't be done."""

    def __call__(
        self, name: str, call: Callable[[LibraryCalls], Any], done: Callable[[Any], None]
    ) -> None: ...


class AllowingPage(QWidget):
    """Nothing can be allowed before the quote of that folder, as it is now, was shown."""

    def __init__(self, start: Start, changed: Callable[[], None]) -> None:
        super().__init__()
        self._start, self._changed = start, changed
        self._quote: Quote | None = None
        self._quote_of: Path | None = None  # the folder that it is of
        self._asked: Path | None = None  # the folder whose quote is being made
        self._chosen_inside: set[Path] = set()
        self._watched: tuple[Path, ...] = ()
        self._decided: dict[Path, Rule] = {}
        self._focused = False
        self._pays = False
        self._rows: list[tuple[Path, str]] = []
        self.folders = _list(
            tr("Amazon Nova", "Folders, and where their files may go"),
            tr("Amazon Nova", "Folder"),
            tr("Amazon Nova", "Its files"),
        )
        self.keep = _push(tr("Amazon Nova", "Keep on this computer"))
        self.never = _push(tr("Amazon Nova", "Never index…"))
        self.inside = _push(tr("Amazon Nova", "A folder inside…"))
        self.heading = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        sized(self.heading, 1.0, bold=True)
        self.ask = _push(tr("Amazon Nova", "Show the quote"))
        self.lines = _list(
            tr("Amazon Nova", "Quote"),
            tr("Amazon Nova", "What"),
            tr("Amazon Nova", "Files"),
            tr("Amazon Nova", "To pay for"),
            tr("Amazon Nova", "Not paid for"),
            tr("Amazon Nova", "Through S3"),
            tr("Amazon Nova", "About"),
        )
        self.said = wrapped(tr(*NO_QUOTE), muted=True, at_least=WIDE)
        self.allow = _push(tr("Amazon Nova", "Allow sending"))
        self.allow.setProperty("primary", True)
        self.allow.setProperty("small", True)
        self.none = wrapped(tr(*NO_FOLDER), muted=True, at_least=WIDE)
        self._lay_out()
        self.folders.itemSelectionChanged.connect(self._chose)
        self.ask.clicked.connect(self._ask)
        self.allow.clicked.connect(lambda: self._decide(Rule.CLOUD))
        self.keep.clicked.connect(lambda: self._decide(Rule.DEVICE))
        self.never.clicked.connect(self._confirm_never)
        self.inside.clicked.connect(self._choose_inside)
        self._chose()

    def show_rules(self, status: Status, rules: Sequence[FolderRule]) -> None:
        """Every watched folder, those in them with a rule, and what was chosen here."""
        self._pays = status.further is not None
        self._watched = tuple(folder.path for folder in status.folders)
        self._decided = {one.path: one.rule for one in rules}
        inner = {path for path in (*self._decided, *self._chosen_inside) if self._within(path)}
        places = sorted({*self._watched, *inner})
        rows = [(place, paying.RULES[paying.rule_of(place, self._decided)]) for place in places]
        if rows != self._rows:  # it is asked all the time, and nobody's place in it is to be lost
            self._rows = rows
            self._fill()
        self.none.setVisible(not places)
        self.folders.setVisible(bool(places))
        self._chose()

    def chosen(self) -> Path | None:
        """The folder that the buttons are about."""
        items = self.folders.selectedItems()
        path = items[0].data(0, PATH) if items else None
        return path if isinstance(path, Path) else None

    def choose(self, folder: Path) -> None:
        """As if it were clicked."""
        for row in range(self.folders.topLevelItemCount()):
            item = self.folders.topLevelItem(row)
            if item and item.data(0, PATH) == folder:
                self.folders.setCurrentItem(item)

    def stopped(self) -> None:
        """What was asked for last could not be done."""
        self._asked = None
        self._back()
        self.said.setText(tr("Amazon Nova", "Nothing was changed."))
        self._chose()

    def _fill(self) -> None:
        before, at = self.chosen(), self.folders.verticalScrollBar().value()
        self.folders.blockSignals(True)
        self.folders.clear()
        for place, said in self._rows:
            item = QTreeWidgetItem(self.folders, [wording.shown(str(place)), said])
            item.setToolTip(0, wording.shown(str(place)))
            item.setData(0, PATH, place)
        places = [place for place, _ in self._rows]
        if places:
            self.choose(before if before in places else places[0])
        self.folders.verticalScrollBar().setValue(at)
        self.folders.blockSignals(False)

    def _within(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self._watched)

    def _chose(self) -> None:
        folder = self.chosen()
        if self._quote and self._quote_of != folder:
            self._forget_quote()
        rule = paying.rule_of(folder, self._decided) if folder else None
        if folder:
            name = wording.name_of(folder)
            self.heading.say(tr("Amazon Nova", "What sending “{name}” would cost", name=name))
        else:
            self.heading.say(tr("Amazon Nova", "What sending a folder would cost"))
        self.ask.setEnabled(self._pays and folder is not None and self._asked is None)
        self.keep.setEnabled(folder is not None and rule is not Rule.DEVICE)
        self.never.setEnabled(folder is not None and rule is not Rule.NEVER)
        self.inside.setEnabled(bool(self._watched))
        self.allow.setEnabled(self._quote is not None and rule is not Rule.CLOUD)
        if rule is Rule.CLOUD:
            self.allow.setText(tr("Amazon Nova", "Sending is allowed"))
        elif self._quote:
            price = paying.about(self._quote.usd)
            self.allow.setText(tr("Amazon Nova", "Allow sending ({price})", price=price))
        else:
            self.allow.setText(tr("Amazon Nova", "Allow sending"))
        if folder and not self._pays:
            self.said.setText(tr(*BASIC))
        elif self.said.text() == tr(*BASIC):
            self.said.setText(tr(*NO_QUOTE))

    def _forget_quote(self) -> None:
        self._quote = None
        self.lines.clear()
        self.said.setText(tr(*NO_QUOTE))

    def _ask(self) -> None:
        folder = self.chosen()
        if folder is None:
            return
        self._forget_quote()
        self._focused = self.ask.hasFocus()
        self._asked = folder
        self.said.setText(tr(*LOOKING))
        self._chose()
        self._start(
            "quote",
            lambda library: library.quote(folder),
            lambda quote: self._quoted(folder, quote),
        )

    def _quoted(self, folder: Path, quote: Quote) -> None:
        self._asked = None
        self._back()
        if folder != self.chosen():
            self._forget_quote()
            self._chose()
            return
        self._quote, self._quote_of = quote, folder
        self.lines.clear()
        for line in quote.lines:
            cells = (
                paying.KINDS.get(line.kind, line.kind),
                number(line.files),
                paying.units(line.kind, line.units),
                paying.units(line.kind, line.spared) if line.spared else "",
                number(line.by_job) if line.by_job else "",
                paying.usd(line.usd),
            )
            item = QTreeWidgetItem(list(cells))
            for column in range(1, len(cells)):
                item.setTextAlignment(column, RIGHT)
            self.lines.addTopLevelItem(item)
        self.said.setText(paying.quoted(quote))
        self._chose()

    def _back(self) -> None:
        # A button that can't be pressed loses the keyboard's focus; it is to be where it was.
        self._chose()
        if self._focused:
            self.ask.setFocus()
        self._focused = False

    def _decide(self, rule: Rule, confirmed: Path | None = None) -> None:
        folder, quote = confirmed or self.chosen(), self._quote
        if folder is None:
            return
        usd = quote.usd if rule is Rule.CLOUD and quote else None
        self._forget_quote()
        self._chose()
        self._start(
            "rule", lambda library: library.set_rule(folder, rule, usd), lambda _: self._changed()
        )

    def _confirm_never(self) -> None:
        folder = self.chosen()
        if folder is None:
            return
        question = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Amazon Nova", "Never index a folder"),
            tr("Amazon Nova", "Never index {name}?", name=wording.name_of(folder)),
            parent=self.window(),
        )
        question.setInformativeText(tr(*NEVER))
        yes = question.addButton(
            tr("Amazon Nova", "Never index"), QMessageBox.ButtonRole.AcceptRole
        )
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes.clicked.connect(lambda: self._decide(Rule.NEVER, folder))
        question.open()

    def _choose_inside(self) -> None:
        start = self.chosen() or self._watched[0]
        dialog = QFileDialog(self.window(), tr("Amazon Nova", "A folder inside"), str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.add_inside(Path(path)))
        dialog.open()

    def add_inside(self, folder: Path) -> None:
        """Lists a folder that has no rule of its own yet, and chooses it."""
        if not self._within(folder):
            name = wording.name_of(folder)
            self.said.setText(
                tr("Amazon Nova", "{name} is in no folder of the library.", name=name)
            )
            return
        self._chosen_inside.add(folder)
        self._rows.append((folder, paying.RULES[paying.rule_of(folder, self._decided)]))
        self._fill()
        self.choose(folder)
        self._changed()

    def _lay_out(self) -> None:
        self.folders.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.folders.header().resizeSection(1, 220)
        self.folders.header().setStretchLastSection(False)
        head = self.lines.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((70, 110, 110, 90, 100), 1):
            head.resizeSection(column, width)
            self.lines.headerItem().setTextAlignment(column, RIGHT)
        rules = QHBoxLayout()
        for push in (self.keep, self.never):
            rules.addWidget(push)
        rules.addStretch(1)
        rules.addWidget(self.inside)
        quote = QHBoxLayout()
        quote.addWidget(self.heading, 1)
        quote.addWidget(self.ask)
        end = QHBoxLayout()
        end.setSpacing(16)
        end.addWidget(self.said, 1)
        end.addWidget(self.allow, 0, Qt.AlignmentFlag.AlignTop)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(4, 14, 4, 4)
        column_of.setSpacing(10)
        column_of.addWidget(self.none)
        column_of.addWidget(self.folders, 2)
        column_of.addLayout(rules)
        column_of.addSpacing(8)
        column_of.addLayout(quote)
        column_of.addWidget(self.lines, 3)
        column_of.addLayout(end)


def _push(text: str) -> QPushButton:
    made = named(QPushButton(text), text)
    made.setAutoDefault(False)
    return made


def _list(name: str, *headings: str) -> QTreeWidget:
    made = named(QTreeWidget(), name)
    made.setHeaderLabels(list(headings))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.header().setAccessibleName(tr("Amazon Nova", "Columns of {name}", name=name))
    made.header().setSectionsMovable(False)
    return made
