"""The README names every command, option, setting and exit code there is, and no other."""

from __future__ import annotations

import argparse
import dataclasses
import io
import os
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
import tomli_w

from nova_desktop.cli import arguments
from nova_desktop.cli import main as cli
from nova_desktop.cli.terminal import Terminal
from nova_desktop.errors import EXIT_CODES
from nova_desktop.here import Here
from nova_desktop.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
HIDDEN = {"host"}  # started by the program itself


def table(readme: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading."""
    match = re.search(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\|\n)+)", readme, re.MULTILINE)
    assert match, f"there is no table of {heading}s"
    rows = match[1].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def named_commands(readme: str) -> set[str]:
    """Names as they are typed; what stands in capitals after them is not a part of them."""
    typed = [codes(row[0])[0].split() for row in table(readme, "command")]
    return {" ".join(takewhile(str.islower, words)) for words in typed}


def named_options(readme: str) -> set[tuple[str, str]]:
    """(command or "all", option)."""
    named = set()
    for spelled, of, _ in table(readme, "option"):
        for command in codes(of) or [of or "all"]:
            named |= {(command, code.split()[0]) for code in codes(spelled)}
    return named


def named_settings(readme: str) -> dict[str, str]:
    return {codes(row[0])[0]: codes(row[1])[0] for row in table(readme, "setting")}


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command that does something, by its name as it is typed: "find", "aws check"."""
    return dict(_below("", arguments.parser()))


def _below(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, Any]]:
    # argparse has no public way to ask what it was told.
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield name, parser
    for action in inner:
        for further, below in action.choices.items():
            yield from _below(f"{name} {further}".strip(), below)


def options() -> set[tuple[str, str]]:
    top = {option for action in arguments.parser()._actions for option in action.option_strings}
    found = {("all", option) for option in top}
    for name, parser in commands().items():
        own = {option for action in parser._actions for option in action.option_strings}
        found |= {(name, option) for option in own - top}
    return found


def examples(readme: str) -> Iterator[list[str]]:
    """The words of every command line that starts the program."""
    for line in [*re.findall(r"^[^`\n]+$", readme, re.MULTILINE), *codes(readme)]:
        match = re.match(r"(?:\./packaging/run|nova-desktop)(?: ([^#]+))?(?:#.*)?$", line)
        if match:
            yield (match[1] or "").split()


def test_every_command_is_in_the_readme_and_no_other() -> None:
    assert named_commands(README) == commands().keys() - HIDDEN


def test_every_option_is_in_the_readme_and_no_other() -> None:
    assert named_options(README) == options()


def test_every_setting_is_in_the_readme_with_its_default_and_no_other() -> None:
    defaults = {
        name: tomli_w.dumps({name: value}).partition(" = ")[2].strip()
        for name, value in dataclasses.asdict(Settings()).items()
    }
    assert named_settings(README) == defaults


def test_every_exit_code_is_in_the_readme_and_no_other() -> None:
    setup = (ROOT / "packaging" / "setup.sh").read_text()
    ours = {0, cli.BUG, cli.USAGE, cli.INTERRUPTED, *EXIT_CODES.values()}
    theirs = {int(code) for code in re.findall(r"^NEEDS_\w+=(\d+)", setup, re.MULTILINE)}
    assert {int(row[0]) for row in table(README, "exit code")} == ours | theirs


def test_the_help_names_every_command_and_exit_code() -> None:
    text = arguments.parser().format_help()
    for name in commands().keys() - HIDDEN:
        assert re.search(rf"^    {name.split()[0]}\b", text, re.MULTILINE)
    for name in HIDDEN:
        assert name not in text
    for code in (0, cli.BUG, cli.USAGE, cli.INTERRUPTED, *EXIT_CODES.values()):
        assert re.search(rf"\b{code} ", text)


def test_every_example_in_the_readme_can_be_typed() -> None:
    typed = list(examples(README))
    assert len(typed) >= 6
    known = commands()
    for words in typed:
        if words:
            name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
            assert name in known, words
            own = {o for action in known[name]._actions for o in action.option_strings}
            assert {word for word in words if word.startswith("--")} <= own


