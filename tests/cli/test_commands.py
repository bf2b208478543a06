"""The other commands, and the exit code of each kind of outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.cli import commands
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from nova_desktop.events import Failed, Indexed, Progress
from nova_desktop.model import Check, Failure
from tests.cli.conftest import CommandLine


def interrupt() -> None:
    raise KeyboardInterrupt


def test_index_adds_the_folders_and_prints_counts_that_add_up(
    run: CommandLine, tmp_path: Path
) -> None:
    run.library.failed = (Failure(tmp_path / "bad.mp4", "It is empty."),)
    assert run("index", str(tmp_path)) == 0
    assert run.library.folders == [tmp_path]
    assert run.library.closed
    heading, folder, total, failed = run.out.splitlines()
    assert heading.split() == [
        *("Folder", "Files", "Waiting", "Indexed", "Failed", "Excluded", "Offline")
    ]
    assert folder.split()[1:] == ["4", "0", "3", "1", "0", "0", "watching"]
    assert total.split()[1:] == ["4", "0", "3", "1", "0", "0"]
    assert failed == f"failed  {tmp_path / 'bad.mp4'}: It is empty."


def test_a_folder_that_is_missing_does_not_stop_the_others(
    run: CommandLine, tmp_path: Path
) -> None:
    assert run("index", str(tmp_path / "none"), str(tmp_path)) == 3
    assert run.library.folders == [tmp_path]
    assert f"There is no folder {tmp_path / 'none'}" in run.err


def test_one_folder_that_is_missing_is_bad_input(run: CommandLine, tmp_path: Path) -> None:
    assert run("index", str(tmp_path / "none")) == 3
    assert run.out == ""


def test_progress_is_a_bar_on_a_terminal(run: CommandLine, tmp_path: Path) -> None:
    run.library.events = [Progress(1, 4, "a\nb.jpg", 65)]
    run("index", str(tmp_path), tty=True)
    assert "[######                  ] 1 of 4 files, 1:05 left  a\\nb.jpg" in run.err
    assert run.err.endswith("\r")  # it leaves the line clean


def test_progress_is_plain_lines_in_a_pipe(run: CommandLine, tmp_path: Path) -> None:
    run.library.events = [Progress(1, 4), Progress(2, 4), Indexed(tmp_path / "a")]
    run("index", str(tmp_path))
    assert run.err == "1 of 4 files\n"  # the second came too soon after it


def test_verbose_names_every_file(run: CommandLine, tmp_path: Path) -> None:
    run.library.events = [Indexed(tmp_path / "a")]
    run("index", str(tmp_path), "-v")
    assert f"indexed  {tmp_path / 'a'}" in run.err


def test_an_interruption_closes_the_library(run: CommandLine, tmp_path: Path) -> None:
    run.library.on_wait = interrupt
    assert run("index", str(tmp_path)) == 130
    assert run.library.closed
    assert "goes on from here" in run.err


@pytest.mark.parametrize(
    ("error", "code"),
    [(BadInput("It is odd."), 3), (TryLater("It is busy."), 4), (NeedsUser("It is full."), 5)],
)
def test_every_kind_of_error_has_its_exit_code(
    run: CommandLine, error: Exception, code: int
) -> None:
    run.library.error = error
    assert run("find", "x") == code
    assert run.err == f"nova-desktop: {error}\n"
    assert run.library.closed


def test_a_bug_ends_in_a_report_and_no_traceback(run: CommandLine, own_data: Path) -> None:
    run.library.error = ZeroDivisionError("secret\nline")
    assert run("find", "x") == 1
    assert "Traceback" not in run.err
    (report,) = (own_data / "log").glob("report-*.txt")
    assert str(report) in run.err
    assert "ZeroDivisionError" in report.read_text()


def test_watch_says_what_happens_until_interrupted(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "ALIVE_S", 0.01)
    run.library.folders = [tmp_path]
    run.library.events = [Indexed(tmp_path / "new.jpg"), Failed(tmp_path / "bad", "Empty.")]
    asked = iter([lambda: None, interrupt])  # at the start, then when it is quiet
    run.library.on_status = lambda: next(asked)()
    assert run("watch") == 130
    folder, indexed, failed = run.out.splitlines()
    assert folder == f"watching  {tmp_path}"
    assert indexed.endswith(f"  indexed  {tmp_path / 'new.jpg'}")
    assert failed.endswith(f"  failed   {tmp_path / 'bad'}: Empty.")
    assert run.library.closed


def test_watching_nothing_is_refused_with_what_to_do(run: CommandLine) -> None:
    assert run("watch") == 3
    assert "nova-desktop index FOLDER" in run.err


def test_status_of_an_empty_library_says_how_to_begin(run: CommandLine) -> None:
    assert run("status") == 0
    assert "nova-desktop index FOLDER" in run.out
    assert "A fake engine." in run.out


def test_doctor_aligns_its_lines_and_fails_when_something_is_missing(run: CommandLine) -> None:
    run.library.checks = (Check("ffmpeg", True, "7.1"), Check("speech", False, "Install it."))
    assert run("doctor") == 5
    assert run.out.splitlines() == ["ok  ffmpeg  7.1", "!!  speech  Install it."]
    run.library.checks = run.library.checks[:1]
    assert run("doctor") == 0


def test_forget_says_that_the_files_stay(run: CommandLine, tmp_path: Path) -> None:
    run.library.folders = [tmp_path]
    assert run("forget", str(tmp_path)) == 0
    assert "its files stay" in run.out
    assert run("forget", str(tmp_path)) == 3


def test_retry_tries_the_chosen_files_or_all(run: CommandLine, tmp_path: Path) -> None:
    bad, worse = tmp_path / "bad.mp4", tmp_path / "worse.mp4"
    run.library.failed = (Failure(bad, "Empty."), Failure(worse, "Encrypted."))
    assert run("retry", str(bad)) == 0
    assert run.library.retried == [bad]
    assert run.out.splitlines() == ["1 tried again, 1 failed again.", f"failed  {bad}: Empty."]
    assert run("retry") == 0
    assert run.library.retried == []  # all
    assert run("retry", str(tmp_path / "good.mp4")) == 3


def test_failures_lists_every_one(run: CommandLine) -> None:
    assert run("failures") == 0
    assert run.out == "No file has failed.\n"
    run.library.failed = tuple(Failure(Path(f"/{n}\n"), "Empty.") for n in range(30))
    run("failures")
    assert len(run.out.splitlines()) == 30


def test_settings_that_can_not_be_read_name_the_key(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("segment_s = 900\n")
    assert run("status", "--settings", str(file)) == 3
    assert "segment_s must be from 1 to 30 seconds" in run.err
    assert run("--settings", str(tmp_path / "none.toml"), "status") == 3


def test_a_data_folder_that_can_not_be_made_says_so(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run("--data", str(tmp_path / "file"), "status") == 5
    assert "--data" in run.err


def test_without_a_display_the_window_says_what_to_do(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run() == 5
    assert "no display" in run.err
    assert run.shown == []
    monkeypatch.setenv("DISPLAY", ":7331")  # which nobody serves: Qt would end the process
    assert run() == 5


def test_the_window_opens_where_it_is_told_to(
    run: CommandLine, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run() == 0
    assert run.shown == [(own_data, None, "")]


def test_files_in_place_of_a_command_are_opened_in_the_window(
    run: CommandLine, own_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    file = tmp_path / "a cat.jpg"
    file.touch()
    for typed in ((), ("open",)):
        assert run(*typed, str(file), str(tmp_path)) == 0
    assert run("open", "--search", "a cat", "--hidden") == 0
    assert run("--data", str(tmp_path / "other"), file.as_uri()) == 0
    paths = (str(file), str(tmp_path))
    assert run.handed == [(paths, False), (paths, False), ((), True), ((file.as_uri(),), False)]
    assert [(data, query) for data, _, query in run.shown] == [
        (own_data, ""),
        (own_data, ""),
        (own_data, "a cat"),
        (tmp_path / "other", ""),
    ]


def test_a_file_named_as_a_command_is_the_command_and_a_slip_is_none(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("status").touch()
    assert run("status") == 0
    assert "No folder is indexed" in run.out
    assert run("statsu") == 2
    assert run.shown == []


@pytest.mark.parametrize(
    "typed",
    [
        ("index", ""),
        ("forget", ""),
        ("retry", ""),
        ("find", "--file", ""),
        ("find", "words", "--in", ""),
        ("--data", "", "status"),
        ("--settings", "", "status"),
    ],
)
def test_an_empty_path_is_refused_and_never_means_the_folder_one_is_in(
    run: CommandLine, typed: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(*typed) == 2
    assert "it is empty; name a file or a folder" in capfd.readouterr().err
    assert run.opened == []


@pytest.mark.parametrize("command", ["index", "retry", "find"])
def test_a_link_that_leads_back_to_itself_is_bad_input(
    run: CommandLine, tmp_path: Path, command: str
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    typed = ("find", "words", "--in") if command == "find" else (command,)
    assert run(*typed, str(loop)) == 3
    assert "Traceback" not in run.err
