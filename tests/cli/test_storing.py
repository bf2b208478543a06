"""The commands about where the library lies, on the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from nova_desktop import settings
from nova_desktop.here import Here
from nova_desktop.library.storage_calls import files_in
from nova_desktop.model import Modality, Row, Source, Space
from nova_desktop.query import Query
from nova_desktop.settings import Settings
from nova_desktop.stores.lance import LanceStore
from tests.cli.conftest import CommandLine


@pytest.fixture
def library(tmp_path, own_data):
    """A data folder in which a note is indexed; nobody has it open."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "lighthouse.txt").write_text("The lighthouse stands on the northern cape.")
    made = Here(own_data, Settings(ocr=False, tags=False, speech=False, cores=2))
    try:
        made.add_folder(folder)
        assert made.wait(60)
    finally:
        made.close()
    return own_data


@pytest.fixture
def run() -> CommandLine:
    """Opens the real library."""

    class Real(CommandLine):
        def _open(self, data, chosen):
            return Here(data, chosen)

    return Real()


def found(data) -> list[str]:
    made = Here(data, Settings(cores=2))
    try:
        return [hit.path.name for hit in made.find(Query.of("lighthouse")).hits]
    finally:
        made.close()


def test_a_backup_is_made_and_put_back(run, library, tmp_path):
    file = tmp_path / "mine.nova-backup"
    assert run("backup", str(file)) == 0
    assert "1 contents of" in run.out
    assert zipfile.is_zipfile(file)
    assert run("erase", "--yes") == 0
    assert "Everything is erased." in run.out
    assert found(library) == []
    assert run("restore", str(file), "--yes") == 0
    assert "Restored." in run.out
    assert found(library) == ["lighthouse.txt"]


def test_nothing_is_erased_or_restored_without_a_yes(run, library, tmp_path):
    assert run("backup", str(tmp_path / "b")) == 0
    assert run("erase") == 3
    assert "Nothing was erased" in run.err
    assert run("restore", str(tmp_path / "b")) == 3
    assert "Nothing was restored" in run.err
    assert found(library) == ["lighthouse.txt"]


def test_sizes_are_told(run, library):
    assert run("storage") == 0
    assert str(library) in run.out
    assert "what is known of your files" in run.out
    assert "together" in run.out


def test_vectors_are_listed_by_their_engine_and_those_in_use_stay(run, library):
    assert run("storage") == 0
    (line,) = [line for line in run.out.splitlines() if " in use" in line]
    name = line.split()[0]
    assert "1 files" in line
    assert "--remove" not in run.err
    assert run("storage", "--remove", name, "--yes") == 3
    assert "is in use: files are found by it" in run.err
    assert run("storage", "--remove", "x", "--yes") == 3
    assert f"There are no vectors of x. There are: {name}." in run.err
    assert found(library) == ["lighthouse.txt"]


def test_vectors_that_are_not_used_are_removed_after_a_yes(run, library):
    space = Space("nova", "mme", 4, 1)
    vector = np.array([1, 0, 0, 0], np.float32)
    store = LanceStore(library / "vectors")
    store.put(space, [Row("x", 0, Modality.TEXT, None, Source.TEXT, "", 0.0, vector)])
    store.close()
    assert run("storage") == 0
    assert "--remove NAME" in run.err
    assert run("storage", "--remove", space.name) == 3
    assert "for ever. They were paid for" in run.out
    assert "Nothing was removed" in run.err
    assert run("storage", "--remove", space.name, "--yes") == 0
    assert "were given back to the disk" in run.out
    run("storage")
    assert space.name not in run.out
    assert found(library) == ["lighthouse.txt"]


def test_it_can_be_compacted(run, library):
    assert run("compact") == 0
    assert "were given back to the disk" in run.out
    assert found(library) == ["lighthouse.txt"]


def test_what_is_no_backup_is_refused(run, tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    assert run("restore", str(tmp_path / "note.txt"), "--yes") == 3
    assert "is no backup of Nova Desktop" in run.err
    assert run("restore", str(tmp_path / "none"), "--yes") == 3
    assert run("backup", str(tmp_path / "note.txt")) == 3
    assert "already" in run.err


def test_s3_is_asked_only_where_there_is_a_bucket(run, library):
    assert run("erase", "--s3", "--yes") == 3
    assert "no bucket in the settings" in run.err
    assert found(library) == ["lighthouse.txt"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_all_data_is_for_this_user_alone(own_data, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "lighthouse.txt").write_text("The lighthouse stands on the northern cape.")
    settings.save(Settings(ocr=False, tags=False, speech=False), settings.settings_path())

    command = [sys.executable, "-m", "nova_desktop", "index", str(folder)]
    subprocess.run(command, check=True, capture_output=True, umask=0o022)
    files = [*files_in(own_data)]
    assert len(files) > 5
    open_to_others = [
        path
        for path in (own_data, *files, *{file.parent for file in files})
        if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []
