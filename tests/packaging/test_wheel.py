"""What is installed is the wheel, not the checkout: all of it is inside, and it works alone."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tracked(*folders: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in listed.stdout.split("\0") if name}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("built")
    for target in ("wheel", "sdist"):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    return folder


@pytest.fixture(scope="module")
def program(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel, and what it needs from this one."""
    place = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (wheel,) = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", place / "bin" / "python", "install"]
    subprocess.run(
        [*pip, "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel],
        check=True,
        env={**os.environ, "PYTHONPATH": ""},
    )
    # Only where packages lie, so that the checkout, which is installed editable there, is not seen.
    libraries = sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)})
    (Path(libraries) / "others.pth").write_text("\n".join(site.getsitepackages()))
    return place / "bin" / "nova-desktop"


def test_the_wheel_holds_the_program_and_its_resources_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name for name in names if ".dist-info/" not in name}
    resources = {f"nova_desktop/{name}" for name in tracked("resources")}
    assert inside == tracked("nova_desktop") | resources
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert any(name.endswith("/entry_points.txt") for name in names)


def test_what_the_index_shows_is_the_readme(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        (metadata,) = (name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        told = opened.read(metadata).decode()
    assert "\n# Nova Desktop\n" in told
    for extra in ("speech", "tags"):
        assert f"Provides-Extra: {extra}\n" in told


def test_the_source_distribution_holds_what_builds_and_tests_it(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert tracked("nova_desktop", "resources", "packaging", "tests", "README.md") <= names


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    settings = tmp_path / "settings.toml"
    settings.write_text("ocr = false\ntags = false\nspeech = false\n")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # A network that leads nowhere: what would download something fails.
    dead = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    return (
        kept
        | dead
        | {
            "NOVA_DESKTOP_DATA": str(tmp_path / "data"),
            "NOVA_DESKTOP_SETTINGS": str(settings),
            "TMPDIR": str(tmp_path),
        }
    )


def test_the_installed_program_indexes_and_answers_by_itself(
    program: Path, env: dict[str, str], tmp_path: Path
) -> None:
    def run(*argv: str | Path) -> str:
        done = subprocess.run(
            [program, *argv], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = "import nova_desktop, nova_desktop.settings as s; print(s.resource('sample'))"
    python = program.with_name("python")
    found = subprocess.run(
        [python, "-c", where], env=env, cwd="/", capture_output=True, text=True, check=True
    )
    resource = Path(found.stdout.strip())
    assert resource.is_relative_to(program.parents[1])
    assert (resource / "photos").is_dir()
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "letter.txt").write_text("The zeppelin leaves at nine.")
    (notes / "soup.md").write_text("# Parsnip soup\n\nFor a cold day.")
    assert json.loads(run("index", notes, "--json"))["status"]["counts"]["indexed"] == 2
    assert json.loads(run("find", "zeppelin", "--limit", "1", "--json"))[0]["path"] == str(
        notes / "letter.txt"
    )
    assert all(one["ok"] for one in json.loads(run("doctor", "--json")))
