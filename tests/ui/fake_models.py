"""A shelf of models whose fetches a test lets go, stops or fails."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from nova_desktop.errors import ExpectedError, Stopped
from nova_desktop.shelf import Fetching, LocalModel, Task

SHELF = (
    LocalModel(
        "maker/many-languages", Task.SEARCH, "The best here.", "Apache-2.0", 690_000_000, "a" * 40
    ),
    LocalModel("maker/tiny", Task.SEARCH, "Small and fast.", "MIT", 96_500_000, "b" * 40),
    LocalModel("maker/whisper", Task.SPEECH, "Hears better.", "MIT", 486_000_000, "c" * 40),
)


class FakeModels:
    """What calls.ModelCalls says."""

    def __init__(self) -> None:
        self.shelf = SHELF
        self.far: tuple[Fetching, ...] = ()
        self.fetch_gate: threading.Event | None = None  # a fetch ends once it is set
        self.fetch_stopped = False
        self.fetch_error: ExpectedError | None = None
        self.models_asked: list[tuple[str, str]] = []  # (call, name)

    def models(self) -> tuple[LocalModel, ...]:
        return self.shelf

    def fetch_model(self, name: str, revision: str = "") -> LocalModel:
        self.models_asked.append(("fetch", name))
        if self.fetch_gate and not self.fetch_gate.wait(10):
            raise AssertionError("the fetch was never let go")
        if self.fetch_error:
            raise self.fetch_error
        if self.fetch_stopped:
            raise Stopped
        here = tuple(
            replace(one, folder=Path("/models") / name) if one.name == name else one
            for one in self.shelf
        )
        self.shelf = here
        return next(one for one in here if one.name == name)

    def fetching(self) -> tuple[Fetching, ...]:
        return self.far

    def stop_fetch(self, name: str) -> None:
        self.fetch_stopped = True
        if self.fetch_gate:
            self.fetch_gate.set()

    def check_model(self, place: str) -> LocalModel:
        self.models_asked.append(("check", place))
        if self.fetch_error:
            raise self.fetch_error
        return LocalModel(place, Task.SEARCH, folder=Path(place))

    def remove_model(self, name: str) -> int:
        self.models_asked.append(("remove", name))
        self.shelf = tuple(
            replace(one, folder=None) if one.name == name else one for one in self.shelf
        )
        return 1000
