"""Brings the translations up to date: python packaging/translate.py, after texts were changed.

Qt's lupdate writes the window's texts into resources/translations/*.ts, where translators (with Qt
Linguist, or an editor) fill in what is unfinished; its lrelease makes the .qm that is loaded.
`--check` only compares the .qm with the .ts, and changes nothing.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "nova_desktop" / "ui"
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
COUNTRY = {"de": "de_DE"}  # lupdate counts the forms of a number by it
SAYING = ("tr", "trn", "noop")  # of ui/look/words.py


class Text(NamedTuple):
    """A text of the window, and who says it."""

    context: str
    text: str
    numbered: bool  # it has a form for one and a form for more


def texts(folder: Path = TEXTS) -> Iterator[tuple[Text, str]]:
    """Every text that is marked as one, and its place; raises SystemExit for what is no literal."""
    for module in sorted(folder.rglob("*.py")):
        if module.name == "words.py":
            continue  # it says what the functions are
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if not isinstance(node, ast.Call) or name not in SAYING:
                continue
            place = f"{module.name}:{node.lineno}"
            if len(node.args) == 1 and isinstance(node.args[0], ast.Starred):
                continue  # tr(*NAME), of what noop() has marked
            literals = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
            if len(literals) != 2 or not all(isinstance(one, str) for one in literals):
                raise SystemExit(f"{place}: {name}() takes its context and its text as literals")
            yield Text(str(literals[0]), str(literals[1]), name == "trn"), place


def source_file(language: str) -> Path:
    return TRANSLATIONS / f"nova_desktop_{language}.ts"


def update(file: Path) -> None:
    """Adds new texts, and drops those that are gone."""
    found = sorted({text for text, _ in texts()})
    language = file.stem.rpartition("_")[2]
    with tempfile.TemporaryDirectory() as folder:
        # As C++: of a call in Python lupdate reads no keywords, and no number to count by.
        calls = Path(folder, "calls.cpp")
        calls.write_text(
            "".join(
                f"QCoreApplication::translate({quoted(one.context)}, {quoted(one.text)}"
                f"{', nullptr, n' if one.numbered else ''});\n"
                for one in found
            ),
            "utf-8",
        )
        run(
            *("lupdate", str(calls), "-ts", str(file), "-no-obsolete", "-locations", "none"),
            *("-source-language", "en_US", "-target-language", COUNTRY[language]),
        )


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # as C++ writes it, too


def released(file: Path, target: Path) -> None:
    """Makes the file that the window loads."""
    run("lrelease", "-silent", "-nounfinished", str(file), "-qm", str(target))


def run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([program, *arguments], check=True)


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    for language in LANGUAGES:
        file = source_file(language)
        if check:
            with tempfile.TemporaryDirectory() as folder:
                fresh = Path(folder, "fresh.qm")
                released(file, fresh)
                if fresh.read_bytes() != file.with_suffix(".qm").read_bytes():
                    sys.stderr.write(f"{file.with_suffix('.qm')} is older than its .ts\n")
                    return 1
        else:
            update(file)
            released(file, file.with_suffix(".qm"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
