"""The library for assistants, asked by the official client over the pipes of a real process."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from nova_desktop.assistant.answering import Answering, Told
from nova_desktop.assistant.tools import MOST_CHARACTERS, MOST_HITS, TOOLS
from nova_desktop.errors import BadInput
from tests.library.desk import Desk, added, photo
from tests.test_docs import README, table

Asked = Callable[[Client], Awaitable[None]]


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    (tmp_path / "data").mkdir()
    desk = Desk(tmp_path / "data")
    desk.open()
    for folder in ("open", "closed"):
        for colour in ("red", "green"):
            photo(tmp_path / folder / f"{colour} {folder}.png", colour, size=40 + len(folder))
        added(desk, tmp_path / folder)
    yield desk
    desk.library.close()


def names(answer: Any) -> list[str]:
    return [hit["name"] for hit in answer["hits"]]


def test_what_is_found_can_be_looked_at_and_compared(desk: Desk, tmp_path: Path) -> None:
    ask = Answering(desk.library).answer
    found = ask("search", {"query": "red", "limit": 2})
    assert sorted(names(found)) == ["red closed.png", "red open.png"]
    first: Any = found["hits"][0]  # type: ignore[index]
    item = ask("get_item", {"id": first["id"]})
    assert (item["path"], item["kind"]) == (first["path"], "image")
    assert item["facts"]["width"] in (44, 46)  # type: ignore[index]
    like = ask("similar", {"path": first["path"], "limit": 1})
    assert len(names(like)) == 1
    assert first["name"] not in names(like)
    assert len(ask("list_folders", {})["folders"]) == 2  # type: ignore[arg-type]
    assert ask("status", {})["files"] == {"indexed": 4}
    assert str(tmp_path) in json.dumps(found)


def test_without_paths_no_answer_says_where_anything_lies(desk: Desk, tmp_path: Path) -> None:
    ask = Answering(desk.library, paths=False).answer
    found: Any = ask("search", {"query": "red"})
    whole = [found, ask("get_item", {"id": found["hits"][0]["id"]}), ask("list_folders", {})]
    whole += [ask("similar", {"id": found["hits"][0]["id"]}), ask("status", {})]
    assert str(tmp_path) not in json.dumps(whole)
    with pytest.raises(BadInput, match="by their ids"):
        ask("get_item", {"path": str(tmp_path / "open" / "red open.png")})


def test_of_what_is_not_inside_nothing_is_told(desk: Desk, tmp_path: Path) -> None:
    ask = Answering(desk.library, within=[tmp_path / "open"]).answer
    for query in ("red", "in:closed", f'in:"{tmp_path}/closed"', "type:photo", "red in:closed"):
        assert not any("closed" in name for name in names(ask("search", {"query": query})))
    assert "red open.png" in names(ask("search", {"query": "red"}))
    assert len(ask("list_folders", {})["folders"]) == 1  # type: ignore[arg-type]
    assert ask("status", {})["files"] == {"indexed": 2}
    for path in ("closed/red closed.png", "open/../closed/red closed.png"):
        with pytest.raises(BadInput):
            ask("get_item", {"path": f"{tmp_path}/{path}"})
    hidden = Told()
    elsewhere = hidden.of(tmp_path / "closed" / "red closed.png")
    with pytest.raises(BadInput, match="Search for it first"):
        ask("get_item", {"id": elsewhere})


def test_files_that_are_not_in_the_library_are_not_read(desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the combination is 4711")
    ask = Answering(desk.library).answer
    for tool in ("get_item", "similar"):
        for path in (str(secret), "/etc/passwd", "secret.txt", ""):
            with pytest.raises(BadInput):
                ask(tool, {"path": path})


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("erase", {}),
        ("search", {}),
        ("search", {"query": ""}),
        ("search", {"query": "x" * 2001}),
        ("search", {"query": "x", "limit": MOST_HITS + 1}),
        ("search", {"query": "x", "limit": 0}),
        ("search", {"query": "x", "offset": -1}),
        ("search", {"query": "x", "file": "/etc/passwd"}),
        ("search", {"query": 5}),
        ("search", {"query": "like:/etc/passwd"}),
        ("get_item", {}),
        ("get_item", {"id": "a", "path": "/a"}),
        ("get_item", {"id": "never told"}),
        ("get_item", {"id": "a", "span": {"unit": "page"}}),
        ("similar", {"limit": 3}),
        ("status", {"more": True}),
    ],
)
def test_what_can_not_be_asked_is_refused_with_a_sentence(
    desk: Desk, tool: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        Answering(desk.library).answer(tool, arguments)


def test_a_long_text_is_told_around_the_hit_and_cut(desk: Desk, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    lines = [f"{n}. The lighthouse keeper writes about day {n}." for n in range(20_000)]
    (notes / "log.txt").write_text("\n".join(lines))
    added(desk, notes)
    ask = Answering(desk.library).answer
    path = str(notes / "log.txt")
    begins: Any = ask("get_item", {"path": path})
    assert begins["text"].startswith("0. The lighthouse")
    assert len(begins["text"]) <= MOST_CHARACTERS
    span = {"unit": "characters", "start": 100_000, "stop": 100_400}
    around = str(ask("get_item", {"path": path, "span": span})["text"])
    assert not around.startswith("0. The lighthouse")
    assert 0 < len(around) <= MOST_CHARACTERS


def test_the_official_client_asks_a_real_process(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "lighthouse.txt").write_text("The lighthouse stands on the northern cape.")
    settings = tmp_path / "settings.toml"
    settings.write_text("ocr = false\ntags = false\nspeech = false\n")
    common = ["--data", str(tmp_path / "data"), "--settings", str(settings)]
    program = ["-m", "nova_desktop", "mcp", *common]

    async def ask(client: Client) -> None:
        told = await client.list_tools()
        assert {tool.name for tool in told.tools} == set(TOOLS)
        for tool in told.tools:
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
        assert (await call(client, "status", {}))["folders"] == 0
        wrong = await client.call_tool("search", {"query": "x", "limit": 1000})
        assert wrong.is_error
        assert "limit" in str(wrong.content)

    async def call(client: Client, tool: str, arguments: dict[str, Any]) -> Any:
        result = await client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content  # type: ignore[union-attr]
        return result.structured_content

    async def talk() -> None:
        python = StdioServerParameters(
            command=sys.executable, args=program, env={**os.environ}, cwd=str(tmp_path)
        )
        with anyio.fail_after(120):
            async with Client(python) as client:
                assert client.server_info is not None
                assert client.server_info.name == "nova-desktop"
                await ask(client)

    before = time.monotonic()
    anyio.run(talk)
    assert time.monotonic() - before < 100
    lock = tmp_path / "data" / "host.json"
    assert not lock.exists()  # it ended with its client, and left the library in order


def test_the_readme_names_the_tools() -> None:
    assert {row[0].strip("`") for row in table(README, "tool")} == set(TOOLS)
