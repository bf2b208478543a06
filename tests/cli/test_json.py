"""`--json` everywhere: what each command answers is what resources/json.schema.json says."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nova_desktop.as_json import as_json
from nova_desktop.cli import arguments
from nova_desktop.cli import main as cli
from nova_desktop.cli.demo import FILES
from nova_desktop.cli.terminal import Terminal
from nova_desktop.events import Failed, FoldersChanged, Idle, Indexed, Notice, Progress
from nova_desktop.here import Here
from nova_desktop.model import Failure
from nova_desktop.settings import Settings, resource
from nova_desktop.upkeep import Part, Storage
from tests.cli.conftest import CommandLine
from tests.emulators.bedrock import Bedrock
from tests.emulators.fixtures import bedrock, bedrock_server, s3_server
from tests.library.buckets import MemoryBucket
from tests.library.desk import Counted, Desk, photo
from tests.library.test_further import PaidEngine
from tests.test_docs import commands

__all__ = ["bedrock", "bedrock_server", "s3_server"]
SCHEMA = json.loads(resource("json.schema.json").read_text("utf-8"))
SILENT = {"open", "host", "mcp"}  # they answer nobody on stdout, or in a protocol of their own
LINES = {"watch"}  # an object a line


def strict(schema: Any) -> Any:
    """The schema where no object has a key that is not named: one too many is to be seen."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items()}
    if "properties" in made and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return made


STRICT = strict(SCHEMA)


def judge(command: str, value: object) -> None:
    """Raises where the schema says something else of this command's answer."""
    whole = {"$defs": STRICT["$defs"], "allOf": [STRICT["properties"][command]]}
    jsonschema.Draft202012Validator(whole).validate(value)


