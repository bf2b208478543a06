"""The settings file: what it may say, and how a mistake in it is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.settings import Settings, load, save


def test_what_was_saved_is_what_is_loaded(tmp_path: Path) -> None:
    chosen = Settings(ocr=False, segment_s=7.5, exclude=("*.bak", "/Entwürfe/"), readers=3)
    save(chosen, tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml") == chosen


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("ocr = 3", "ocr must be true or false, not 3"),
        ("colour = 'red'", "there is no setting 'colour'"),
        ("readers = 0", "readers must be from 1 to 64"),
        ("readers = 1.5", "readers must be a whole number"),
        ("readers = inf", "readers is far too large"),
        ("readers = nan", "readers must be a number"),
        (f"segment_s = 1{'0' * 400}", "segment_s is far too large"),
        (f"readers = 1{'0' * 5000}", "can't be read"),
        ("file_limit_s = nan", "file_limit_s must be a number"),
        ("file_limit_s = 1e9", "file_limit_s must be above 0 and at most"),
        ("exclude = ['a', 3]", "exclude must be a list of texts"),
        ("readers = [", "can't be read"),
        ("readers = '\xff'", "can't be read"),
        ("language = 'klingon'", "language must be one of en, de"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, said: str, named: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(said.encode("latin-1"))
    with pytest.raises(BadInput) as refused:
        load(path)
    assert named in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_file_that_could_not_be_loaded_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("ocr = maybe")
    save(Settings(), path)
    assert load(path) == Settings()
    assert (tmp_path / "settings.bad").read_text() == "ocr = maybe"


def test_a_disk_that_is_full_leaves_the_old_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    save(Settings(readers=3), file)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(Settings(readers=4), file)
    assert load(file).readers == 3
