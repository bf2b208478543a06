"""The layers hold, and every rule that says so fails when it is broken."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import Module

ROOT = Path(__file__).parents[1]

Rule = Callable[[Iterable[Module]], Iterator[str]]


def a_tree(root: Path, files: dict[str, str]) -> list[Module]:
    """A package of these modules; each has a docstring unless its text brings its own."""
    for name, text in {"__init__.py": "", **files}.items():
        path = root / architecture.PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if text.startswith("#") else f'"""Does it."""\n{text}')
    return architecture.read(root)


@pytest.mark.parametrize("rule", architecture.RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(architecture.read(ROOT))) == []


GOOD = {
    "model.py": "import numpy",
    "errors.py": "",
    "ports.py": "from nova_desktop.model import File",
    "compose.py": "from nova_desktop.media.image import ImageReader\nimport nova_desktop.library",
    "compose_aws.py": "from nova_desktop.engines import aws",
    "cli/__init__.py": "",
    "cli/aws_command.py": "from nova_desktop import compose_aws",
    "engines/__init__.py": "",
    "engines/aws.py": "from nova_desktop.aws import client",
    "aws/__init__.py": "",
    "aws/client.py": "import boto3",
    "media/__init__.py": "",
    "media/image.py": "from PIL import Image\nfrom nova_desktop.media import sniff",
    "media/sniff.py": "from . import image_kinds",
    "media/image_kinds.py": "from ..errors import BadInput",
    "library/__init__.py": "from nova_desktop.library.catalog import Catalog\nimport watchdog",
    "library/catalog.py": "import sqlite3\nfrom nova_desktop.ports import Reader",
    "ui/__init__.py": "",
    "ui/window.py": "from PySide6.QtWidgets import QWidget\nfrom nova_desktop.ports import Reader",
    "cli/main.py": "def main():\n    from nova_desktop.ui import window",
}


@pytest.mark.parametrize("rule", architecture.RULES, ids=lambda rule: rule.__name__)
def test_a_good_tree_passes_the_rule(rule: Rule, tmp_path: Path) -> None:
    assert list(rule(a_tree(tmp_path, GOOD))) == []


BROKEN: list[tuple[Rule, str, str]] = [
    (architecture.outside_its_home, "library/scan.py", "import PySide6"),
    (architecture.outside_its_home, "cli/main.py", "def main():\n    from PySide6 import QtCore"),
    (architecture.outside_its_home, "ui/grid.py", "import lancedb.index"),
    (architecture.outside_its_home, "ui/grid.py", "class A:\n    import numpy.linalg"),
    (architecture.outside_its_home, "stores/memory.py", "from PIL import Image"),
    (architecture.outside_its_home, "stores/lance.py", "import sqlite3"),
    (architecture.outside_its_home, "media/new.py", "import some_new_library"),
    (architecture.outside_its_home, "stores/new.py", "import boto3"),
    (architecture.outside_its_home, "media/new.py", "try:\n    import cv2\nexcept OSError: raise"),
    (architecture.adapters_meet, "media/new.py", "from nova_desktop.stores import lance"),
    (architecture.adapters_meet, "media/new.py", "from ..describers import ocr"),
    (architecture.adapters_meet, "engines/new.py", "def f():\n    import nova_desktop.media.image"),
    (architecture.adapters_meet, "stores/new.py", "from nova_desktop.library import catalog"),
    (architecture.adapters_meet, "media/new.py", "import nova_desktop.compose"),
    (architecture.adapters_named, "ui/new.py", "import nova_desktop.media.image"),
    (
        architecture.adapters_named,
        "cli/main.py",
        "def f():\n    from nova_desktop.stores import lance",
    ),
    (architecture.adapters_named, "library/new.py", "from nova_desktop.engines.basic import E"),
    (architecture.adapters_named, "settings.py", "from nova_desktop import media"),
    (architecture.adapters_named, "compose_aws.py", "from nova_desktop.stores import lance"),
    (architecture.adapters_meet, "engines/new.py", "import nova_desktop.compose_aws"),
    (architecture.library_knows, "library/new.py", "import nova_desktop.compose_aws"),
    (architecture.library_knows, "library/new.py", "from nova_desktop.media import image"),
    (architecture.library_knows, "library/new.py", "from nova_desktop import cli"),
    (architecture.library_knows, "library/new.py", "def f():\n    import nova_desktop.ui.window"),
    (architecture.front_ends_reach, "ui/new.py", "from nova_desktop.library import Library"),
    (
        architecture.front_ends_reach,
        "cli/main.py",
        "def f():\n    from nova_desktop import compose",
    ),
    (
        architecture.front_ends_reach,
        "cli/main.py",
        "def f():\n    from nova_desktop.aws import client",
    ),
    (architecture.cycles, "model.py", "from nova_desktop.ports import Reader"),
    (architecture.cycles, "errors.py", "from nova_desktop.errors2 import x"),
    (architecture.too_long, "library/new.py", "x = 1\n" * architecture.MOST_LINES),
    (architecture.silent, "library/new.py", "# it does things\nx = 1"),
]


@pytest.mark.parametrize(("rule", "file", "text"), BROKEN)
def test_a_rule_fails_when_it_is_broken(rule: Rule, file: str, text: str, tmp_path: Path) -> None:
    back = {"errors2.py": "if True:\n    from nova_desktop import errors"}
    assert list(rule(a_tree(tmp_path, {**GOOD, **back, file: text}))) != []


@pytest.mark.parametrize(
    "text",
    [
        "def later():\n    from nova_desktop.ports import Reader",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import nova_desktop.ports",
    ],
)
def test_what_is_imported_later_or_for_types_makes_no_cycle(text: str, tmp_path: Path) -> None:
    assert list(architecture.cycles(a_tree(tmp_path, {**GOOD, "model.py": text}))) == []


def strangers(root: Path) -> set[str]:
    """What lies at the top, is not agreed on, and is not left out by .gitignore."""
    ignored = [".git", *(line.rstrip("/") for line in (root / ".gitignore").read_text().split())]
    return {
        entry.name
        for entry in root.iterdir()
        if entry.name not in architecture.TOP_LEVEL
        and not any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in ignored)
    }


def test_the_top_level_has_what_was_agreed() -> None:
    assert strangers(ROOT) == set()


def test_a_stranger_at_the_top_level_is_seen(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".venv/\n*.pyc\n")
    for name in (".venv", ".git", "README.md", "tests", "notes", "run.sh", "x.pyc"):
        (tmp_path / name).touch()
    assert strangers(tmp_path) == {"notes", "run.sh"}