def test_every_file_the_readme_names_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if ":" not in link]
    links = [link for link in links if link[0] != "#"]
    named = [word for code in codes(README) for word in code.split()]
    paths = {word for word in named if re.match(r"(tests|packaging|nova_desktop)/", word)}
    assert links
    assert [path for path in sorted({*links, *paths}) if not (ROOT / path).exists()] == []


def test_every_place_in_the_readme_that_it_leads_to_is_there() -> None:
    titles = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    places = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= places


def without(text: str) -> str:
    """The README with the row that starts with this taken out."""
    lines = README.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(text)]
    assert len(kept) == len(lines) - 1
    return "".join(kept)


def test_a_missing_row_is_seen() -> None:
    assert "watch" not in named_commands(without("| `watch` |"))
    assert ("find", "--limit") not in named_options(without("| `--limit N` |"))
    assert "readers" not in named_settings(without("| `readers` |"))


def test_a_row_too_many_is_seen() -> None:
    more = README.replace("| `watch` |", "| `sync` | x |\n| `watch` |")
    assert "sync" in named_commands(more)
    more = README.replace("| `--yes` |", "| `--xml` | `find` | x |\n| `--yes` |")
    assert ("find", "--xml") in named_options(more)
    more = README.replace("| `readers` |", "| `colour` | `1` | x |\n| `readers` |")
    assert named_settings(more)["colour"] == "1"


@pytest.mark.parametrize("heading", ["command", "option", "setting", "exit code"])
def test_a_missing_table_is_seen(heading: str) -> None:
    with pytest.raises(AssertionError, match="no table"):
        table(README.replace(f"| {heading} |", "| thing |"), heading)


def blocks() -> list[str]:
    """The lines of the README's blocks of commands."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    drawn = "─│→"  # of a picture made of letters
    commands = [block for language, block in found if not language and not set(drawn) & set(block)]
    return [line for block in commands for line in block.splitlines()]


def own_commands() -> list[str]:
    """But those that fetch a model or need one that was, which are tested on a hub of their own."""
    own = [line for line in blocks() if re.match(r"nova-desktop\b", line)]
    return [line for line in own if not line.startswith("nova-desktop model ")]


def test_every_command_in_a_block_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_data: Path
) -> None:
    """On a real library: in the home of somebody who has a few files, in the README's order."""
    for name in ("Pictures", "Documents"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.txt").write_text(f"The contract for {name}")
    described = PIL.Image.Exif()
    described[270] = "The contract"  # ImageDescription
    PIL.Image.new("RGB", (40, 40), "red").save(tmp_path / "sketch.jpg", exif=described)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    library = Here(own_data, Settings(ocr=False, tags=False, speech=False, cores=2))
    opened: list[Path] = []

    def show(data: Path, **_: object) -> int:
        opened.append(data)
        return 0

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(library, "close", lambda: None)
            for line in own_commands():
                argv = [str(Path(word).expanduser()) for word in shlex.split(line, comments=True)]
                argv = [word if word != "~" else str(tmp_path) for word in argv[1:]]
                out, err = io.StringIO(), io.StringIO()
                code = cli.main(argv, lambda *_: library, Terminal(out, err), show)
                # doctor: 5 where an extra is not installed here
                assert code in ((0, 5) if argv[:1] == ["doctor"] else (0,)), (line, err.getvalue())
    finally:
        library.close()
    assert opened == [own_data]  # the window


def test_every_script_and_module_in_a_block_is_there() -> None:
    lines = [line for line in blocks() if not line.startswith("nova-desktop")]
    assert len(lines) > 10
    for line in lines:
        words = shlex.split(line, comments=True)
        if words[:1] and words[0].startswith("./"):
            assert os.access(ROOT / words[0], os.X_OK), line
        elif words[1:2] == ["-m"]:
            assert (ROOT / f"{words[2].replace('.', '/')}.py").exists() or (
                ROOT / words[2].replace(".", "/") / "__main__.py"
            ).exists(), line
        elif words:
            assert words[0] in {"pipx", "uv", "pip", "apt", "export"}, line
