"""The dialog of one folder's rules: where its files may go, what is left out, and when it works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.calls import LibraryCalls
from nova_desktop.errors import BadInput
from nova_desktop.folders import Effect, Exclusion, FolderRules, Schedule, When
from nova_desktop.spending import FolderRule, Rule
from nova_desktop.ui import wording
from nova_desktop.ui.folders import said
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import noop, tr, trn

PATH = Qt.ItemDataRole.UserRole
TASKS = ("folder rules", "rules effect", "save rules", "take back")  # names of what is asked
WIDE = 480  # pixels
WAIT_MS = 300  # after a key, before what the patterns would do is asked
ENGINES = {
    Rule.DEVICE: noop("Rules", "On this computer only"),
    Rule.CLOUD: noop("Rules", "On this computer, and by Amazon Nova…"),
    Rule.NEVER: noop("Rules", "Not at all: nothing in it is found"),
}
TIMES = {
    When.ALWAYS: noop("Rules", "Always"),
    When.HOURS: noop("Rules", "At certain hours:"),
    When.ASKED: noop("Rules", "Only when I say so"),
}


class Start(Protocol):
    """Asks the library off the Qt thread; `failed` hears of what can't be done."""

    def __call__(
        self,
        name: str,
        call: Callable[[LibraryCalls], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None: ...


class RulesDialog(QDialog):
    """Not modal; nothing is changed before it is saved."""

    cloud_asked = Signal(object)  # Path: to be decided where its quote is shown
    saved = Signal(object)  # Effect

    def __init__(self, folder: Path, start: Start, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder, self._start = folder, start
        self._rules = FolderRules(folder)
        self._engine = Rule.DEVICE
        self.setWindowTitle(tr("Rules", "Rules of “{folder}”", folder=wording.name_of(folder)))
        self.resize(640, 680)
        self.engines = _choices(ENGINES)
        self.times = _choices(TIMES)
        self.start_time = named(QTimeEdit(QTime(22, 0)), tr("Rules", "From"))
        self.stop_time = named(QTimeEdit(QTime(6, 0)), tr("Rules", "To"))
        for edit in (self.start_time, self.stop_time):
            edit.setDisplayFormat("HH:mm")
        self.ignore = named(QPlainTextEdit(), tr("Rules", "Patterns of what is left out"))
        self.ignore.setTabChangesFocus(True)
        self.ignore.setProperty("field", True)
        example = "*.bak\n/Drafts/\n!keep.bak"
        self.ignore.setPlaceholderText(tr("Rules", "For example:\n{patterns}", patterns=example))
        self.effect = named(
            wrapped(muted=True, at_least=WIDE), tr("Rules", "What the patterns would do")
        )
        self.left_out = named(QListWidget(), tr("Rules", "Left out by hand"))
        self.left_out.setProperty("framed", True)
        self.left_out.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.take_back = push(tr("Rules", "Take back"))
        self.trouble = named(wrapped(at_least=WIDE), tr("Rules", "What can't be done"))
        self.trouble.setProperty("warning", True)
        self.save = push(tr("Rules", "Save"))
        self.save.setProperty("primary", True)
        self.save.setProperty("small", True)
        self.cancel = push(tr("Rules", "Cancel"))
        self._late = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._lay_out()
        self._late.timeout.connect(self._ask_effect)
        self.ignore.textChanged.connect(self._typed)
        self.take_back.clicked.connect(self._take_back)
        self.left_out.itemSelectionChanged.connect(self._chose)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close)
        for choice in self.times.values():
            choice.toggled.connect(self._timed)
        self._timed()
        self._chose()
        self.load()

    def load(self) -> None:
        """Asks what is chosen now."""

        def look(
            library: LibraryCalls,
        ) -> tuple[FolderRules, tuple[FolderRule, ...], tuple[Exclusion, ...]]:
            return library.folder_rules(self.folder), library.rules(), library.exclusions()

        self._start("folder rules", look, lambda found: self._show(*found), self._refused)

    def patterns(self) -> tuple[str, ...]:
        return tuple(line for line in self.ignore.toPlainText().splitlines() if line.strip())

    def schedule(self) -> Schedule:
        when = next(when for when, choice in self.times.items() if choice.isChecked())
        if when is not When.HOURS:
            return Schedule(when)
        ends = (
            60 * edit.time().hour() + edit.time().minute()
            for edit in (self.start_time, self.stop_time)
        )
        return Schedule(when, *ends)

    def _show(
        self,
        rules: FolderRules,
        decided: tuple[FolderRule, ...],
        exclusions: tuple[Exclusion, ...],
    ) -> None:
        self._rules = rules
        above = [one for one in decided if self.folder.is_relative_to(one.path)]
        nearest = max(above, key=lambda one: len(one.path.parts), default=None)
        self._engine = nearest.rule if nearest else Rule.DEVICE
        self.engines[self._engine].setChecked(True)
        self.times[rules.schedule.when].setChecked(True)
        if rules.schedule.when is When.HOURS:
            for edit, minute in (
                (self.start_time, rules.schedule.start_min),
                (self.stop_time, rules.schedule.stop_min),
            ):
                edit.setTime(QTime(minute // 60, minute % 60))
        if not self.ignore.document().isModified():
            self.ignore.setPlainText("\n".join(rules.ignore))
            self.ignore.document().setModified(False)
        self._show_left_out(exclusions)

    def _show_left_out(self, exclusions: tuple[Exclusion, ...]) -> None:
        self.left_out.clear()
        for one in exclusions:
            if one.path.is_relative_to(self.folder):
                inside = wording.shown(str(one.path.relative_to(self.folder)))
                item = QListWidgetItem(f"{inside}/" if one.folder else inside, self.left_out)
                item.setData(PATH, one.path)
        self.left_out.setVisible(self.left_out.count() > 0)
        self.take_back.setVisible(self.left_out.count() > 0)
        self.none_left_out.setVisible(self.left_out.count() == 0)

    def _typed(self) -> None:
        self.trouble.hide()
        self._late.start()

    def _ask_effect(self) -> None:
        patterns = self.patterns()
        if patterns == self._rules.ignore:
            self.effect.setText("")
            self.save.setEnabled(True)
            return

        def known(does: Effect) -> None:
            self.effect.setText(said.effect(does))
            self.save.setEnabled(True)

        self._start(
            "rules effect",
            lambda library: library.rules_effect(self.folder, patterns),
            known,
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.trouble.setText(sentence(str(error)))
        self.trouble.show()
        self.effect.setText("")
        self.save.setEnabled(not isinstance(error, BadInput))

    def _save(self) -> None:
        patterns, schedule = self.patterns(), self.schedule()
        if schedule.when is When.HOURS and schedule.start_min == schedule.stop_min:
            self._refused(ValueError(tr("Rules", "Let the hours end later than they begin.")))
            self.save.setEnabled(True)
            return
        engine = next(rule for rule, choice in self.engines.items() if choice.isChecked())
        changed = engine if engine is not self._engine else None

        def work(library: LibraryCalls) -> Effect:
            does = library.set_folder_rules(
                self.folder,
                ignore=patterns if patterns != self._rules.ignore else None,
                schedule=schedule if schedule != self._rules.schedule else None,
            )
            if changed in (Rule.DEVICE, Rule.NEVER):
                library.set_rule(self.folder, changed)
            return does

        def done(does: Effect) -> None:
            self.close()
            self.saved.emit(does)
            if changed is Rule.CLOUD:
                self.cloud_asked.emit(self.folder)

        self._start("save rules", work, done, self._refused)

    def _take_back(self) -> None:
        paths = tuple(item.data(PATH) for item in self.left_out.selectedItems())
        self._start(
            "take back",
            lambda library: library.include(paths),
            lambda _: self.load(),
            self._refused,
        )

    def _chose(self) -> None:
        self.take_back.setEnabled(bool(self.left_out.selectedItems()))

    def _timed(self) -> None:
        for edit in (self.start_time, self.stop_time):
            edit.setEnabled(self.times[When.HOURS].isChecked())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(_heading(tr("Rules", "Where its files are indexed")))
        for choice in self.engines.values():
            column.addWidget(choice)
        column.addSpacing(8)
        column.addWidget(_heading(tr("Rules", "When")))
        for when, choice in self.times.items():
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(choice)
            if when is When.HOURS:
                row.addWidget(self.start_time)
                row.addWidget(QLabel("–"))
                row.addWidget(self.stop_time)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(_heading(tr("Rules", "Left out by pattern")))
        column.addWidget(
            wrapped(
                tr(
                    "Rules",
                    "One a line, as in a .gitignore file. Files stay where they are; what comes "
                    "back within 30 days need not be indexed again.",
                ),
                muted=True,
                at_least=WIDE,
            )
        )
        column.addWidget(self.ignore, 2)
        column.addWidget(self.effect)
        column.addWidget(_heading(tr("Rules", "Left out by hand")))
        self.none_left_out = wrapped(
            tr("Rules", "Nothing. Results and failures can be left out from their menus."),
            muted=True,
            at_least=WIDE,
        )
        column.addWidget(self.none_left_out)
        column.addWidget(self.left_out, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.take_back)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column.addWidget(self.trouble)
        self.trouble.hide()
        column.addLayout(foot)


def _choices(texts: dict[Any, tuple[str, str]]) -> dict[Any, QRadioButton]:
    group = QButtonGroup()
    made = {}
    for key, text in texts.items():
        made[key] = choice = QRadioButton(tr(*text))
        choice.setAccessibleName(tr(*text))
        group.addButton(choice)
    next(iter(made.values())).setChecked(True)
    group.setParent(next(iter(made.values())))
    return made


def _heading(text: str) -> QLabel:
    return sized(QLabel(text), 1.0, bold=True)


def said_of(does: Effect) -> str:
    """What saving rules did; "" where it changed no file."""
    parts = []
    if does.leaves_out:
        parts.append(trn("Rules", "{n} file(s) left the index.", None, does.leaves_out))
    if does.brings_back:
        parts.append(trn("Rules", "{n} file(s) come back.", None, does.brings_back))
    return " ".join(parts)
