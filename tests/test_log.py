"""The log: one line a record whatever the names in it, and private."""

from __future__ import annotations

import logging
import os
import re
import stat
import threading
from pathlib import Path

import pytest

from nova_desktop import log
from nova_desktop.errors import NeedsUser

RECORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \d+ ")


def lines_of(data: Path) -> list[str]:
    return (data / "log" / "nova-desktop.log").read_text().splitlines()


def test_a_name_can_not_forge_a_line(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    forged = "a\n2026-01-01 00:00:00,000 ERROR 1 root: forged\x1b[2J\u2028.jpg"
    logging.getLogger("nova_desktop.x").warning("can't read %s", forged)
    (line,) = lines_of(tmp_path)
    assert "can't read a\\n2026" in line
    assert "\x1b" not in line


def test_nor_can_the_text_of_an_error(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    try:
        raise ValueError("x\n2026-01-01 00:00:00,000 ERROR 1 root: forged")
    except ValueError:
        logging.getLogger("nova_desktop.x").exception("oh")
    first, *rest = lines_of(tmp_path)
    assert RECORD.match(first)
    assert rest
    assert all(line.startswith("    ") for line in rest)


def test_the_files_are_private(tmp_path: Path) -> None:
    data = tmp_path / "new"
    log.set_up(data)
    path = log.report(data, ValueError("x"))
    for file in (data / "log" / "nova-desktop.log", path):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_stderr_shows_our_warnings_without_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.set_up(tmp_path)
    logging.getLogger("nova_desktop.x").info("quiet")
    logging.getLogger("nova_desktop.x").warning("loud", exc_info=ValueError("x"))
    logging.getLogger("somebody.else").warning("theirs")
    assert capsys.readouterr().err == "WARNING: loud\n"
    assert any("theirs" in line for line in lines_of(tmp_path))


def test_setting_up_twice_writes_each_line_once(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    log.set_up(tmp_path)
    logging.getLogger("nova_desktop.x").warning("once")
    assert len(lines_of(tmp_path)) == 1


def test_the_log_turns_over_and_another_process_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 300)
    (tmp_path / "log").mkdir()
    path = tmp_path / "log" / "nova-desktop.log"
    ours, theirs = log.LogFile(path), log.LogFile(path)
    for number in range(40):
        record = logging.makeLogRecord({"msg": f"line {number} {'x' * 20}"})
        (ours if number % 2 else theirs).emit(record)
    ours.close()
    theirs.close()
    kept = sorted(path.parent.iterdir())
    assert len(kept) == 1 + log.FILES_KEPT
    assert all(file.stat().st_size <= 300 for file in kept)
    assert path.read_text().splitlines()[-1].startswith("line 39")


def test_an_error_in_a_thread_leaves_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.set_up(tmp_path)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    (report,) = (tmp_path / "log").glob("report-*.txt")
    assert "ZeroDivisionError" in report.read_text()
    err = capsys.readouterr().err
    assert str(report) in err
    assert "Traceback" not in err


def test_reports_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(log.REPORTS_KEPT + 5):
        newest = log.report(tmp_path, ValueError(number))
    kept = list((tmp_path / "log").glob("report-*.txt"))
    assert len(kept) == log.REPORTS_KEPT
    assert newest in kept


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_access_is_for_the_user_to_mend(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NeedsUser, match="--data"):
        log.set_up(tmp_path / "data")


def test_a_file_in_the_way_is_for_the_user_to_mend(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(NeedsUser, match="--data"):
        log.set_up(tmp_path / "data")