class Asked:
    """Types commands with --json on a library that is opened anew for each, and judges them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.judged: set[str] = set()

    def __call__(self, *argv: str | Path, code: int = 0) -> Any:
        out = io.StringIO()
        words = [str(one) for one in argv]
        terminal = Terminal(out, io.StringIO())
        got = cli.main(
            [*words, "--json"], lambda *_: self.desk.open(), terminal, lambda *_, **__: 0
        )
        assert got == code, terminal.err.getvalue()  # type: ignore[attr-defined]
        value = json.loads(out.getvalue())
        name = " ".join(words[:2]) if " ".join(words[:2]) in commands() else words[0]
        judge(name, value)
        self.judged.add(name)
        return value


@pytest.fixture
def ask(tmp_path: Path) -> Asked:
    (tmp_path / "data").mkdir()
    desk = Desk(tmp_path / "data")
    desk.paid = Counted(PaidEngine())
    return Asked(desk)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for n, colour in enumerate(("red", "green", "blue")):
        photo(folder / f"{n}.png", colour)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    return folder


def test_every_command_has_a_schema_and_none_is_left_over() -> None:
    assert set(SCHEMA["properties"]) == commands().keys() - SILENT
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_questions_and_folders_are_answered_as_the_schema_says(
    ask: Asked, photos: Path, tmp_path: Path
) -> None:
    done = ask("index", photos)
    assert done["status"]["counts"]["indexed"] == 3
    assert [Path(one["path"]).name for one in done["failures"]] == ["broken.png"]
    assert ask("find", "red")[0]["path"] == str(photos / "0.png")
    assert ask("duplicates")["total"] == 0
    assert ask("label", "add", "red")[0]["suggested"] == 1
    assert ask("label", "suggest", "red")[0]["path"] == str(photos / "0.png")
    assert ask("label", "accept", "red")[0]["accepted"] == 1
    assert ask("find", "tag:red")[0]["path"] == str(photos / "0.png")
    assert ask("label", "refuse", "red", photos / "0.png")[0]["accepted"] == 0
    ask("label", "clear", "red", photos / "0.png")
    assert ask("label", "list")[0]["name"] == "red"
    assert ask("label", "remove", "red") == []
    assert ask("groups")["clusters"] == []
    ask("searches", "save", "Reds", "red", "--file", photos / "0.png")
    assert ask("searches", "rename", "Reds", "All")[0]["files"] == [str(photos / "0.png")]
    assert ask("searches", "list")[0]["name"] == "All"
    assert ask("searches", "forget", "All") == []
    assert ask("status")["folders"][0]["state"] == "watching"
    assert ask("failures")[0]["reason"]
    assert ask("retry") == {"tried": 1, "failures": ask("failures")}
    assert ask("queue")["waiting"] == 0
    ask("doctor")
    assert ask("folder", "list")[0]["path"] == str(photos)
    assert ask("folder", "ignore", photos, "1.*", "--dry-run")["effect"]["leaves_out"] == 1
    assert ask("folder", "ignore", photos)["ignore"] == []
    assert ask("folder", "schedule", photos, "22:00-06:30")["schedule"] == "22:00-06:30"
    assert ask("folder", "pause", photos)["state"] == "paused"
    assert ask("folder", "resume", photos)["path"] == str(photos)
    ask("folder", "rescan", photos)
    assert ask("folder", "exclude", photos / "2.png")[0]["folder"] is False
    assert len(ask("folder", "show", photos)["exclusions"]) == 1
    assert ask("folder", "include", photos / "2.png") == []
    assert ask("folder", "survey", photos)["files"] == {"image": 4}
    moved = photos.rename(tmp_path / "moved")
    assert ask("folder", "move", photos, moved)["path"] == str(moved)
    assert ask("forget", moved)["folders"] == []
    inner = {name for name in commands() if name.startswith(("folder ", "searches "))}
    assert inner <= ask.judged


def test_money_and_privacy_are_answered_as_the_schema_says(ask: Asked, photos: Path) -> None:
    ask("index", photos)
    assert ask("cost")[0]["lines"]
    assert ask("rule", photos, "cloud", "--yes")[0]["rule"] == "cloud"
    assert ask("rule")[0]["quoted_usd"] is not None
    ask("index", photos)
    assert len(ask("sent")) == 3
    assert ask("status")["further"]["indexed"] == 3


def test_a_shared_library_is_answered_as_the_schema_says(ask: Asked, photos: Path) -> None:
    ask.desk.bucket = MemoryBucket()
    ask("index", photos)
    assert ask("sync", "push", "--dry-run")["done"]["push"] == 3
    assert ask("sync", "both")["done"]["push_rows"] == 3
    assert ask("sync", "pull")["error"] == ""
    ask("sync", "restore")
    status = ask("sync", "status")
    assert (status["contents"], status["trouble"]) == (3, "")
    assert ask("sync", "erase", "--yes")["left"] == 0


def test_what_is_kept_is_answered_as_the_schema_says(own_data: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "lighthouse.txt").write_text("The lighthouse stands on the northern cape.")
    library = Here(own_data, Settings(ocr=False, tags=False, speech=False, cores=2))

    def told(*argv: str | Path) -> Any:
        out = io.StringIO()
        words = [str(one) for one in argv]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(library, "close", lambda: None)
            code = cli.main([*words, "--json"], lambda *_: library, Terminal(out, io.StringIO()))
        assert code == 0
        value = json.loads(out.getvalue())
        judge(words[0], value)
        return value

    file = tmp_path / "mine.nova-backup"
    try:
        told("index", notes)
        assert told("storage")["total"] > 0
        told("compact")
        assert told("backup", file)["contents"] == 1
    finally:
        library.close()
    assert told("restore", file, "--yes")["file"] == str(file)
    assert told("erase", "--yes") == {"data": str(own_data), "s3_objects": 0, "s3_bytes": 0}


def test_the_demo_says_how_many_have_an_answer(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = tmp_path / "sample"
    for name in FILES:
        photo(sample / Path(name).with_suffix(".png"), "red").rename(sample / name)
    monkeypatch.setattr("nova_desktop.cli.demo.settings.resource", lambda _: sample)
    told = ask("demo", "--data", tmp_path / "elsewhere")
    assert told["asked"] >= told["answered"] > 0


def test_the_account_is_answered_as_the_schema_says(
    ask: Asked,
    bedrock: Bedrock,  # noqa: ARG001 – plugged in
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    assert ask("aws", "profiles")["used"]["region"] == "us-east-1"
    assert ask("aws", "policy")["Statement"]
    name = "told-to-programs"
    assert ask("aws", "setup", "--bucket", name, "--yes")["bucket"] == name
    assert all(one["ok"] for one in ask("aws", "check", "--bucket", name))


def test_watch_is_an_object_a_line(run: CommandLine, photos: Path) -> None:
    run.library.folders = [photos]
    run.library.events = [
        *(Indexed(photos / "0.png"), Failed(photos / "1.png", "Empty."), Idle()),
        *(Progress(1, 2), Notice("A drive is away."), FoldersChanged()),
    ]
    stop = iter([lambda: None] * 4)

    def asked() -> None:
        next(stop, interrupt)()

    run.library.on_status = asked
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nova_desktop.cli.commands.ALIVE_S", 0.01)
        assert run("watch", "--json") == 130
    told = [json.loads(line) for line in run.out.splitlines()]
    for one in told:
        judge("watch", one)
    names = ["folders_changed", "indexed", "failed", "idle", "progress", "notice"]
    assert [one["event"] for one in told] == [*names, "folders_changed"]


def interrupt() -> None:
    raise KeyboardInterrupt


def test_what_is_said_to_people_is_not_on_stdout(run: CommandLine, photos: Path) -> None:
    assert run("index", str(photos), "--json") == 0
    judge("index", json.loads(run.out))
    assert run("forget", str(photos), "--json") == 0
    assert "is forgotten" in run.err
    judge("forget", json.loads(run.out))


def test_an_error_is_an_object_and_the_exit_code_stays(run: CommandLine) -> None:
    assert run("forget", "/nowhere", "--json") == 3
    told = json.loads(run.out)
    jsonschema.Draft202012Validator({"$defs": STRICT["$defs"], "$ref": "#/$defs/error"}).validate(
        told
    )
    assert told["error"]["kind"] == "BadInput"
    assert told["error"]["text"] in run.err


@pytest.mark.parametrize("argv", [["--json"], ["open", "--json"], ["/", "--json"]])
def test_a_window_has_no_json(run: CommandLine, argv: list[str]) -> None:
    assert run(*argv) == cli.USAGE
    assert run.shown == []


def test_the_option_stands_before_the_command_too(run: CommandLine) -> None:
    assert run("--json", "failures") == 0
    assert json.loads(run.out) == []
    assert arguments.read(["status", "--json"]).json


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8")
def test_what_json_cannot_hold_is_told_in_another_way() -> None:
    odd = Path(os.fsdecode(b"/a/\xff"))
    assert as_json(Failure(odd, "broken\udcff")) == {
        "path": "/a/\ufffd",
        "path_base64": "L2Ev/w==",
        "reason": "broken?",
    }
    assert as_json(float("nan")) is None
    assert as_json(Storage(Path("/d"), {Part.LOG: 1}, 2, True)) == {
        "data": "/d",
        "sizes": {"log": 1},
        "free": 2,
        "private": True,
    }
    with pytest.raises(TypeError):
        as_json(object())


def walk(schema: Any) -> Iterator[Any]:
    yield schema
    for one in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(one, dict | list):
            yield from walk(one)


def test_a_key_too_many_or_too_few_is_seen() -> None:
    with pytest.raises(jsonschema.ValidationError):
        judge("compact", {"freed_bytes": 1, "more": 2})
    with pytest.raises(jsonschema.ValidationError):
        judge("compact", {})
    assert all("$ref" not in one or one["$ref"][8:] in SCHEMA["$defs"] for one in walk(SCHEMA))
