"""The front of the service: AWS's own API models (as botocore ships them) as routes and checks."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

import botocore.session
import numpy as np
from botocore.model import OperationModel, Shape

from tests.emulators.errors import UNKNOWN_MODEL, Refused, constraints, invalid

OPERATIONS = {
    "bedrock-runtime": ("InvokeModel", "StartAsyncInvoke", "GetAsyncInvoke", "ListAsyncInvokes"),
    "bedrock": (
        *("ListFoundationModels", "GetFoundationModel", "GetFoundationModelAvailability"),
        *("CreateModelInvocationJob", "GetModelInvocationJob", "StopModelInvocationJob"),
        "ListModelInvocationJobs",
    ),
    "s3vectors": (
        *("CreateVectorBucket", "GetVectorBucket", "ListVectorBuckets", "DeleteVectorBucket"),
        *("CreateIndex", "GetIndex", "ListIndexes", "DeleteIndex"),
        *("PutVectors", "GetVectors", "ListVectors", "DeleteVectors", "QueryVectors"),
    ),
}
BEDROCK, S3VECTORS = ("bedrock-runtime", "bedrock"), ("s3vectors",)
JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "map": (dict,),
    "boolean": (bool,),
    "structure": (dict,),
    "list": (list,),
}


@dataclass(frozen=True)
class Request:
    """One HTTP request, as it came. `target` is the raw path with its query."""

    method: str
    target: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    oversized: bool = False  # the body was longer than any operation takes, and was not kept


@functools.cache
def operations(services: tuple[str, ...]) -> dict[str, OperationModel]:
    session = botocore.session.get_session()
    models = ((name, session.get_service_model(name)) for name in services)
    return {op: model.operation_model(op) for name, model in models for op in OPERATIONS[name]}


def route(
    request: Request, services: tuple[str, ...] = BEDROCK
) -> tuple[OperationModel, dict[str, str]]:
    """The operation, and what stands in the path. Segments are told apart before decoding, so
    an ARN must come with its slash encoded."""
    path = request.target.partition("?")[0].split("/")
    for operation in operations(services).values():
        pattern = operation.http["requestUri"].split("/")
        if request.method != operation.http["method"] or len(path) != len(pattern):
            continue
        pairs = list(zip(pattern, path, strict=True))
        if all(p == found or p.startswith("{") for p, found in pairs):
            return operation, {p[1:-1]: unquote(v) for p, v in pairs if p.startswith("{")}
    raise Refused("UnknownOperationException")


def parameters(
    operation: OperationModel, in_path: Mapping[str, str], request: Request, strict: bool = False
) -> dict[str, Any]:
    """The members of the operation's input, checked as its API model says.

    `strict` refuses members that the model does not have, which AWS passes over: nobody means them.
    """
    query = dict(parse_qsl(request.target.partition("?")[2], keep_blank_values=True))
    shape = operation.input_shape
    assert shape is not None
    blob = shape.serialization.get("payload")
    body = {} if blob else _json(operation, request)
    found: dict[str, Any] = {}
    for name, member in shape.members.items():
        key = member.serialization.get("name", name)
        match member.serialization.get("location"):
            case "uri":
                found[name] = in_path[key]
            case "querystring":
                found[name] = _typed(member, key, query.get(key))
            case "header":
                found[name] = request.headers.get(key.lower())
            case _ if name == blob:
                found[name] = request.body
            case _:
                found[name] = body.get(key)
    found = {name: value for name, value in found.items() if value is not None}
    if request.oversized:
        raise constraints([_broken("body", "have length less than or equal to 25000000")])
    if errors := list(_check(shape, found, "")):
        if any("'modelId'" in error for error in errors):
            raise invalid(UNKNOWN_MODEL)
        raise constraints(errors)
    if strict and (unknown := list(_strangers(shape, body, ""))):
        raise invalid(f"Unknown members: {', '.join(unknown)}")
    return found


def broken_answer(operation: OperationModel, answer: dict[str, Any]) -> list[str]:
    """Every way in which an answer is not what the API model says; must be empty."""
    shape = operation.output_shape
    assert shape is not None
    return [*_check(shape, answer, ""), *_strangers(shape, answer, "")]


def _strangers(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """Members that the shape does not have."""
    if shape.type_name == "list" and shape.member.type_name != "float":
        for n, item in enumerate(value, 1):
            yield from _strangers(shape.member, item, f"{path}.{n}.member")
    if shape.type_name == "structure" and not shape.metadata.get("document"):
        for name, item in value.items():
            if name not in shape.members:
                yield f"{path}.{name} is not a member"
            else:
                yield from _strangers(shape.members[name], item, f"{path}.{name}")


def _json(operation: OperationModel, request: Request) -> dict[str, Any]:
    if operation.http["method"] == "GET" or not request.body:
        return {}
    try:
        body = json.loads(request.body, parse_constant=_no_number)
    except ValueError as e:
        raise Refused("SerializationException", "The request body is not JSON.") from e
    if not isinstance(body, dict):
        raise Refused("SerializationException", "The request body is not a JSON object.")
    return body


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


def _typed(member: Shape, key: str, text: str | None) -> object:
    if text is None:
        return None
    try:
        match member.type_name:
            case "integer":
                return int(text)
            case "timestamp":
                return datetime.fromisoformat(text).timestamp()
            case _:
                return text
    except ValueError as e:
        raise invalid(f"The value of '{key}' is not a {member.type_name}.") from e


def _check(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """Every constraint that the value breaks, in AWS's words."""
    if shape.type_name == "list" and shape.member.type_name == "float" and _all_floats(value):
        return  # a loop over each would take minutes
    if (types := JSON_TYPES.get(shape.type_name)) and (
        not isinstance(value, types) or (isinstance(value, bool) and bool not in types)
    ):
        raise Refused("SerializationException", f"'{path}' is not a {shape.type_name}.")
    if shape.type_name in ("integer", "long"):
        yield from _range(shape, value, path, "have value")
    elif shape.type_name in ("string", "list", "blob"):
        yield from _range(shape, len(value), path, "have length")
    if shape.type_name == "string":
        pattern = shape.metadata.get("pattern")
        if pattern and not re.fullmatch(pattern, value):
            yield _broken(path, f"satisfy regular expression pattern: {pattern}", value)
        if (words := shape.metadata.get("enum")) and value not in words:
            yield _broken(path, f"satisfy enum value set: [{', '.join(words)}]", value)
    if shape.type_name == "list":
        for n, item in enumerate(value, 1):
            yield from _check(shape.member, item, f"{path}.{n}.member")
    if shape.type_name == "map":
        for key, item in value.items():
            yield from _check(shape.key, key, f"{path}.key")
            yield from _check(shape.value, item, f"{path}.{key}.value")
    if shape.type_name == "structure" and not shape.metadata.get("document"):
        yield from _structure(shape, value, path)


