"""The page of the AWS account: whether Amazon Nova is used, as whom, how, and for how much."""

from __future__ import annotations

import threading
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
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop import settings
from nova_desktop.errors import ExpectedError
from nova_desktop.settings import DIMENSIONS, Settings
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import Said, noop, tr
from nova_desktop.ui.nova.checked import Checked
from nova_desktop.ui.tasks import abandonable

if TYPE_CHECKING:
    from nova_desktop.compose_aws import Choices
    from nova_desktop.model import Check
    from nova_desktop.ui.tasks import Tasks

MOST_USD = 100_000.0
FORM, HIGH = 400, 30  # pixels
SIZES = Said(
    {
        3072: noop("Amazon Nova", "3072, the most exact"),
        1024: noop("Amazon Nova", "1024, nearly as exact"),
    }
)
READING = noop("Amazon Nova", "Reading the settings…")
KEEPING = noop("Amazon Nova", "Saving…")
SAVING = noop("Amazon Nova", "Saved. Opening the library…")
SAVED = noop("Amazon Nova", "Saved, and in use.")
ELSEWHERE = noop(
    "Amazon Nova",
    "Saved. The library is in use elsewhere too, on the command line; "
    "this counts when that has ended.",
)
OURS = (
    *("engine", "aws_profile", "aws_region", "bucket", "dimension"),
    *("separate_sound", "skip_still", "month_cap_usd", "run_cap_usd"),
)  # the others are chosen elsewhere
ASKING = noop("Amazon Nova", "Asking AWS, which may take a minute…")


