"""The page of privacy: what is remembered, who can read it, and where to see what was sent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from nova_desktop.ui.look.labels import wrapped
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.settings import catalogue
from nova_desktop.ui.settings.page import Page, line_of
from nova_desktop.ui.settings.row import LEAST


class Privacy(Page):
    """With the ways to what is decided elsewhere."""

    forget_asked = Signal()
    sent_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Settings", "Privacy"), catalogue.PRIVACY)
        self.forget = QPushButton(tr("Settings", "Forget recent searches"))
        self.sent = QPushButton(tr("Settings", "What was sent…"))
        self.forget.clicked.connect(self.forget_asked)
        self.sent.clicked.connect(self.sent_asked)
        for push in (self.forget, self.sent):
            push.setAutoDefault(False)
        words = f"{self.forget.text()} {self.sent.text()}"
        self.later(lambda: self.add(line_of(self.forget, self.sent), words))
        stays = tr(
            "Settings",
            "Nothing leaves this computer unless you choose Amazon Nova and allow it for a folder. "
            "There is no account and no telemetry, and nothing is downloaded but models that you "
            "ask for.",
        )
        kept = tr(
            "Settings",
            "What is known of your files lies in one folder that only you may read; Storage shows "
            "it. Your own files are only ever read.",
        )
        for text in (stays, kept):
            self.later(partial(self._say, text))

    def _say(self, text: str) -> None:
        label = wrapped(text, muted=True, at_least=LEAST)
        label.setContentsMargins(0, 0, 0, 8)
        self.add(label, text)
