"""The page of the AWS account: which profile, region and bucket, and whether all is well there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop import settings
from nova_desktop.errors import ExpectedError
from nova_desktop.settings import DIMENSIONS, Settings
from nova_desktop.ui import wording
from nova_desktop.ui.labels import named, wrapped

if TYPE_CHECKING:
    from nova_desktop.compose_aws import Choices
    from nova_desktop.model import Check
    from nova_desktop.ui.tasks import Tasks

SAVED = "Saved. It counts from the next start of Nova Desktop."
WIDE = 640  # pixels
MOST_USD = 100_000.0


class Account(QWidget):
    """Reads and writes the settings file; asks AWS only when Check is pressed."""

    def __init__(self, tasks: Tasks, file: Path, refused: Callable[[str], None]) -> None:
        super().__init__()
        self._tasks, self._file, self._refused = tasks, file, refused
        self._kept = Settings()
        self.use = QCheckBox("Use Amazon Nova beside this computer's own engine")
        self.profile = named(QComboBox(), "Profile")
        self.region = named(QComboBox(), "Region")
        self.bucket = named(QLineEdit(), "Bucket for long films and sounds")
        self.bucket.setPlaceholderText("none: everything goes in small parts")
        self.dimension = named(QComboBox(), "Numbers in a vector")
        self.dimension.addItems([str(number) for number in DIMENSIONS])
        self.apart = QCheckBox("A vector of its own for the sound of a film")
        self.skip = QCheckBox("Do not pay for what is still and silent")
        self.cap = named(QDoubleSpinBox(), "At most in a month, in US dollars")
        self.cap.setRange(0.0, MOST_USD)
        self.cap.setPrefix("$")
        self.cap.setSpecialValueText("no limit")
        self.cap.setMinimumHeight(self.profile.sizeHint().height())
        self.said = wrapped(muted=True)
        self.checks = named(QTreeWidget(), "Checks of the account")
        self.checks.setHeaderLabels(["", "What", "Found"])
        self.checks.setRootIsDecorated(False)
        self.checks.setWordWrap(True)
        self.checks.header().setAccessibleName("Columns of the checks")
        self.checks.header().resizeSection(0, 30)
        self.checks.header().resizeSection(1, 130)
        self.check, self.save = QPushButton("Check"), QPushButton("Save")
        self._lay_out()
        self.check.clicked.connect(self._check)
        self.save.clicked.connect(self._save)

    def refresh(self) -> None:
        """Shows what the settings file says, and what there is to choose from."""
        file = self._file

        def look() -> tuple[Settings, Choices]:
            from nova_desktop import compose_aws  # it imports boto3

            kept = settings.load(file)
            return kept, compose_aws.choices(replace(kept, aws_profile=""))

        self._tasks.start(("account", "look"), look, lambda seen: self._show(*seen), self._failed)

    def chosen(self) -> Settings:
        """The settings as they are chosen here. Raises BadInput for what can't be."""
        return replace(
            self._kept,
            engine="nova" if self.use.isChecked() else "basic",
            aws_profile=self.profile.currentData() or "",
            aws_region=self.region.currentText(),
            bucket=self.bucket.text().strip(),
            dimension=int(self.dimension.currentText()),
            separate_sound=self.apart.isChecked(),
            skip_still=self.skip.isChecked(),
            month_cap_usd=self.cap.value(),
        )

    def _show(self, kept: Settings, choices: Choices) -> None:
        self._kept = kept
        self.use.setChecked(kept.engine == "nova")
        self.profile.clear()
        self.profile.addItem(f"As AWS chooses ({choices.used[1]})", "")
        for name, kind, _ in choices.profiles:
            self.profile.addItem(f"{wording.shown(name)} ({kind})", name)
        if self.profile.findData(kept.aws_profile) < 0:
            self.profile.addItem(f"{wording.shown(kept.aws_profile)} (missing)", kept.aws_profile)
        self.profile.setCurrentIndex(self.profile.findData(kept.aws_profile))
        self.region.clear()
        self.region.addItems(list(dict.fromkeys((*choices.regions, kept.aws_region))))
        self.region.setCurrentText(kept.aws_region)
        self.bucket.setText(kept.bucket)
        self.dimension.setCurrentText(str(kept.dimension))
        self.apart.setChecked(kept.separate_sound)
        self.skip.setChecked(kept.skip_still)
        self.cap.setValue(kept.month_cap_usd)
        self.said.setText(" ".join(choices.overrides))

    def _check(self) -> None:
        chosen = self._asked()
        if chosen is None:
            return

        def look() -> Sequence[Check]:
            from nova_desktop import compose_aws

            return compose_aws.checks(chosen)

        self.check.setEnabled(False)
        self.said.setText("Asking AWS. It costs nothing but a dozen requests of S3…")
        self._tasks.start(("account", "check"), look, self._checked, self._failed)

    def _checked(self, found: Sequence[Check]) -> None:
        self.check.setEnabled(True)
        wrong = sum(not check.ok for check in found)
        self.said.setText(f"{wording.count(wrong, 'thing')} to mend." if wrong else "All is well.")
        self.checks.clear()
        for check in found:
            text = wording.shown(check.text)
            item = QTreeWidgetItem(["✓" if check.ok else "✗", check.name, text])
            item.setToolTip(2, text)
            self.checks.addTopLevelItem(item)

    def _save(self) -> None:
        chosen = self._asked()
        if chosen is None:
            return
        self._tasks.start(
            ("account", "save"),
            lambda: settings.save(chosen, self._file),
            lambda _: self.said.setText(SAVED),
            self._failed,
        )

    def _asked(self) -> Settings | None:
        try:
            return self.chosen()
        except ExpectedError as e:
            self._failed(e)
            return None

    def _failed(self, error: ExpectedError) -> None:
        self.check.setEnabled(True)
        self.said.setText("")
        self._refused(str(error))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.use)
        form.addRow("Profile", self.profile)
        form.addRow("Region", self.region)
        form.addRow("Bucket", self.bucket)
        form.addRow("Numbers in a vector", self.dimension)
        form.addRow("At most in a month", self.cap)
        form.addRow(self.apart)
        form.addRow(self.skip)
        self.said.setMinimumWidth(WIDE)  # else it would be as high as in a narrow window
        row = QHBoxLayout()
        row.addStretch(1)
        for push in (self.check, self.save):
            push.setAutoDefault(False)
            row.addWidget(push)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.checks, 1)
        column.addWidget(self.said)
        column.addLayout(row)
