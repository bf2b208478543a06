"""Stands in for pydantic while LanceDB is imported: its models, without their checks.

Pydantic and the checks that it builds of LanceDB's models take half of LanceDB's import. What of
them a table on this disk makes are questions, of values that LanceDB's own code has just read or
that come from the modules here, whose types are checked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


class BaseModel:
    """Has the values that it is made with, and of the others what its class has."""

    def __init__(self, **values: object) -> None:
        vars(self).update(values)


def field(default: Any = None, *, kw_only: bool = False, **_: object) -> Any:
    """A default; of a dataclass, whose fields alone are `kw_only`, a field."""
    return dataclasses.field(default=default, kw_only=True) if kw_only else default


def _passed_on(*_: object, **__: object) -> Callable[[T], T]:
    return lambda checking: checking


def _whole_number(**_: object) -> type[int]:
    return int


class Unchecked(ModuleType):
    """The module `pydantic`; a name that it lacks fails the import that asks for it."""

    BaseModel = BaseModel
    ConfigDict = dict
    Field = PrivateAttr = staticmethod(field)
    AfterValidator = field_validator = model_validator = staticmethod(_passed_on)
    conint = staticmethod(_whole_number)
    dataclasses = dataclasses