def _all_floats(value: Any) -> bool:
    if isinstance(value, np.ndarray):  # of an answer that is not text yet
        return value.dtype == np.float32 and value.ndim == 1
    return isinstance(value, list) and set(map(type, value)) <= {float, int}


def _structure(shape: Shape, value: dict[str, Any], path: str) -> Iterator[str]:
    dot = f"{path}." if path else ""
    for name in shape.required_members:
        if value.get(name) is None:
            yield _broken(dot + name, "not be null", None)
    known = [name for name in shape.members if value.get(name) is not None]
    if shape.metadata.get("union") and len(known) != 1:
        yield _broken(path, "have exactly one of its members set")
    for name in known:
        yield from _check(shape.members[name], value[name], dot + name)


def _range(shape: Shape, size: int, path: str, what: str) -> Iterator[str]:
    if size < shape.metadata.get("min", size):
        yield _broken(path, f"{what} greater than or equal to {shape.metadata['min']}")
    if size > shape.metadata.get("max", size):
        yield _broken(path, f"{what} less than or equal to {shape.metadata['max']}")


def _broken(path: str, must: str, value: str | None = "") -> str:
    """`value`: "" leaves it out of the sentence."""
    said = " null" if value is None else value and f" '{value}'"
    return f"Value{said} at '{path}' failed to satisfy constraint: Member must {must}"
