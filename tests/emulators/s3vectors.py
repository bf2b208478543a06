"""Amazon S3 Vectors, for tests: real HTTP, every documented limit, vectors in memory.

Plugged in by AWS_ENDPOINT_URL_S3VECTORS alone. Requests are checked in this order: signature,
operation, size, the API model that botocore ships, permissions, the rules of the service. Every
answer is checked against that model too.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import traceback
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.emulators import answers, control, shapes, signature, vector_text
from tests.emulators.calls import Call, Log
from tests.emulators.conditions import ACCOUNT
from tests.emulators.errors import S3VECTORS_STATUS, Refused, invalid
from tests.emulators.faults import Faults
from tests.emulators.shapes import Request
from tests.emulators.vector_conditions import PAYLOAD_BYTES, VectorConditions
from tests.emulators.vector_pace import VectorPace
from tests.emulators.vector_state import State
from tests.emulators.web import Reply, Web


class S3Vectors:
    """The emulator. `conditions` may be replaced and `faults` added at any time."""

    def __init__(self, port: int = 0) -> None:
        self.conditions = VectorConditions()
        self.faults = Faults()
        self.log = Log()
        self.bugs: list[str] = []  # tracebacks of what went wrong in here: must stay empty
        self._pace = VectorPace()
        self._states: dict[str, State] = {}  # by region
        self._lock = threading.Lock()
        self._hurry = threading.Event()  # ends what is waiting
        self._idle = threading.Condition()
        self._serving = 0
        self._web = Web(self._answer, port)

    @property
    def url(self) -> str:
        return self._web.url

    @property
    def environment(self) -> dict[str, str]:
        """The variables that plug it in."""
        return {"AWS_ENDPOINT_URL_S3VECTORS": self.url}

    def start(self) -> S3Vectors:
        self._web.start()
        return self

    def stop(self) -> None:
        self._hurry.set()
        self._web.stop()

    def reset(self) -> None:
        """As if it had just been started; the address stays. Calls that are waiting end first."""
        self._hurry.set()
        with self._idle:
            assert self._idle.wait_for(lambda: not self._serving, 30), "a call hangs"
        self._hurry.clear()
        with self._lock:
            self.conditions = VectorConditions()
            self.faults.clear()
            self._pace.clear()
            self._states.clear()
            self.log.clear()

    def vectors(self, bucket: str, index: str, region: str = "us-east-1") -> dict[str, Any]:
        """What an index holds: by key, as GetVectors shows it. For a look past the client."""
        with self._lock:
            found = self._states[region].buckets[bucket].indexes[index]
            return {key: found.get(key, data=True, metadata=True) for key in found.metadata}

    def indexes(self, bucket: str, region: str = "us-east-1") -> dict[str, int] | None:
        """How many vectors each index of a bucket holds; None where there is no such bucket."""
        with self._lock:
            found = self._states.get(region, State(region, self._pace)).buckets.get(bucket)
            return found and {name: len(index) for name, index in found.indexes.items()}

    def _answer(self, request: Request) -> Reply:
        if request.target.startswith(control.PATH):
            return control.answer(self, request)
        with self._idle:
            self._serving += 1
        try:
            return self._logged(request)
        finally:
            with self._idle:
                self._serving -= 1
                self._idle.notify_all()

    def _logged(self, request: Request) -> Reply:
        began, code, message, name = time.monotonic(), "", "", ["?"]
        try:
            reply = self._serve(request, name)
        except Refused as e:
            code, message = e.code, e.message
            reply = _refusal(e)
        except Exception:
            self.bugs.append(traceback.format_exc())
            code, message = "InternalServerException", "The emulator has a bug."
            reply = _refusal(Refused(code, message))
        took_s = time.monotonic() - began
        self.log.add(
            lambda number: Call(
                number,
                name[0],
                began,
                0 if reply.ending else reply.status,
                code,
                message,
                took_s,
                len(request.body),
                hashlib.blake2b(request.body).hexdigest(),
                "",
            )
        )
        return reply

    def _serve(self, request: Request, name: list[str]) -> Reply:
        now = self.conditions
        caller = signature.caller(request.headers, now.keys, datetime.now(UTC), "s3vectors")
        operation, in_path = shapes.route(request, shapes.S3VECTORS)
        name[0] = operation.name
        if request.oversized or len(request.body) > PAYLOAD_BYTES:
            raise invalid(f"The request must have at most {PAYLOAD_BYTES} bytes")
        params = shapes.parameters(operation, in_path, request, strict=True)
        region = caller.region or "us-east-1"
        for action in _actions(operation.name, params):
            if action in now.denied_operations:
                raise _denied(action, caller.key)
        struck = self.faults.draw(operation.name)
        for kind, fault in struck.items():
            if kind.endswith("Exception"):
                raise Refused(kind, fault.message)
        self._hurry.wait(now.latency_s + (struck["slow"].seconds if "slow" in struck else 0.0))
        if "reset_before" in struck:
            return Reply(0, ending="reset")
        answer = self._call(operation.name, params, region, now)
        if broken := shapes.broken_answer(operation, answer):
            raise AssertionError(f"not as the API model says: {broken}")
        if "html" in struck:
            return answers.gateway()
        if "reset_after" in struck:
            return Reply(0, ending="reset")
        reply = Reply(200, vector_text.dumps(answer), _headers())
        return Reply(200, reply.body, reply.headers, "cut") if "cut" in struck else reply

    def _call(
        self, name: str, params: dict[str, Any], region: str, now: VectorConditions
    ) -> dict[str, Any]:
        if name == "PutVectors":
            # What takes long is done beside others; an index never changes what this asks of it.
            with self._lock:
                index = self._state(region).index(params)
            params = {**params, "vectors": index.checked(params["vectors"])}
        with self._lock:
            return self._state(region).call(name, params, now)

    def _state(self, region: str) -> State:
        return self._states.setdefault(region, State(region, self._pace))


def _actions(name: str, params: Mapping[str, Any]) -> list[str]:
    """What a policy must allow: botocore's model, "Permissions" of each operation."""
    wanted = [name]
    shows = params.get("returnData") or params.get("returnMetadata")
    if (name == "ListVectors" and shows) or (
        name == "QueryVectors" and (shows or "filter" in params)
    ):
        wanted.append("GetVectors")
    if params.get("tags"):
        wanted.append("TagResource")
    return wanted


def _denied(action: str, key: str) -> Refused:
    return Refused(
        "AccessDeniedException",
        f"User: arn:aws:iam::{ACCOUNT}:user/{key} is not authorized to perform: "
        f"s3vectors:{action} because no identity-based policy allows the s3vectors:{action} action",
    )


def _headers() -> dict[str, str]:
    return {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid.uuid4())}


def _refusal(error: Refused) -> Reply:
    body: dict[str, Any] = {"message": error.message}
    if error.fields:
        body["fieldList"] = [{"path": path, "message": text} for path, text in error.fields]
    status = S3VECTORS_STATUS.get(error.code, error.status)
    headers = {**_headers(), "x-amzn-errortype": error.code}
    return Reply(status, json.dumps(body).encode(), headers)
