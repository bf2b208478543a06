"""The settings dialog: pages at the left, a search over all of them, and what counts at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import BadInput, ExpectedError
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.settings import catalogue, catalogue_window
from nova_desktop.ui.settings.applying import OF_THE_LIBRARY
from nova_desktop.ui.settings.keeping import Keeping
from nova_desktop.ui.settings.models import ModelsBox
from nova_desktop.ui.settings.page import Page, line_of
from nova_desktop.ui.settings.privacy import Privacy
from nova_desktop.ui.settings.shelving import Shelving
from nova_desktop.ui.settings.shortcuts import Shortcuts
from nova_desktop.ui.settings.spaces import Clearing
from nova_desktop.ui.settings.storage import StoragePage

if TYPE_CHECKING:
    from nova_desktop.model import Check
    from nova_desktop.settings import Settings
    from nova_desktop.ui.settings.applying import Applying
    from nova_desktop.ui.window import Window
    from nova_desktop.upkeep import Around

LIST_WIDE = 196  # pixels, at least
LIST_EDGES = 56  # pixels beside the title of a page
SIZE = QSize(900, 640)


class SettingsDialog(QDialog):
    """Not modal. What is chosen counts at once; what can't be is said beside it."""

    forget_asked = Signal()  # recent searches
    account_asked = Signal()
    sent_asked = Signal()

    def __init__(self, window: Window, applying: Applying) -> None:
        super().__init__(window)
        self._window, self._chosen, self._applying = window, window.chosen, applying
        self._tasks, self._link = window.tasks, window.link
        self.setWindowTitle(tr("Settings", "Settings"))
        self.resize(SIZE)
        self.search = named(QLineEdit(), tr("Settings", "Search the settings"))
        self.search.setPlaceholderText(tr("Settings", "Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.setProperty("field", True)
        self.search.setFixedHeight(32)
        self.search.setTextMargins(6, 0, 6, 0)
        self.list = named(QListWidget(), tr("Settings", "Pages"))
        self.list.setObjectName("settingsList")
        self.stack = QStackedWidget()
        self.nothing = wrapped(tr("Settings", "No setting is called that."), muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said = wrapped(muted=True)
        self.close_button = QPushButton(tr("Settings", "Close"))
        self.close_button.setAutoDefault(False)
        self.pages = self._build_pages()
        self._lay_out()
        self._building = QTimer(self, interval=0)
        self._connect()
        self.show_settings(self._chosen.now)
        self.list.setCurrentRow(0)
        self._building.start()

    def show_page(self, page: Page | None = None) -> None:
        """Opens it, on this page or where it was."""
        if page is not None:
            self.search.clear()
            self.list.setCurrentRow(self.pages.index(page))
        self.said.setText("")
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    def build(self) -> None:
        """Makes all that is not there yet, which happens by itself while nothing else does."""
        while self._building.isActive():
            self._build()

    def _build(self) -> None:
        """One row more; of the page that is seen first."""
        seen = self.pages[max(0, self.list.currentRow())]
        if not any(page.build() for page in (seen, *self.pages)):
            self._building.stop()
            # What was made last is reached last: the rows come before the end of the dialog.
            if (last := self.previousInFocusChain()) is not None:
                QWidget.setTabOrder(last, self.close_button)
            self._narrow(self.search.text())

    def refresh(self) -> None:
        """What the library knows of this computer."""
        self.keeping.refresh()
        self.clearing.refresh()
        self.shelving.refresh()
        if library := self._link.library:
            self._tasks.start(
                ("settings", "describers"), library.describers, self._described, _ignore
            )
            self._tasks.start(("settings", "around"), library.around, self._looked, _ignore)

    def show_settings(self, chosen: Settings) -> None:
        """As they are chosen now."""
        for page in self.pages:
            page.show_settings(chosen)
        self.privacy.forget.setEnabled(chosen.keep_searches)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the search first; Enter ends a field, and does not close the dialog."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _choose(self, name: str, value: object) -> None:
        """Takes it when it can be; what the library is opened with is checked by it first."""
        library = self._link.library
        try:
            wanted = replace(self._chosen.now, **{name: value})  # type: ignore[arg-type]  # by its name
        except BadInput as e:
            self._refuse(name, e)
            return
        if name not in OF_THE_LIBRARY or library is None:
            self._take(name, value)
            return
        self._tasks.start(
            ("settings", "check", name),
            lambda: library.check_settings(wanted),
            lambda _: self._take(name, value),
            lambda error: self._refuse(name, error),
        )

    def _take(self, name: str, value: object) -> None:
        try:
            self._chosen.change(**{name: value})
        except BadInput as e:  # others were changed meanwhile
            self._refuse(name, e)
            return
        self.show_settings(self._chosen.now)  # also what was chosen back

    def _refuse(self, name: str, error: ExpectedError) -> None:
        for page in self.pages:
            if name in page.rows:
                page.rows[name].refuse(wording.shown(str(error)))

    def _narrow(self, text: str) -> None:
        if self._building.isActive():
            return  # it is done when all are there
        found = []
        for at, page in enumerate(self.pages):
            there = page.narrow(text)
            self.list.item(at).setHidden(not there)
            found += [at] if there else []
        if found and self.list.currentRow() not in found:
            self.list.setCurrentRow(found[0])
        self.stack.setCurrentWidget(self.pages[self.list.currentRow()] if found else self.nothing)

    def _described(self, checks: tuple[Check, ...]) -> None:
        self.reading.remark(
            {
                check.name: "" if check.ok else wording.shown(check.text)
                for check in checks
                if check.name in self.reading.rows
            }
        )

    def _looked(self, around: Around) -> None:
        unknown = tr("Settings", "This computer does not tell, so it is not minded here.")
        known = {
            "pause_on_battery": around.on_battery,
            "pause_on_metered": around.metered,
            "pause_full_screen": around.full_screen,
            "cores_away": around.untouched_s,
        }
        self.performance.remark(
            {name: unknown if said is None else "" for name, said in known.items()}
        )

    def _build_pages(self) -> list[Page]:
        self.engine = Page(tr("Settings", "Engine"), catalogue.ENGINE)
        self.account = QPushButton(tr("Settings", "Account, folders and spending…"))
        self.account.setAutoDefault(False)
        self.engine.later(lambda: self.engine.add(line_of(self.account), "aws account"))
        self.models = ModelsBox()
        self.shelving = Shelving(self.models, self._tasks, self._link, self._chosen)
        self.shelf = Page(tr("Settings", "Models"))
        about = "clip siglip whisper speech fetch download hugging face"
        self.shelf.later(lambda: self.shelf.add(self.models, about))
        self.reading = Page(tr("Settings", "Reading files"), catalogue.READING)
        self.performance = Page(tr("Settings", "Performance"), catalogue.PERFORMANCE)
        self.privacy = Privacy()
        self.appearance = Page(tr("Settings", "Appearance"), catalogue_window.APPEARANCE)
        self.shortcuts = Shortcuts(self._window.menus)
        self.storage = StoragePage()
        self.keeping = Keeping(
            self.storage, self._tasks, self._link, self._chosen, self._window.data
        )
        self.clearing = Clearing(self.storage.spaces, self._tasks, self._link)
        self.clearing.cleared.connect(self.keeping.refresh)
        self.desktop = Page(tr("Settings", "Desktop"), catalogue_window.DESKTOP)
        return [
            self.engine,
            self.shelf,
            self.reading,
            self.performance,
            self.privacy,
            self.appearance,
            self.shortcuts,
            self.desktop,
            self.storage,
        ]

    def _connect(self) -> None:
        for page in self.pages:
            page.chosen.connect(self._choose)
        self._chosen.changed.connect(lambda _, now: self.show_settings(now))
        self._chosen.refused.connect(lambda e: self._say(wording.shown(str(e)), warning=True))
        self._applying.opening.connect(
            lambda: self._say(tr("Settings", "Saved. The library is opened again for it…"))
        )
        self._applying.in_use.connect(lambda: self._say(tr("Settings", "Saved, and in use.")))
        self._building.timeout.connect(self._build)
        self._link.opened.connect(lambda _: self.refresh() if self.isVisible() else None)
        self.list.currentRowChanged.connect(self._show_row)
        self.search.textChanged.connect(self._narrow)
        self.close_button.clicked.connect(self.close)
        self.account.clicked.connect(self.account_asked)
        self.privacy.sent_asked.connect(self.sent_asked)
        self.privacy.forget_asked.connect(self._forget)

    def _forget(self) -> None:
        self.forget_asked.emit()
        self._say(tr("Settings", "Recent searches are forgotten."))

    def _show_row(self, row: int) -> None:
        if row >= 0:
            self.stack.setCurrentWidget(self.pages[row])

    def _say(self, text: str, warning: bool = False) -> None:
        if self.isVisible():
            self.said.setText(text)
            self.said.setProperty("warning", warning)
            self.said.setProperty("muted", not warning)
            self.said.style().polish(self.said)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_side()

    def _fit_side(self) -> None:
        """As wide as the longest title of a page."""
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(page.title) for page in self.pages)
        self._side.setFixedWidth(max(LIST_WIDE, longest + LIST_EDGES))

    def _lay_out(self) -> None:
        for page in self.pages:
            item = QListWidgetItem(page.title)
            item.setSizeHint(QSize(0, 34))
            self.list.addItem(item)
            self.stack.addWidget(page)
        self.stack.addWidget(self.nothing)
        self._side = side = QWidget()
        self._fit_side()
        left = QVBoxLayout(side)
        left.setContentsMargins(16, 16, 8, 16)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 16, 16)
        foot.setSpacing(16)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addLayout(right, 1)


def _ignore(_: ExpectedError) -> None:
    """A library that is going: it is asked again when it is back."""
