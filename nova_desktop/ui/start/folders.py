"""The first step: which folders, with what is in each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.folders import Survey
from nova_desktop.ui import drops, wording
from nova_desktop.ui.look.labels import OneLine, named, wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.start import proposed

WIDE = 360  # pixels


def indent() -> int:
    """Pixels, so that lines stand under the text of a check box."""
    style, metric = QApplication.style(), QStyle.PixelMetric
    return style.pixelMetric(metric.PM_IndicatorWidth) + style.pixelMetric(
        metric.PM_CheckBoxLabelSpacing
    )


class FolderRow(QWidget):
    """A folder that can be chosen, and what is in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.survey: Survey | None = None
        name = wording.name_of(path)
        self.check = named(QCheckBox(name.replace("&", "&&")), wording.shown(str(path)))
        self.check.setToolTip(wording.shown(str(path)))
        self.inside = OneLine(tr("First start", "Looking…"), muted=True)
        self.left_out = OneLine(muted=True)
        self.left_out.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.check)
        under = QVBoxLayout()
        under.setContentsMargins(indent(), 0, 0, 0)
        under.setSpacing(2)
        under.addWidget(self.inside)
        under.addWidget(self.left_out)
        column.addLayout(under)

    def show_survey(self, survey: Survey) -> None:
        """The newest numbers."""
        self.survey = survey
        self.inside.say(proposed.inside(survey))
        out = proposed.left_out(survey)
        self.left_out.say(out)
        self.left_out.setVisible(bool(out))
        self.check.setAccessibleDescription(f"{self.inside.text()}. {out}")

    def refuse(self, why: str) -> None:
        """It can't be looked into, and so not be chosen."""
        self.inside.say(why)
        self.check.setChecked(False)
        self.check.setEnabled(False)


class FoldersStep(QWidget):
    """`changed` when others are chosen; `added` with a folder that is to be looked into."""

    changed = Signal()
    added = Signal(object)  # FolderRow

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.rows: list[FolderRow] = []
        more = tr("First start", "Add another folder…")
        self.more = named(QPushButton(more), more)
        self.more.setAutoDefault(False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(
            wrapped(
                tr(
                    "First start",
                    "What is in these folders can be searched, and so can what comes into them "
                    "later. No file is changed or moved. You can drop a folder here, too.",
                ),
                muted=True,
                at_least=WIDE,
            )
        )
        column.addLayout(self._rows)
        column.addWidget(self.more)
        self.more.setSizePolicy(
            self.more.sizePolicy().Policy.Maximum, self.more.sizePolicy().Policy.Fixed
        )
        column.addStretch(1)
        self.more.clicked.connect(self._ask)

    def add(self, path: Path, chosen: bool = True) -> None:
        """Lists a folder, once."""
        known = next((row for row in self.rows if row.path == path), None)
        if known is not None:
            known.check.setChecked(chosen)
            return
        row = FolderRow(path)
        row.check.setChecked(chosen)
        row.check.toggled.connect(self.changed)
        self.rows.append(row)
        self._rows.addWidget(row)
        self.added.emit(row)
        self.changed.emit()

    def chosen(self) -> list[Path]:
        """In the order in which they are listed."""
        return [row.path for row in self.rows if row.check.isChecked()]

    def surveys(self) -> list[Survey]:
        """Of those that are chosen, as far as they are known."""
        return [row.survey for row in self.rows if row.survey and row.check.isChecked()]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and drops.dropped(event.mimeData()).folders:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._add_all(drops.dropped(event.mimeData()).folders)

    def _add_all(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self.add(path)

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), tr("First start", "Add another folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.add(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
