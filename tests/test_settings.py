"""The settings file: what it may say, and how a mistake in it is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.settings import Settings, keys_of, load, minutes_of, save, settings_path


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
        ("cores = 0", "cores must be from 1 to 256"),
        ("cores_away = -1", "cores_away from 0"),
        ("memory_mb = 10", "memory_mb must be from 256"),
        ("quiet_hours = 'at night'", "quiet_hours must be written as 22:00-07:00"),
        ("quiet_hours = '22:00-24:00'", "quiet_hours must be written as 22:00-07:00"),
        ("quiet_hours = '07:00-07:00'", "quiet_hours must be written as 22:00-07:00"),
        ("theme = 'blue'", "theme must be one of system, light, dark"),
        ("text_size = 10", "text_size must be from 80 to 200"),
        ("tile_size = 9", "tile_size must be from 96 to 480"),
        ("shortcuts = ['Ctrl+K']", "shortcuts must be written as find=Ctrl+K"),
        ("shortcuts = ['find=F1', 'find=F2']", "once an action, not find=F2"),
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


def test_quiet_hours_may_pass_midnight() -> None:
    assert minutes_of("22:00-07:30") == (22 * 60, 7 * 60 + 30)
    assert minutes_of(" 9:05 – 17:00 ") == (9 * 60 + 5, 17 * 60)


def test_keys_may_be_given_and_taken_away() -> None:
    assert keys_of(("find=Ctrl+K", "zoom_in=Ctrl+=", "quit=")) == {
        "find": "Ctrl+K",
        "zoom_in": "Ctrl+=",
        "quit": "",
    }


def test_the_environment_says_where_the_settings_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVA_DESKTOP_SETTINGS", str(tmp_path / "mine.toml"))
    assert settings_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("NOVA_DESKTOP_SETTINGS")
    assert settings_path().name == "settings.toml"
