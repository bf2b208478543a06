"""Steering the emulator from another process, over HTTP beside the service's own paths.

GET    /_control/log         calls, codes, charges and the bill
POST   /_control/conditions  {"latency_s": 0.3, "parallel": 16}: those stay, the rest is as it was
POST   /_control/faults      {"kind": "ThrottlingException", "share": 0.3}: as Fault's fields
DELETE /_control/faults      all of them
POST   /_control/reset       as if just started
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from tests.emulators.web import Reply

if TYPE_CHECKING:
    from tests.emulators.bedrock import Bedrock
    from tests.emulators.s3vectors import S3Vectors
    from tests.emulators.shapes import Request

PATH = "/_control/"


def answer(emulator: Bedrock | S3Vectors, request: Request) -> Reply:
    try:
        done = _act(emulator, request.method, request.target.removeprefix(PATH), request.body)
    except (ValueError, TypeError, AttributeError) as e:
        return _reply(400, {"message": str(e)})
    if done is None:
        return _reply(404, {"message": f"no {request.method} {request.target}"})
    return _reply(200, done)


def _act(emulator: Bedrock | S3Vectors, method: str, what: str, body: bytes) -> object:
    match method, what:
        case "GET", "log":
            return emulator.log.as_json()
        case "POST", "conditions":
            _change(emulator, json.loads(body))
        case "POST", "faults":
            emulator.faults.add(**json.loads(body))
        case "DELETE", "faults":
            emulator.faults.clear()
        case "POST", "reset":
            emulator.reset()
        case _:
            return None
    return {}


def _change(emulator: Any, given: dict[str, Any]) -> None:
    now = emulator.conditions
    sets = {field.name for field in fields(now) if "frozenset" in str(field.type)}
    chosen = {name: frozenset(v) if name in sets else v for name, v in given.items()}
    emulator.conditions = replace(now, **chosen)


def _reply(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"Content-Type": "application/json"})
