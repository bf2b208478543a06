"""What a setting is to who chooses it: its name, what it does, and how it is chosen."""

from __future__ import annotations

from dataclasses import dataclass

Text = tuple[str, str]  # a context and a text, for `tr`


@dataclass(frozen=True, slots=True)
class Field:
    """One setting, as settings.Settings names it."""

    name: str
    says: Text
    effect: Text


@dataclass(frozen=True, slots=True)
class Switch(Field):
    """On or off."""


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A number within limits, which settings.Settings checks again."""

    least: float
    most: float
    unit: Text = ("", "")
    step: float = 1
    least_says: Text = ("", "")  # what the least one means, where it is no number


@dataclass(frozen=True, slots=True)
class Pick(Field):
    """One of some."""

    options: tuple[tuple[object, Text], ...]


@dataclass(frozen=True, slots=True)
class Line(Field):
    """A text on one line."""

    hint: Text = ("", "")
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Lines(Field):
    """Some texts, one a line."""


@dataclass(frozen=True, slots=True)
class Hours(Field):
    """From a time of the day to another, or none."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading; "" for those that stand first."""

    heading: Text
    fields: tuple[Field, ...]
