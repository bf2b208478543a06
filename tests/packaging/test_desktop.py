"""What systems are told of the program: menus, software centres, kinds of files, the manual."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from nova_desktop import __version__
from tests.test_docs import HIDDEN, commands

PACKAGING = Path(__file__).parents[2] / "packaging"
LINUX = PACKAGING / "linux"
ENTRY = PACKAGING / "nova-desktop.desktop"
AUTOSTART = LINUX / "nova-desktop-autostart.desktop"
METAINFO = LINUX / "org.nova_desktop.NovaDesktop.metainfo.xml"
LOCK = PACKAGING / "requirements.lock"


def tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def keys(file: Path) -> dict[str, str]:
    """Of the entry itself, before its actions."""
    group = file.read_text("utf-8").split("\n[")[0]
    return dict(line.split("=", 1) for line in group.splitlines() if "=" in line)


@pytest.mark.parametrize("file", [ENTRY, AUTOSTART], ids=lambda file: file.stem)
def test_desktops_take_the_entries(file: Path) -> None:
    subprocess.run([tool("desktop-file-validate"), "--no-hints", file], check=True)


def test_the_menu_starts_what_the_autostart_starts() -> None:
    assert keys(ENTRY)["Exec"] == "nova-desktop open %F"
    assert keys(AUTOSTART)["Exec"] == "nova-desktop open --hidden"
    assert keys(AUTOSTART)["Hidden"] == "true"  # until a user says so
    for kind in keys(ENTRY)["MimeType"].rstrip(";").split(";"):
        assert re.fullmatch(r"(inode|image|video|audio|text|application)/[\w.+-]+", kind)


def test_software_centres_take_the_metainfo() -> None:
    subprocess.run([tool("appstreamcli"), "validate", "--no-net", METAINFO], check=True)


def test_the_metainfo_tells_of_this_version_and_this_entry() -> None:
    told = ET.parse(METAINFO).getroot()  # noqa: S314 – our own file
    assert next(one.get("version") for one in told.iter("release")) == __version__
    assert told.findtext("launchable") == ENTRY.name
    assert told.findtext("project_license") == "Apache-2.0"


def test_the_manual_has_every_command_and_no_mistake() -> None:
    made = subprocess.run(
        [sys.executable, PACKAGING / "manual.py"], capture_output=True, text=True, check=True
    )
    sections = set(re.findall(r'^\.SS "(.+)"$', made.stdout, re.MULTILINE))
    assert commands().keys() - HIDDEN <= sections
    if shutil.which("groff"):
        groff = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww"]
        said = subprocess.run(groff, input=made.stdout, capture_output=True, text=True, check=True)
        assert said.stderr == ""
        shown = re.sub(".\x08", "", said.stdout)  # bold is a letter over itself
        assert "--no-paths" in shown.replace("\u2212", "-")


def locked(text: str) -> dict[str, tuple[str, int]]:
    """{name: (version, hashes)} of what is locked for this system."""
    found = {}
    for line in text.replace("\\\n", " ").splitlines():
        if re.match(r"^[a-z0-9]", line):
            need, _, hashes = line.partition(" --hash=")
            requirement = Requirement(need.strip())
            if requirement.marker is None or requirement.marker.evaluate(default_environment()):  # type: ignore[arg-type]  # as packaging itself does it
                (version,) = requirement.specifier
                name = canonicalize_name(requirement.name)
                found[name] = (version.version, hashes.count("sha256:"))
    return found


def test_the_lock_has_all_that_is_needed_with_hashes_and_names_no_index() -> None:
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    have = locked(text)
    assert all(hashes >= 1 for _, hashes in have.values())
    for need in importlib.metadata.requires("nova-desktop") or ():
        requirement = Requirement(need)
        if "dev" in need.partition(";")[2]:
            continue
        name = canonicalize_name(requirement.name)
        assert name in have, f"{name} is not locked: ./packaging/lock"
        assert requirement.specifier.contains(have[name][0]), f"{name}: ./packaging/lock"


def test_the_lock_of_what_builds_names_no_index_either() -> None:
    text = (PACKAGING / "requirements-build.lock").read_text("utf-8")
    assert "://" not in text
    assert {"hatchling", "pyinstaller"} <= locked(text).keys()
