"""The language that queries are filtered by: Amazon S3 user guide, "Metadata filtering"."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from tests.emulators.errors import Refused, invalid

Metadata = dict[str, Any]
Test = Callable[[Metadata], bool]

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "$gt": lambda a, b: a > b,
    "$gte": lambda a, b: a >= b,
    "$lt": lambda a, b: a < b,
    "$lte": lambda a, b: a <= b,
}


def compiled(wanted: Any, hidden: Collection[str], lacking_differs: bool, depth: int = 0) -> Test:
    """What passes. `hidden` can't be filtered by. Raises Refused for what is no filter."""
    if not isinstance(wanted, dict) or not wanted:
        raise _bad("a filter must be an object that is not empty")
    if depth > 16:
        raise _bad("it is nested too deeply")
    tests: list[Test] = []
    for key, value in wanted.items():
        if key in ("$and", "$or"):
            if not isinstance(value, list) or not value:
                raise _bad(f"{key} takes an array of filters that is not empty")
            inner = [compiled(one, hidden, lacking_differs, depth + 1) for one in value]
            tests.append(_all(inner) if key == "$and" else _any(inner))
        elif key.startswith("$"):
            raise _bad(f"{key} is not an operator here")
        elif key in hidden:
            raise _bad(f"'{key}' is a non-filterable metadata key")
        else:
            tests.append(_field(key, value, lacking_differs))
    return _all(tests)


def _field(key: str, value: Any, lacking_differs: bool) -> Test:
    if not isinstance(value, dict):
        value = {"$eq": value}
    if not value:
        raise _bad(f"'{key}' has no operator")
    return _all([_operator(key, op, operand, lacking_differs) for op, operand in value.items()])


def _operator(key: str, op: str, operand: Any, lacking_differs: bool) -> Test:
    match op:
        case "$eq" | "$ne":
            _primitive(op, operand)
            wanted = [operand]
        case "$in" | "$nin":
            if not isinstance(operand, list) or not operand:
                raise _bad(f"{op} takes an array that is not empty")
            for one in operand:
                _primitive(op, one)
            wanted = operand
        case "$exists":
            if not isinstance(operand, bool):
                raise _bad("$exists takes true or false")
            return lambda metadata: (key in metadata) is operand
        case "$gt" | "$gte" | "$lt" | "$lte":
            if isinstance(operand, bool) or not isinstance(operand, int | float):
                raise _bad(f"{op} takes a number")
            compare = _ORDER[op]
            return lambda metadata: (
                _is_number(metadata.get(key)) and compare(metadata[key], operand)
            )
        case _:
            raise _bad(f"{op} is not an operator")
    kinds = {_typed(one) for one in wanted}
    if op in ("$eq", "$in"):
        return lambda metadata: key in metadata and not kinds.isdisjoint(_values(metadata[key]))
    return lambda metadata: (
        kinds.isdisjoint(_values(metadata[key])) if key in metadata else lacking_differs
    )


def _values(value: Any) -> set[tuple[str, Any]]:
    """A list has each of its elements."""
    return {_typed(one) for one in (value if isinstance(value, list) else [value])}


def _typed(value: Any) -> tuple[str, Any]:
    """1 is 1.0, and neither is true or "1"."""
    return ("number" if _is_number(value) else type(value).__name__, value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _primitive(op: str, value: Any) -> None:
    if not isinstance(value, str | int | float | bool):
        raise _bad(f"{op} takes strings, numbers and booleans")


def _all(tests: list[Test]) -> Test:
    return tests[0] if len(tests) == 1 else lambda metadata: all(test(metadata) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda metadata: any(test(metadata) for test in tests)


def _bad(why: str) -> Refused:
    return invalid(f"Invalid filter: {why}")
