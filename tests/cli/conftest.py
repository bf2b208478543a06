"""A command line on a fake library, with what it printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nova_desktop.cli import main as cli
from nova_desktop.cli.terminal import Terminal
from nova_desktop.settings import Settings
from tests.cli.fake import FakeLibrary


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@dataclass
class CommandLine:
    library: FakeLibrary = field(default_factory=FakeLibrary)
    out: str = ""
    err: str = ""
    opened: list[tuple[Path, Settings]] = field(default_factory=list)
    shown: list[tuple[Path, Path | None, str]] = field(default_factory=list)
    handed: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)

    def __call__(self, *argv: str, tty: bool = False) -> int:
        out, err = io.StringIO(), Tty() if tty else io.StringIO()
        try:
            return cli.main(argv, self._open, Terminal(out, err), self._show)
        finally:
            self.out, self.err = out.getvalue(), err.getvalue()

    def _open(self, data: Path, chosen: Settings) -> FakeLibrary:
        self.opened.append((data, chosen))
        return self.library

    def _show(
        self,
        data: Path,
        *,
        screenshot: Path | None = None,
        query: str = "",
        places: Sequence[str] = (),
        hidden: bool = False,
    ) -> int:
        self.shown.append((data, screenshot, query))
        self.handed.append((tuple(places), hidden))
        return 0


@pytest.fixture
def run() -> CommandLine:
    return CommandLine()
