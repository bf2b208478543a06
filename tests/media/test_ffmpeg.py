"""ffmpeg: found where it is, run as asked, ended in time, and its failures told in a sentence."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest

from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater
from nova_desktop.media import ffmpeg
from tests.media.clips import film

posix = pytest.mark.skipif(os.name != "posix", reason="stands in for ffmpeg with a script")


def script(path: Path, text: str) -> Path:
    path.write_text("#!/bin/sh\n" + textwrap.dedent(text))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def small(source: Path, target: Path, **options: object) -> object:
    return ffmpeg.output_to(target, ffmpeg.input_of(source), vcodec="mjpeg", an=None, **options)


@posix
def test_the_setting_comes_first_then_the_variable_then_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, ours = tmp_path / "mine", tmp_path / "ours"
    for folder in (mine, ours):
        folder.mkdir()
        script(folder / "ffmpeg", "")
    script(mine / "ffprobe", "")
    monkeypatch.setenv("NOVA_FFMPEG", str(ours / "ffmpeg"))
    both = ffmpeg.Programs(str(mine / "ffmpeg"), str(mine / "ffprobe"), "settings")
    assert ffmpeg.programs(str(mine / "ffmpeg")) == both
    assert ffmpeg.programs(str(mine)) == both  # its folder will do
    assert ffmpeg.programs() == ffmpeg.Programs(str(ours / "ffmpeg"), "", "NOVA_FFMPEG")
    monkeypatch.delenv("NOVA_FFMPEG")
    found = ffmpeg.programs()
    assert (found.ffmpeg, found.origin) == (shutil.which("ffmpeg"), "PATH")


@posix
def test_on_the_path_ffmpeg_and_ffprobe_come_from_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, pair = tmp_path / "alone", tmp_path / "pair"
    for folder in (alone, pair):
        folder.mkdir()
        script(folder / "ffmpeg", "")
    script(pair / "ffprobe", "")
    monkeypatch.delenv("NOVA_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", f"{alone}{os.pathsep}{pair}")
    assert ffmpeg.programs().ffmpeg == str(pair / "ffmpeg")


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(NeedsUser, match=r"The setting ffmpeg names “.*nope”.*Install"):
        ffmpeg.programs(str(tmp_path / "nope"))


def test_without_ffmpeg_the_user_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOVA_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(NeedsUser, match=r"not installed\. Install"):
        ffmpeg.programs()


@pytest.mark.parametrize("name", ["-dash.mp4", "a:b.mp4", "it's $(touch x); “q”.mp4", "%41.mp4"])
def test_no_name_is_taken_for_an_option_or_a_command(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    try:
        film(tmp_path / "plain.mp4").rename(source)
    except OSError:
        pytest.skip("this disk does not allow the name")
    target = tmp_path / f"{name}.avi"
    ffmpeg.run(small(source, target), ffmpeg.programs().ffmpeg, source, 60)
    assert target.stat().st_size > 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, f"{name}.avi"])


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4")
    seen: list[float] = []
    stream = small(source, tmp_path / "b.avi")
    ffmpeg.run(stream, ffmpeg.programs().ffmpeg, source, 60, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(12, abs=0.1)


def gone(pid: int) -> bool:
    """Whether a process has ended, whoever has to be told of it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@posix
@pytest.mark.parametrize("why", ["limit", "stop"])
def test_an_ffmpeg_that_hangs_is_ended_with_what_it_started(tmp_path: Path, why: str) -> None:
    note = tmp_path / "note"
    program = script(tmp_path / "ffmpeg", f"sleep 600 &\necho $$ $! > '{note}'\nwait\n")
    stop = threading.Event()
    stream = small(tmp_path / "a.mp4", tmp_path / "b.avi")
    if why == "stop":
        threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    kind: type[ExpectedError] = TryLater if why == "stop" else BadInput
    sentence = r"^Stopped\.$" if why == "stop" else r"^“a\.mp4” took longer than 0\.5 s"
    limit_s = 60 if why == "stop" else 0.5
    with pytest.raises(kind, match=sentence):
        ffmpeg.run(stream, str(program), tmp_path / "a.mp4", limit_s, stop=stop)
    assert time.monotonic() - began < 3
    for pid in map(int, note.read_text().split()):
        until = time.monotonic() + 2  # a killed process may still be seen on a busy machine
        while not gone(pid) and time.monotonic() < until:
            time.sleep(0.02)
        assert gone(pid)


@posix
def test_endless_complaints_are_not_kept(tmp_path: Path) -> None:
    program = script(
        tmp_path / "ffmpeg",
        "head -c 20000000 /dev/zero | tr '\\0' x >&2\necho >&2\n"
        "echo 'a.mp4: Broken thing' >&2\nexit 1\n",
    )
    stream = small(tmp_path / "a.mp4", tmp_path / "b.avi")
    with pytest.raises(BadInput, match=r"damaged or incomplete \(Broken thing\)") as caught:
        ffmpeg.run(stream, str(program), tmp_path / "a.mp4", 60)
    assert len(str(caught.value)) < 300


def test_a_damaged_file_is_told_without_paths(tmp_path: Path) -> None:
    source = tmp_path / "a\nb.mp4"
    source.write_bytes(b"\0\0\0\x18ftypisom" + bytes(500))
    with pytest.raises(BadInput, match=r"^“a.b\.mp4” is damaged or incomplete") as caught:
        ffmpeg.run(small(source, tmp_path / "b.avi"), ffmpeg.programs().ffmpeg, source, 60)
    assert str(tmp_path) not in str(caught.value)
    assert str(caught.value).isprintable()


def test_an_ffmpeg_that_lacks_an_encoder_needs_the_user(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4")
    stream = ffmpeg.output_to(tmp_path / "b.avi", ffmpeg.input_of(source), vcodec="libnothing")
    with pytest.raises(NeedsUser, match="lacks an encoder"):
        ffmpeg.run(stream, ffmpeg.programs().ffmpeg, source, 60)


def test_a_program_that_does_not_start_needs_the_user(tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("no program")
    with pytest.raises(NeedsUser, match="can't be started"):
        ffmpeg.run(small(tmp_path / "a.mp4", tmp_path / "b.avi"), str(program), program, 60)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (["av_interleaved_write_frame(): No space left on device"], ffmpeg.DiskFull),
        (["file:/x/a.mp4: Permission denied"], TryLater),
        (["file:/x/a.mp4: No such file or directory"], TryLater),
        (["[mov @ 0x1] moov atom not found", "file:/x/a.mp4: Invalid data found"], BadInput),
        ([], BadInput),
    ],
)
def test_what_ffmpeg_says_decides_the_kind(said: list[str], kind: type[ExpectedError]) -> None:
    error = ffmpeg.reaction_to(said, Path("/x/a.mp4"))
    assert type(error) is kind
    assert "/x/" not in str(error)


def test_a_playlist_is_not_followed(tmp_path: Path) -> None:
    secret = film(tmp_path / "secret.ts")
    for name, text in {
        "list.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n",
        "concat.mp4": f"ffconcat version 1.0\nfile {secret}\n",
    }.items():
        source = tmp_path / name
        source.write_text(text)
        with pytest.raises(BadInput, match="damaged"):
            ffmpeg.run(small(source, tmp_path / "b.avi"), ffmpeg.programs().ffmpeg, source, 60)
