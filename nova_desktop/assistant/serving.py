"""Serves the tools on stdin and stdout, by the official package of the Model Context Protocol."""

from __future__ import annotations

import functools
import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from nova_desktop import __version__
from nova_desktop.assistant.answering import Answering, Told
from nova_desktop.assistant.tools import INSTRUCTIONS, TOOLS
from nova_desktop.calls import LibraryCalls
from nova_desktop.errors import ExpectedError, Lost

LIMIT_S = 60.0  # for one answer
AT_ONCE = 4  # answers that are worked on

Opener = Callable[[], LibraryCalls]
Report = Callable[[Exception], Path]
log = logging.getLogger(__name__)


def serve(opener: Opener, paths: bool, within: Sequence[Path], report: Report) -> None:
    """Until the assistant closes its end. `report` keeps what nobody expected, for us."""
    opened = Opened(opener)
    try:
        anyio.run(_serve, Tools(opened, paths, within, report))
    finally:
        opened.close()


class Opened:
    """The library, opened with the first question; anew where its process has ended. Any thread."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._lock = threading.Lock()
        self._library: LibraryCalls | None = None

    def library(self, lost: LibraryCalls | None = None) -> LibraryCalls:
        """`lost`: the one that is gone."""
        with self._lock:
            if self._library is None or self._library is lost:
                self._library = self._opener()
            return self._library

    def close(self) -> None:
        with self._lock:
            if self._library is not None:
                self._library.close()


class Tools:
    """The handlers of the protocol."""

    def __init__(self, opened: Opened, paths: bool, within: Sequence[Path], report: Report) -> None:
        self._opened, self._report = opened, report
        self._paths, self._within = paths, tuple(within)
        self._told = Told()
        self._turns = anyio.CapacityLimiter(AT_ONCE)

    async def listed(
        self,
        context: object,  # noqa: ARG002 – the protocol's
        asked: types.PaginatedRequestParams | None,  # noqa: ARG002 – they fit on one page
    ) -> types.ListToolsResult:
        reads = types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        tools = [
            types.Tool(
                name=name, title=title, description=text, input_schema=takes, annotations=reads
            )
            for name, (title, text, takes) in TOOLS.items()
        ]
        return types.ListToolsResult(tools=tools)

    async def called(
        self,
        context: object,  # noqa: ARG002 – the protocol's
        asked: types.CallToolRequestParams,
    ) -> types.CallToolResult:
        """What went wrong is an answer too: a sentence that the assistant can act on."""
        work = functools.partial(self._answer, asked.name, asked.arguments or {})
        try:
            with anyio.fail_after(LIMIT_S):
                told = await anyio.to_thread.run_sync(
                    work, abandon_on_cancel=True, limiter=self._turns
                )
        except TimeoutError:
            return _wrong(f"This took longer than {LIMIT_S:.0f} s. Ask for less, or later.")
        except ExpectedError as e:
            return _wrong(str(e))
        except Exception as e:
            log.exception("a question of an assistant")
            return _wrong(f"This is a bug in Nova Desktop. A report is in {self._report(e).name}.")
        text = json.dumps(told, ensure_ascii=False)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)], structured_content=told
        )

    def _answer(self, tool: str, arguments: Mapping[str, Any]) -> dict[str, object]:
        library = self._opened.library()
        try:
            return self._answering(library).answer(tool, arguments)
        except Lost:
            library = self._opened.library(lost=library)
            return self._answering(library).answer(tool, arguments)

    def _answering(self, library: LibraryCalls) -> Answering:
        return Answering(library, self._paths, self._within, self._told)


async def _serve(tools: Tools) -> None:
    server: Server[Any] = Server(
        "nova-desktop",
        title="Nova Desktop",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=tools.listed,
        on_call_tool=tools.called,
    )
    async with stdio_server() as (reads, writes):
        await server.run(reads, writes, server.create_initialization_options())


def _wrong(sentence: str) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=sentence)], is_error=True
    )
