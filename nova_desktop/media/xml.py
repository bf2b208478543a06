"""Reads XML as a stream of what opens, what is said and what closes: flat memory, no entities."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

MAX_DEPTH = 2000  # nested elements: no real document comes near, and an attack stops here


class Opens(NamedTuple):
    tag: str  # without its namespace
    attributes: dict[str, str]  # likewise, but for "r:id": OOXML has a plain "id" beside it


class Says(NamedTuple):
    text: str


class Closes(NamedTuple):
    tag: str


Event: TypeAlias = Opens | Says | Closes


class _Events:
    """The target of the parser: keeps what it was told until it is asked for it."""

    def __init__(self) -> None:
        self.told: list[Event] = []
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(f"XML nested deeper than {MAX_DEPTH}")
        self.told.append(Opens(local(tag), {_attribute(k): v for k, v in attributes.items()}))

    def data(self, text: str) -> None:
        self.told.append(Says(text))

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.told.append(Closes(local(tag)))

    def close(self) -> None:
        """Nothing to give: the events were taken as they came."""


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


@lru_cache(maxsize=4096)
def _attribute(name: str) -> str:
    return ("r:" if name.endswith("/relationships}id") else "") + local(name)


def events(data: bytes, step: int = 65536) -> Iterator[Event]:
    """What the document says, in order.

    Raises ValueError or SyntaxError for what is no XML, nested too deep, or declares entities.
    """
    from defusedxml.common import EntitiesForbidden
    from defusedxml.ElementTree import DefusedXMLParser

    target = _Events()
    parser = DefusedXMLParser(target=target, forbid_dtd=False)
    for at in range(0, len(data), step):
        try:
            parser.feed(data[at : at + step])
        except EntitiesForbidden as e:
            raise ValueError("its XML declares entities, as attacks do") from e
        yield from target.told
        target.told.clear()
    parser.close()
    yield from target.told
