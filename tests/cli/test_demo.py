"""`nova-desktop demo` on a small sample and a fake library."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.cli import demo
from nova_desktop.model import Modality, Source, Span, Unit
from nova_desktop.query import Hit, Why
from tests.cli.conftest import CommandLine


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    source = tmp_path / "a sample"
    (source / "notes").mkdir(parents=True)
    (source / "notes" / "plan.md").write_text("sow")
    (source / "LICENSES.md").write_text("free")
    return source


def test_the_sample_is_copied_once_and_mended(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "demo" / "sample"
    assert demo.copy_sample(sample, target) == 1
    copy = target / "notes" / "plan.md"
    first = copy.stat().st_ino
    assert demo.copy_sample(sample, target) == 1
    assert copy.stat().st_ino == first  # not written again
    copy.write_text("cut")
    demo.copy_sample(sample, target)
    assert copy.read_text() == "sow"


def test_the_licences_lie_beside_the_library(sample: Path, tmp_path: Path) -> None:
    demo.copy_sample(sample, tmp_path / "demo" / "sample")
    assert (tmp_path / "demo" / "LICENSES.md").read_text() == "free"
    assert [p.name for p in (tmp_path / "demo" / "sample").iterdir()] == ["notes"]


def test_the_demo_has_a_library_of_its_own_and_prints_hits(
    run: CommandLine, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    beach = own_data / "demo" / "sample" / "videos" / "beach.mp4"
    why = (Why(Source.SPEECH, "sea"),)
    run.library.hits = (Hit(beach, "c", Modality.VIDEO, Span(Unit.SECONDS, 15, 30), 1, why, 0),)
    assert run("demo") == 0
    ((index, _),) = run.opened
    assert index == own_data / "demo" / "index"
    assert run.library.folders == [own_data / "demo" / "sample"]
    assert len(run.library.queries) == len(demo.QUESTIONS) + len(demo.FILES) >= 12
    assert "1. videos/beach.mp4" in run.out
    assert "0:15–0:30" in run.out
    assert run.library.closed


def test_without_a_display_the_demo_says_where_the_picture_is(
    run: CommandLine, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    run("demo")
    ((_, picture, query),) = run.shown
    assert picture == own_data / "nova-desktop-demo.png"
    assert query
    assert str(picture) in run.out


def test_every_file_the_demo_asks_by_is_in_the_sample() -> None:
    from nova_desktop.settings import resource

    missing = [name for name in demo.FILES if not (resource("sample") / name).is_file()]
    assert missing == []
