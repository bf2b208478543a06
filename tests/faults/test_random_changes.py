"""Whatever is done to a folder, running or not, the index ends equal to the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.faults.oracle import differences
from tests.library.desk import Desk

QUIET_S = 20.0  # within which everything that was done is in the index
FOLDERS = ("", "a", "a/b", "c d", "ü")
NAMES = ("one.txt", "two.txt", "Two.TXT", "three.md", "naïve.txt")
TEXTS = tuple(f"{colour} things number {n}\n" for n in range(3) for colour in ("red", "blue"))
EXAMPLES = int(os.environ.get("RANDOM_CHANGES", "12"))  # the benchmark of truth asks for 1,000


class Changes(RuleBasedStateMachine):
    """Changes on a real disk, in any order, with a library that is open or closed meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="changes-"))
        self.root, self.outside = self.top / "watched", self.top / "outside"
        data = self.top / "data"
        for folder in (self.root, self.outside, data):
            folder.mkdir()
        self.desk = Desk(data)
        self.desk.open().add_folder(self.root)
        self.is_open = True
        self.ever: set[bytes] = set()  # every content there was

    def place(self, folder: str, name: str) -> Path:
        """Where a file can be written: what is no folder on the way there goes, as does one."""
        path = self.root / folder / name
        for above in path.parents:
            if above.is_file():
                above.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.rmtree(path)
        return path

    def files(self) -> list[Path]:
        return sorted(path for path in self.root.rglob("*") if path.is_file())

    def pick(self, data: st.DataObject) -> Path:
        return data.draw(st.sampled_from(self.files()))

    def has_files(self) -> bool:
        return bool(self.files())

    @initialize()
    def begin(self) -> None:
        self.place("", "one.txt").write_text(TEXTS[0])

    @rule(folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def write(self, folder: str, name: str, text: str) -> None:
        self.place(folder, name).write_text(text)

    @rule(folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def save_as_editors_do(self, folder: str, name: str, text: str) -> None:
        path = self.place(folder, name)
        part = path.with_name(f".{name}.swp")
        part.write_text(text)
        part.replace(path)

    @rule(folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def download(self, folder: str, name: str, text: str) -> None:
        path, part = self.place(folder, name), self.place(folder, name + ".part")
        with part.open("w") as file:
            for letter in text:
                file.write(letter)
                file.flush()
        part.replace(path)

    @precondition(has_files)
    @rule(data=st.data(), text=st.sampled_from(TEXTS))
    def append(self, data: st.DataObject, text: str) -> None:
        with self.pick(data).open("a") as file:
            file.write(text)

    @precondition(has_files)
    @rule(data=st.data(), folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES))
    def move(self, data: st.DataObject, folder: str, name: str) -> None:
        source, target = self.pick(data), self.place(folder, name)
        if source.is_file():
            source.replace(target)

    @precondition(has_files)
    @rule(data=st.data(), folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES))
    def copy(self, data: st.DataObject, folder: str, name: str) -> None:
        source, target = self.pick(data), self.place(folder, name)
        if source.is_file() and not (target.exists() and source.samefile(target)):
            shutil.copy2(source, target)  # with its times: all stamps but the file's id are equal

    @precondition(has_files)
    @rule(data=st.data(), folder=st.sampled_from(FOLDERS), name=st.sampled_from(NAMES))
    def link(self, data: st.DataObject, folder: str, name: str) -> None:
        source, target = self.pick(data), self.place(folder, name)
        if source.is_file() and not target.exists():
            os.link(source, target)

    @precondition(has_files)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.pick(data).unlink()

    @precondition(has_files)
    @rule(data=st.data(), text=st.sampled_from(TEXTS))
    def put_a_folder_in_its_place(self, data: st.DataObject, text: str) -> None:
        path = self.pick(data)
        path.unlink()
        path.mkdir()
        (path / "inside.txt").write_text(text)

    @rule(folder=st.sampled_from(FOLDERS[1:]), text=st.sampled_from(TEXTS))
    def put_a_file_in_its_place(self, folder: str, text: str) -> None:
        if (self.root / folder).is_dir():
            shutil.rmtree(self.root / folder)
            (self.root / folder).write_text(text)

    @precondition(has_files)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        one, other = self.pick(data), self.pick(data)
        if one != other:
            aside = self.outside / "aside"
            one.replace(aside)
            other.replace(one)
            aside.replace(other)

    @precondition(has_files)
    @rule(data=st.data())
    def change_case(self, data: st.DataObject) -> None:
        path = self.pick(data)
        target = path.with_name(path.name.swapcase())
        if not target.exists():
            path.replace(target)

    @rule(folder=st.sampled_from(FOLDERS[1:]), new=st.sampled_from(("moved", "a/moved", "c d/x")))
    def move_folder(self, folder: str, new: str) -> None:
        source, target = self.root / folder, self.root / new
        if source.is_dir() and not target.exists() and not target.is_relative_to(source):
            self.place("", new)
            source.replace(target)

    @rule(folder=st.sampled_from(FOLDERS[1:]))
    def move_folder_out(self, folder: str) -> None:
        target = self.outside / folder.replace("/", "-")
        if (self.root / folder).is_dir() and not target.exists():
            (self.root / folder).replace(target)

    @rule(folder=st.sampled_from(FOLDERS[1:]))
    def move_folder_in(self, folder: str) -> None:
        source, target = self.outside / folder.replace("/", "-"), self.root / folder
        if source.is_dir() and not target.exists():
            self.place("", folder)
            source.replace(target)

    @rule()
    def stop_or_start(self) -> None:
        if self.is_open:
            self.desk.library.close()
        else:
            self.desk.open().start()
        self.is_open = not self.is_open

    @precondition(lambda self: self.is_open)
    @rule()
    def settle(self) -> None:
        self.check()

    def check(self) -> None:
        until = time.monotonic() + QUIET_S
        while wrong := self.wrong():
            assert time.monotonic() < until, "\n".join(wrong)
            time.sleep(0.02)

    def wrong(self) -> list[str]:
        catalog = self.desk.data / "catalog.sqlite"
        return differences([self.root], catalog, self.desk.store, self.desk.engine.space)

    def teardown(self) -> None:
        try:
            if not self.is_open:
                self.desk.open().start()
            self.check()
        finally:
            self.desk.library.close()
            shutil.rmtree(self.top)


TestRandomChanges = Changes.TestCase
TestRandomChanges.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
