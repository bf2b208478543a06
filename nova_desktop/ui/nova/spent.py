"""The page of what was paid: this month and this run against their limits, and by kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from nova_desktop.spending import Spent
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.nova import paying

STEPS = 1000  # of a bar
LEAST = 8  # steps: what was paid at all is seen
WIDE, WIDEST = 360, 640  # pixels
LEDGER = noop(
    "Amazon Nova",
    "Counted before each request is sent, by Amazon's list prices. A request whose end nobody "
    "knows stays counted: this may be more than Amazon's bill, never less.",
)


class Meter(QWidget):
    """A name, an amount, and a bar of how much of something that is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.amount = QLabel()
        self.amount.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, STEPS)
        self.bar.setFixedHeight(8)
        row = QHBoxLayout()
        row.addWidget(QLabel(name), 1)
        row.addWidget(self.amount)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.bar)

    def say(self, text: str, part: float | None) -> None:
        """`part` of 1 is full; None has no bar."""
        self.amount.setText(text)
        self.bar.setVisible(part is not None)
        shown = min(STEPS, max(LEAST if part else 0, round((part or 0.0) * STEPS)))
        self.bar.setValue(shown)
        self.bar.setAccessibleName(f"{self._name}: {text}")


class SpentPage(QWidget):
    """Shows the ledger in numbers; asks for nothing itself."""

    def __init__(self) -> None:
        super().__init__()
        self.month = Meter(tr("Amazon Nova", "This month"))
        self.run = Meter(tr("Amazon Nova", "Since the library was opened"))
        self.total = Meter(tr("Amazon Nova", "In all"))
        self.kinds: dict[str, Meter] = {}
        self._heading = sized(QLabel(tr("Amazon Nova", "This month, by kind")), 1.0, bold=True)
        self._of_kinds = QVBoxLayout()
        self._of_kinds.setSpacing(14)
        self.note = wrapped(tr(*LEDGER), muted=True, at_least=WIDE)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        for meter in (self.month, self.run, self.total):
            column.addWidget(meter)
        line = QFrame(frameShape=QFrame.Shape.HLine)
        line.setProperty("rule", True)
        column.addWidget(line)
        column.addWidget(self._heading)
        column.addLayout(self._of_kinds)
        column.addStretch(1)
        column.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 18, 4, 8)
        row.addWidget(named(inner, tr("Amazon Nova", "Spending")), 1)
        row.addStretch(0)

    def show_spent(self, spent: Spent) -> None:
        """The newest numbers."""
        for meter, usd, cap in (
            (self.month, spent.month_usd, spent.month_cap_usd),
            (self.run, spent.run_usd, spent.run_cap_usd),
        ):
            meter.say(paying.of_cap(usd, cap), usd / cap if cap else None)
        self.total.say(paying.usd(spent.total_usd), None)
        kinds = dict(spent.by_kind)
        for kind in self.kinds.keys() - kinds.keys():  # a month has begun
            self.kinds.pop(kind).deleteLater()
        for at, (kind, usd) in enumerate(spent.by_kind):
            if kind not in self.kinds:
                self.kinds[kind] = Meter(paying.KINDS.get(kind, kind))
            self._of_kinds.insertWidget(at, self.kinds[kind])
            self.kinds[kind].say(paying.usd(usd), usd / spent.month_usd if spent.month_usd else 0)
        self._heading.setText(
            tr("Amazon Nova", "This month, by kind")
            if kinds
            else tr("Amazon Nova", "Nothing was paid this month.")
        )
