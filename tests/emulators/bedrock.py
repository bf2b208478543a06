"""Amazon Bedrock with Nova Multimodal Embeddings, for tests: real HTTP, no model, no bill.

Plugged in by AWS_ENDPOINT_URL_BEDROCK_RUNTIME and AWS_ENDPOINT_URL_BEDROCK alone. Requests are
checked in the order that the service checks them: signature, operation and model, size, JSON,
throttling, schema, content.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.emulators import answers, control, embedding, models, schema, shapes, signature
from tests.emulators import asked as requests
from tests.emulators.batch import BatchJobs
from tests.emulators.calls import Call, Charge, Log
from tests.emulators.conditions import Conditions
from tests.emulators.errors import Refused, malformed
from tests.emulators.faults import Fault, Faults
from tests.emulators.jobs import Jobs, digest_of
from tests.emulators.pace import Pace
from tests.emulators.shapes import Request
from tests.emulators.storage import Storage
from tests.emulators.web import Reply, Web

ANYWHERE = "us-east-1"  # the region of a bearer key, which names none


@dataclass
class _Progress:
    """What became known of a request while it was served, for the log."""

    operation: str = "?"
    token: str = ""
    charge: Charge | None = None


class Bedrock:
    """The emulator. `conditions` may be replaced and `faults` added at any time.

    `s3_endpoint`: where results are written; None asks AWS_ENDPOINT_URL_S3.
    """

    def __init__(self, s3_endpoint: str | None = None, port: int = 0) -> None:
        self.conditions = Conditions()
        self.faults = Faults()
        self.log = Log()
        self._storage = Storage(s3_endpoint)
        self._jobs = Jobs(self._storage, self.log, self.faults)
        self._batch = BatchJobs(self._storage, self.log)
        self._pace = Pace()
        self._hurry = threading.Event()  # ends what is waiting
        self._idle = threading.Condition()
        self._serving = 0
        self._bugs: list[str] = []
        self._web = Web(self._answer, port)

    @property
    def url(self) -> str:
        return self._web.url

    @property
    def environment(self) -> dict[str, str]:
        """The variables that plug it in."""
        return {
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": self.url,
            "AWS_ENDPOINT_URL_BEDROCK": self.url,
        }

    @property
    def most_at_once(self) -> int:
        """The most InvokeModel calls that were ever served at once."""
        return self._pace.most

    @property
    def bugs(self) -> list[str]:
        """Tracebacks of what went wrong in the emulator itself: must stay empty."""
        running = [*self._jobs.bugs, *self._batch.bugs]
        return self._bugs + ["".join(traceback.format_exception(error)) for error in running]

    def start(self) -> Bedrock:
        self._web.start()
        return self

    def stop(self) -> None:
        self._hurry.set()
        self._jobs.clear()
        self._batch.clear()
        self._web.stop()

    def reset(self) -> None:
        """As if it had just been started; the address stays. Calls that are waiting end first."""
        self._hurry.set()
        with self._idle:
            assert self._idle.wait_for(lambda: not self._serving, 30), "a call hangs"
        self._hurry.clear()
        self.conditions = Conditions()
        self.faults.clear()
        self._jobs.clear()
        self._batch.clear()
        self._pace.clear()
        self.log.clear()

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
        began, progress, message = time.monotonic(), _Progress(), ""
        code = ""
        try:
            reply = self._serve(request, progress)
        except Refused as e:
            code, message = e.code, e.message
            reply = _refusal(e)
        except Exception:
            self._bugs.append(traceback.format_exc())
            code, message = "InternalServerException", "The emulator has a bug."
            reply = _refusal(Refused(code, message))
        if reply.ending and progress.charge:
            self.log.undelivered(progress.charge)
        took_s = time.monotonic() - began
        status = 0 if reply.ending else reply.status
        self.log.add(
            lambda number: Call(
                number,
                progress.operation,
                began,
                status,
                code,
                message,
                took_s,
                len(request.body),
                hashlib.sha256(request.body).hexdigest(),
                progress.token,
            )
        )
        return reply

    def _serve(self, request: Request, progress: _Progress) -> Reply:
        now = self.conditions
        try:
            operation, in_path = shapes.route(request)
        except Refused:
            signature.caller(request.headers, now.keys, datetime.now(UTC))  # comes first
            raise
        progress.operation = operation.name
        caller = signature.caller(request.headers, now.keys, datetime.now(UTC))
        if operation.name in now.denied_operations:
            raise Refused("AccessDeniedException", f"Not authorized to perform {operation.name}.")
        region = caller.region or ANYWHERE
        if operation.name == "InvokeModel":
            models.check(in_path["modelId"], region, now)
        params = shapes.parameters(operation, in_path, request)
        progress.token = params.get("clientRequestToken", "")
        if operation.name in ("StartAsyncInvoke", "CreateModelInvocationJob"):
            models.check(params["modelId"], region, now)
        body = _json(params["body"]) if operation.name == "InvokeModel" else None
        struck = self.faults.draw(operation.name)
        with self._weather(operation.name, struck, now):
            if "reset_before" in struck:
                return Reply(0, ending="reset")
            if operation.name == "InvokeModel":
                reply = self._invoke(body, now, struck, progress)
            else:
                reply = _reply(self._call(operation.name, params, region, now))
        if "reset_after" in struck:
            return Reply(0, ending="reset")
        if "cut" in struck:
            return Reply(reply.status, reply.body, reply.headers, "cut")
        return reply

    @contextmanager
    def _weather(self, operation: str, struck: dict[str, Fault], now: Conditions) -> Iterator[None]:
        """Throttling and errors before anything is looked at, and waiting."""
        for kind, fault in struck.items():
            if kind.endswith("Exception"):
                raise Refused(kind, fault.message)
        wait_s = struck["slow"].seconds if "slow" in struck else 0.0
        if operation != "InvokeModel":
            self._hurry.wait(wait_s)
            yield
            return
        began = time.monotonic()
        with self._pace.admitted(now):
            yield
            # Last, so that the emulator's own work is part of the latency that was asked for.
            self._hurry.wait(max(0.0, began + wait_s + now.latency_s - time.monotonic()))

    def _invoke(
        self, body: Any, now: Conditions, struck: dict[str, Fault], progress: _Progress
    ) -> Reply:
        schema.check(body, "SINGLE_EMBEDDING", now)
        asked = requests.read(body, "SINGLE_EMBEDDING")
        entries, usage = embedding.single(asked, self._storage, now)
        progress.charge = Charge("InvokeModel", digest_of(body), usage)
        self.log.charge(progress.charge)
        if "html" in struck:
            return answers.gateway()
        wrong = [kind for kind in struck if kind.startswith("wrong_")]
        plain = json.dumps({"embeddings": entries}).encode()
        payload = answers.spoiled(wrong[0], entries) if wrong else plain
        reply = _reply(payload)
        tokens = {"x-amzn-bedrock-input-token-count": str(usage.tokens)}
        return Reply(200, reply.body, {**reply.headers, **tokens})

    def _call(self, name: str, params: dict[str, Any], region: str, now: Conditions) -> Any:
        match name:
            case "StartAsyncInvoke":
                return self._jobs.start(params, region, now)
            case "GetAsyncInvoke":
                return self._jobs.get(params, now)
            case "ListAsyncInvokes":
                return self._jobs.listed(params, region, now)
            case "ListFoundationModels":
                return models.listed(params, region, now)
            case "GetFoundationModel":
                return models.details(params, region, now)
            case "GetFoundationModelAvailability":
                return models.availability(params, region, now)
            case "CreateModelInvocationJob":
                return self._batch.create(params, region, now)
            case "GetModelInvocationJob":
                return self._batch.get(params)
            case "StopModelInvocationJob":
                return self._batch.stop(params)
            case _:
                return self._batch.listed(params, region)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as e:
        raise malformed() from e


def _reply(answer: Any) -> Reply:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    headers = {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid.uuid4())}
    return Reply(200, body, headers)


def _refusal(error: Refused) -> Reply:
    """Without Retry-After, as Bedrock's."""
    headers = {
        "Content-Type": "application/json",
        "x-amzn-RequestId": str(uuid.uuid4()),
        "x-amzn-errortype": f"{error.code}:http://internal.amazon.com/coral/com.amazon.bedrock/",
    }
    body: dict[str, object] = {"message": error.message}
    if error.code == "ModelErrorException":
        body |= {"originalStatusCode": 500, "resourceName": "model"}
    return Reply(error.status, json.dumps(body).encode(), headers)