class Account(QWidget):
    """Reads and writes the settings file; asks AWS only when Check is pressed.

    `saved` is called when the file was written, and answered by `reopened`; `busy` with True
    while something is waited for, `refused` with a sentence, "" when that is over.
    """

    def __init__(
        self,
        tasks: Tasks,
        file: Path,
        *,
        saved: Callable[[], None],
        busy: Callable[[bool], None],
        refused: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._tasks, self._file = tasks, file
        self._saved, self._busy, self._refused = saved, busy, refused
        self._kept: Settings | None = None
        self._ended = threading.Event()
        self.use = QCheckBox(
            tr("Amazon Nova", "&Use Amazon Nova beside this computer's own engine")
        )
        self.profile = named(QComboBox(), tr("Amazon Nova", "Profile of AWS's own configuration"))
        self.region = named(QComboBox(), tr("Amazon Nova", "Region where Amazon Nova is asked"))
        self.bucket = named(QLineEdit(), tr("Amazon Nova", "S3 bucket for long films and sounds"))
        self.bucket.setPlaceholderText(tr("Amazon Nova", "none: all goes in small parts"))
        self.bucket.setProperty("field", True)
        self.bucket.setTextMargins(3, 0, 3, 0)
        self.bucket.setToolTip(
            tr("Amazon Nova", "Your own bucket, through which long films and sounds go")
        )
        self.dimension = named(QComboBox(), tr("Amazon Nova", "Numbers in a vector"))
        for number in DIMENSIONS:
            self.dimension.addItem(SIZES.get(number, str(number)), number)
        self.apart = QCheckBox(
            tr("Amazon Nova", "&Find the sound of a film apart from its picture")
        )
        self.skip = QCheckBox(tr("Amazon Nova", "&Do not pay for what is still and silent"))
        self.month = _dollars(tr("Amazon Nova", "At most in a month, in US dollars"))
        self.run = _dollars(tr("Amazon Nova", "At most in one run of the program, in US dollars"))
        self.overrides = wrapped(at_least=FORM)
        self.overrides.setProperty("warning", True)
        self.said = wrapped(tr(*READING), muted=True, at_least=FORM // 2)
        self.checks = Checked()
        self.check = named(
            QPushButton(tr("Amazon Nova", "&Check")), tr("Amazon Nova", "Check the account")
        )
        self.save = named(QPushButton(tr("Amazon Nova", "&Save")), tr("Amazon Nova", "Save"))
        self.save.setProperty("primary", True)
        self.save.setProperty("small", True)
        self._lay_out()
        self._connect()
        self._enable()

    def refresh(self) -> None:
        """Shows what the settings file says, unless something was changed here and not saved."""
        if self._kept is not None and self._changed():
            return
        file = self._file

        def look() -> tuple[Settings, Choices]:
            from nova_desktop import compose_aws  # it imports botocore

            kept = settings.load(file)
            # Of the profiles' own files: a chosen one that is missing is shown as such.
            return kept, compose_aws.choices(replace(kept, aws_profile=""))

        self._tasks.start(("account", "look"), look, lambda seen: self._show(*seen), self._failed)

    def chosen(self) -> Settings:
        """The settings as they are chosen here. Raises BadInput for what can't be."""
        return replace(
            self._kept or Settings(),
            engine=_engine(self._kept or Settings(), self.use.isChecked()),
            aws_profile=self.profile.currentData() or "",
            aws_region=self.region.currentText(),
            bucket=self.bucket.text().strip(),
            dimension=self.dimension.currentData(),
            separate_sound=self.apart.isChecked(),
            skip_still=self.skip.isChecked(),
            month_cap_usd=self.month.value(),
            run_cap_usd=self.run.value(),
        )

    def reopened(self, alone: bool) -> None:
        """The library was opened again; `alone`: and with what was saved."""
        self._wait("")
        self.said.setText(tr(*SAVED) if alone else tr(*ELSEWHERE))
        self._enable()

    def failed(self, error: ExpectedError) -> None:
        """It could not be opened again."""
        self._failed(error)

    def end(self) -> None:
        """Waits for AWS no longer."""
        self._ended.set()

    def _changed(self) -> bool:
        return self._kept is not None and self.chosen() != self._kept

    def _show(self, kept: Settings, choices: Choices) -> None:
        self._kept = None  # what is set here now is no change of the user's
        self.use.setChecked(kept.sends)
        self.profile.clear()
        used = tr("Amazon Nova", "As AWS chooses: {used}", used=choices.used[1])
        self.profile.addItem(used, "")
        for name, kind, region in choices.profiles:
            if name:
                about = ", ".join(part for part in (kind, region) if part)
                self.profile.addItem(f"{wording.shown(name)} ({about})", name)
        if self.profile.findData(kept.aws_profile) < 0:
            missing = wording.shown(kept.aws_profile)
            self.profile.addItem(
                tr("Amazon Nova", "{profile} (missing)", profile=missing), kept.aws_profile
            )
        self.profile.setCurrentIndex(self.profile.findData(kept.aws_profile))
        self.region.clear()
        self.region.addItems(list(dict.fromkeys((*choices.regions, kept.aws_region))))
        self.region.setCurrentText(kept.aws_region)
        self.bucket.setText(kept.bucket)
        self.dimension.setCurrentIndex(self.dimension.findData(kept.dimension))
        self.apart.setChecked(kept.separate_sound)
        self.skip.setChecked(kept.skip_still)
        self.month.setValue(kept.month_cap_usd)
        self.run.setValue(kept.run_cap_usd)
        self.overrides.setText(
            "\n".join([tr("Amazon Nova", "Instead of at AWS:"), *choices.overrides])
        )
        self.overrides.setVisible(bool(choices.overrides))
        self._kept = kept
        if self.said.text() == tr(*READING):
            self.said.setText("")
        self._enable()

    def _check(self) -> None:
        if (chosen := self._asked()) is None:
            return

        def look() -> Sequence[Check]:
            from nova_desktop import compose_aws

            return compose_aws.checks(chosen)

        self._wait(tr(*ASKING))
        work = abandonable(look, self._ended)
        self._tasks.start(("account", "check"), work, self._checked, self._failed)

    def _checked(self, found: Sequence[Check]) -> None:
        self._wait("")
        self.checks.show_checks(found)

    def _save(self) -> None:
        if (chosen := self._asked()) is None:
            return
        file = self._file

        def work() -> None:
            from nova_desktop import compose_aws

            compose_aws.checked(chosen)
            ours = {name: getattr(chosen, name) for name in OURS}
            settings.save(replace(settings.load(file), **ours), file)

        def done(_: None) -> None:
            self._kept = chosen
            self._wait(tr(*SAVING))
            self._saved()

        self._wait(tr(*KEEPING))
        self._tasks.start(("account", "save"), work, done, self._failed)

    def _asked(self) -> Settings | None:
        self._refused("")
        try:
            return self.chosen()
        except ExpectedError as e:
            self._failed(e)
            return None

    def _failed(self, error: ExpectedError) -> None:
        self._wait("")
        self._refused(str(error))

    def _wait(self, why: str) -> None:
        self.said.setText(why)
        self._busy(bool(why))
        self._enable(waiting=bool(why))

    def _enable(self, waiting: bool = False) -> None:
        for part in (self._form, self.check):
            part.setEnabled(self._kept is not None and not waiting)
        self.save.setEnabled(not waiting and self._changed())

    def _connect(self) -> None:
        for box in (self.use, self.apart, self.skip):
            box.toggled.connect(lambda: self._edited())
        for pick in (self.profile, self.region, self.dimension):
            pick.currentIndexChanged.connect(lambda: self._edited())
        for money in (self.month, self.run):
            money.valueChanged.connect(lambda: self._edited())
        self.bucket.textEdited.connect(lambda: self._edited())
        self.check.clicked.connect(self._check)
        self.save.clicked.connect(self._save)

    def _edited(self) -> None:
        if self._kept is not None:
            self.said.setText("")
            self.checks.show_checks(())  # it was of something else
            self._enable()

    def _lay_out(self) -> None:
        self._form = QWidget()
        self._form.setFixedWidth(FORM)
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.use)
        for name, field in (
            (tr("Amazon Nova", "&Profile"), self.profile),
            (tr("Amazon Nova", "&Region"), self.region),
            (tr("Amazon Nova", "&Bucket"), self.bucket),
            (tr("Amazon Nova", "V&ectors"), self.dimension),
            (tr("Amazon Nova", "At most a &month"), self.month),
            (tr("Amazon Nova", "At most a ru&n"), self.run),
        ):
            label = QLabel(name)
            label.setMinimumHeight(HIGH)
            label.setBuddy(field)
            form.addRow(label, field)
        for field in (self.profile, self.region, self.bucket, self.dimension, self.month, self.run):
            field.setMinimumHeight(HIGH)
        for pick in (self.profile, self.region, self.dimension):
            pick.setMaxVisibleItems(12)
            pick.setMinimumContentsLength(12)  # else as wide as its longest profile
            pick.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        form.addRow(self.apart)
        form.addRow(self.skip)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        for push in (self.check, self.save):
            push.setAutoDefault(False)
            buttons.addWidget(push, 0, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._form)
        left.addWidget(self.overrides)
        left.addStretch(1)
        left.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 18, 4, 4)
        row.setSpacing(24)
        row.addLayout(left)
        row.addWidget(self.checks, 1)


def _dollars(name: str) -> QDoubleSpinBox:
    made = named(QDoubleSpinBox(), name)
    made.setRange(0.0, MOST_USD)
    made.setPrefix("$")
    made.setSpecialValueText(tr("Amazon Nova", "no limit"))
    return made


def _engine(kept: Settings, sends: bool) -> str:
    """This device's own stays what it is."""
    if kept.sees:
        return "clip+nova" if sends else "clip"
    return "nova" if sends else "basic"
