"""The words of the window in the user's language.

Every text that is shown goes through `tr` or `trn`, as literals, so that packaging/translate.py
finds it for translators. The context is the part of the window that says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QLocale

K = TypeVar("K")


def tr(context: str, text: str, /, **values: object) -> str:
    """`text` in the user's language; {names} in it are filled in after that."""
    said = QCoreApplication.translate(context, text)
    return said.format(**values) if values else said


def trn(context: str, text: str, comment: str | None, n: int, /, **values: object) -> str:
    """A text with a number {n} in it, such as "{n} file(s)", in the form that n asks for.

    trn("Files", "{n} file(s)", None, n), where English says "(s)" for the whole difference.
    """
    said = QCoreApplication.translate(context, text, comment, n)
    if said == text:  # English, where "(s)" is the whole difference
        said = text.replace("(s)", "" if n == 1 else "s")
    return said.format(n=number(n), **values)


def noop(context: str, text: str) -> tuple[str, str]:
    """Marks a text of a constant, which `tr(*it)` says in the language of then."""
    return context, text


class Said(Mapping[K, str]):
    """Texts of a constant by what they are for, each in the user's language of the moment."""

    def __init__(self, texts: Mapping[K, tuple[str, str]]) -> None:
        self._texts = texts

    def __getitem__(self, key: K) -> str:
        return tr(*self._texts[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def number(n: int) -> str:
    """As it is written in the user's language: 1,204 in English."""
    return QLocale().toString(n) if QLocale().language() != QLocale.Language.C else f"{n:,}"


def decimal(amount: float, digits: int) -> str:
    """With so many digits after the point, as it is written in the user's language: 1,204.50."""
    if QLocale().language() == QLocale.Language.C:
        return f"{amount:,.{digits}f}"
    return QLocale().toString(float(amount), "f", digits)
