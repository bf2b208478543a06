"""The dialog of what may be sent to Amazon Nova: its quote, what it cost, and what was sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ExpectedError
from nova_desktop.spending import FolderRule, Quote, Rule, Sent, Spent
from nova_desktop.ui import wording
from nova_desktop.ui.account import Account
from nova_desktop.ui.labels import named, sized, wrapped

if TYPE_CHECKING:
    from nova_desktop.model import Status
    from nova_desktop.ports import LibraryCalls
    from nova_desktop.ui.tasks import Tasks

T = TypeVar("T")
PATH = Qt.ItemDataRole.UserRole
RULES = {
    Rule.DEVICE: "stay on this computer",
    Rule.CLOUD: "may be sent to Amazon Nova",
    Rule.NEVER: "are not indexed at all",
}
UNITS = {"text": "tokens", "audio": "seconds", "video": "seconds"}  # the others: pictures
WIDE = 640  # pixels
NO_QUOTE = "A quote says what the folder would cost. Nothing is sent for it."
LINES = 1000  # of what was sent, newest first
DEVICE_ONLY = (
    "Everything stays on this computer. To use Amazon Nova as well, choose it under Account; the "
    "README tells how one is set up."
)


class Sending(QDialog):
    """Not modal. Everything is asked off the Qt thread; nothing is allowed without its quote."""

    def __init__(
        self,
        tasks: Tasks,
        library: Callable[[], LibraryCalls | None],
        settings_file: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._library = tasks, library
        self._quote: Quote | None = None
        self.setWindowTitle("Amazon Nova")
        self.resize(760, 600)
        self.head = wrapped()
        self.trouble = wrapped()
        self.trouble.setAccessibleName("What can't be done")
        self.trouble.hide()
        self.tabs = named(QTabWidget(), "Amazon Nova")
        self.folders = _list("Folders and what may become of their files", "Folder", "Its files")
        self.lines = _list("Quote", "Kind", "Files", "To pay for", "Spared", "About")
        self.said = wrapped(NO_QUOTE, muted=True)
        self.ask = QPushButton("Quote")
        self.allow = QPushButton("Allow sending")
        self.keep = QPushButton("Keep on this computer")
        self.never = QPushButton("Never index")
        self.spent = _list("Spending", "Spending", "US dollars", "Limit")
        self.sent = _list("What was sent", "When", "File", "Size", "Where", "Deleted there")
        for column, width in enumerate((130, 200, 80, 190)):
            self.sent.header().resizeSection(column, width)
        self.account = Account(tasks, settings_file, self._refused)
        self.done_button = QPushButton("Close")
        self._lay_out()
        self.folders.itemSelectionChanged.connect(self._chose)
        self.ask.clicked.connect(self._ask_quote)
        self.allow.clicked.connect(lambda: self._decide(Rule.CLOUD))
        self.keep.clicked.connect(lambda: self._decide(Rule.DEVICE))
        self.never.clicked.connect(lambda: self._decide(Rule.NEVER))
        self.done_button.clicked.connect(self.close)
        self._chose()

    def refresh(self) -> None:
        """Asks for everything that is shown, but for the quote."""

        def look(
            library: LibraryCalls,
        ) -> tuple[Status, tuple[FolderRule, ...], Spent, tuple[Sent, ...]]:
            return library.status(), library.rules(), library.spent(), library.sent(LINES)

        self._start("sending", look, lambda seen: self._show(*seen))
        self.account.refresh()

    def chosen(self) -> Path | None:
        """The folder that the buttons are about."""
        items = self.folders.selectedItems()
        return items[0].data(0, PATH) if items else None

    def _show(
        self, status: Status, rules: Sequence[FolderRule], spent: Spent, sent: Sequence[Sent]
    ) -> None:
        further = status.further
        self.head.setText(wording.shown(further.note) if further else DEVICE_ONLY)
        if further and further.held:
            self._refused(further.held)
        decided = {rule.path: rule.rule for rule in rules}
        places = sorted({folder.path for folder in status.folders} | decided.keys())
        before = self.chosen()
        self.folders.clear()
        for place in places:
            said = RULES[_rule_of(place, decided)]
            item = _item(self.folders, wording.shown(str(place)), said)
            item.setData(0, PATH, place)
            item.setSelected(place == (before or places[0]))
        self.spent.clear()
        for name, usd, cap in (
            ("This month", spent.month_usd, spent.month_cap_usd),
            ("Since the library was opened", spent.run_usd, spent.run_cap_usd),
            ("In all", spent.total_usd, None),
        ):
            _item(self.spent, name, f"{usd:.4f}", "none" if cap is None else f"{cap:.2f}")
        for kind, usd in spent.by_kind:
            _item(self.spent, f"    {kind}, this month", f"{usd:.4f}", "")
        self.sent.clear()
        for line in sent:
            _item(
                self.sent,
                _when(line.at_s),
                wording.name_of(line.path),
                QLocale().formattedDataSize(line.bytes),
                wording.shown(line.place),
                "" if line.deleted_s is None else _when(line.deleted_s),
            ).setToolTip(1, wording.shown(str(line.path)))

    def _chose(self) -> None:
        if self._quote and self._quote.folder != self.chosen():
            self._forget_quote()
        for push in (self.ask, self.keep, self.never):
            push.setEnabled(self.chosen() is not None)
        self.allow.setEnabled(self._quote is not None)

    def _forget_quote(self) -> None:
        self._quote = None
        self.lines.clear()
        self.allow.setText("Allow sending")
        self.said.setText(NO_QUOTE)

    def _ask_quote(self) -> None:
        folder = self.chosen()
        if folder is None:
            return
        self._forget_quote()
        self.said.setText("Looking through the folder. Nothing is sent for it…")
        self._start("quote", lambda library: library.quote(folder), self._quoted)

    def _quoted(self, quote: Quote) -> None:
        if quote.folder != self.chosen():
            return
        self._quote = quote
        self.lines.clear()
        for line in quote.lines:
            unit = UNITS.get(line.kind, "pictures")
            _item(
                self.lines,
                line.kind,
                f"{line.files:,}" + (f", {line.by_job:,} as jobs" if line.by_job else ""),
                f"{line.units:,.0f} {unit}",
                f"{line.spared:,.0f}" if line.spared else "",
                f"${line.usd:.4f}",
            )
        parts = [f"About ${quote.usd:.4f} in all." if quote.lines else "Nothing is left to send."]
        if quote.unknown:
            parts.append(f"{wording.count(quote.unknown, 'file')} must be indexed here first.")
        if quote.whole:
            parts.append(f"{wording.count(quote.whole, 'film')} quoted in full: it may be less.")
        self.said.setText(" ".join([*parts, wording.shown(quote.prices)]))
        self.allow.setText(f"Allow sending (about ${quote.usd:.4f})")
        self._chose()

    def _decide(self, rule: Rule) -> None:
        folder, quote = self.chosen(), self._quote
        if folder is None:
            return
        usd = quote.usd if rule is Rule.CLOUD and quote else None
        self._forget_quote()
        self._start(
            "rule", lambda library: library.set_rule(folder, rule, usd), lambda _: self.refresh()
        )

    def _start(
        self, name: str, call: Callable[[LibraryCalls], T], done: Callable[[T], None]
    ) -> None:
        library = self._library()
        if library is None:
            self._refused("The library is not open yet. Wait a moment.")
            return
        self.trouble.hide()
        self._tasks.start(("sending", name), lambda: call(library), done, self._failed)

    def _failed(self, error: ExpectedError) -> None:
        self._refused(str(error))
        self.said.setText("Nothing was changed.")

    def _refused(self, text: str) -> None:
        self.trouble.setText(wording.shown(text))
        self.trouble.show()

    def _lay_out(self) -> None:
        sized(self.head, 1.05)
        for paragraph in (self.head, self.trouble, self.said):
            paragraph.setMinimumWidth(WIDE)  # else it would be as high as in a narrow window
        of_folder, buttons = QWidget(), QHBoxLayout()
        for push in (self.ask, self.allow, self.keep, self.never):
            push.setAutoDefault(False)
            buttons.addWidget(push)
        buttons.addStretch(1)
        column = QVBoxLayout(of_folder)
        column.setSpacing(10)
        column.addWidget(self.folders, 2)
        column.addLayout(buttons)
        column.addWidget(self.lines, 2)
        column.addWidget(self.said)
        self.tabs.addTab(of_folder, "Folders")
        self.tabs.addTab(self.account, "Account")
        self.tabs.addTab(self.spent, "Spending")
        self.tabs.addTab(self.sent, "What was sent")
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.done_button)
        self.done_button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(12)
        for widget in (self.head, self.trouble, self.tabs):
            whole.addWidget(widget)
        whole.addLayout(end)


def _rule_of(folder: Path, decided: dict[Path, Rule]) -> Rule:
    above = (decided[place] for place in (folder, *folder.parents) if place in decided)
    return next(above, Rule.DEVICE)


def _when(at_s: float) -> str:
    short = QLocale.FormatType.ShortFormat
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at_s)), short)


def _list(name: str, *headings: str) -> QTreeWidget:
    made = named(QTreeWidget(), name)
    made.setHeaderLabels(list(headings))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.header().setAccessibleName(f"Columns of {name}")
    made.header().resizeSection(0, 260 if len(headings) < 5 else 130)
    return made


def _item(into: QTreeWidget, *texts: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(texts))
    into.addTopLevelItem(item)
    return item
