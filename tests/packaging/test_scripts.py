"""run and test, on a copy of the checkout with a PATH of the test's own: nothing is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ("run", "test", "setup.sh", "lock", "bundle", "check-deb")
OVERHEAD_S = 1.0  # of a second start
TOOLS = ("sh", "cat", "cksum", "dirname", "grep", "head", "id", "mkdir", "mv", "readlink", "rm",
         "sed", "sleep", "tr", "true", "uname", "env")  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell scripts")


@dataclass
class Checkout:
    """A copy of what the scripts touch, in a folder with a space in its name."""

    root: Path
    bin: Path  # the whole PATH

    def command(self, name: str, script: str) -> None:
        """Puts a program on the PATH."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def python(self, version: str = "3.11.2", missing: str = "", name: str = "python3") -> None:
        """A Python that says it is `version`, lacks `missing`, and makes fake environments."""
        major, minor, _ = version.split(".")
        self.command(
            name,
            f"""
case "$*" in
  --version) echo "Python {version}" ;;
  *probe.py*) printf '%s\\n' {version} {missing} ;;
  *'sys.version_info[:2]'*) [ {major} = 3 ] && [ {minor} -ge "$4" ] && [ {minor} -le "$5" ] ;;
  *'-m venv --clear'*)
    echo venv >>"{self.root}/made"
    rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python"
    ;;
  *'-m pip --version'*) ;;
  *'-m pip install'*)
    echo "$*" >>"{self.root}/made"
    [ ! -e "{self.root}/offline" ] || exit 1
    sleep 0.3
    printf '#!/bin/sh\\nprintf "started"\\nprintf " <%%s>" "$@"\\n' >"${{0%/python}}/nova-desktop"
    chmod +x "${{0%/python}}/nova-desktop"
    ;;
esac""",
        )

    def start(
        self, *argv: str, script: Path | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [script or self.root / "packaging" / "run", *argv],
            env={"PATH": str(self.bin), "HOME": str(self.root), "DISPLAY": ":0"},
            cwd=cwd or self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *argv: str, script: Path | None = None, cwd: Path | None = None) -> Done:
        child = self.start(*argv, script=script, cwd=cwd)
        out, err = child.communicate(timeout=30)
        return Done(child.returncode, out, err)

    @property
    def made(self) -> list[str]:
        """What was made and installed so far."""
        file = self.root / "made"
        return file.read_text().splitlines() if file.exists() else []


@dataclass
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "nova desktop"
    shutil.copytree(ROOT / "packaging", root / "packaging")
    shutil.copy(ROOT / "pyproject.toml", root)
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for tool in (*TOOLS, "cp", "chmod"):
        (bin_ / tool).symlink_to(shutil.which(tool) or tool)
    made = Checkout(root, bin_)
    made.python()
    return made


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_posix_shell(name: str) -> None:
    subprocess.run(["sh", "-n", ROOT / "packaging" / name], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "-x", ROOT / "packaging" / name], check=True, cwd=ROOT)


@pytest.mark.parametrize(
    "name", ["packaging/run", "packaging/test", "packaging/bundle", "packaging/lock", ".ci/run"]
)
def test_they_are_executable(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)


def test_a_first_start_installs_and_starts_with_the_arguments_as_they_are(
    checkout: Checkout,
) -> None:
    done = checkout.run("find", "a b", "*", "--file=x\ny")
    assert (done.code, done.out) == (0, "started <find> <a b> <*> <--file=x\ny>")
    venv, pip = checkout.made
    assert venv == "venv"
    assert pip.endswith("-e .[speech,tags]")


def test_a_second_start_installs_nothing_and_takes_under_a_second(checkout: Checkout) -> None:
    checkout.run()
    before = len(checkout.made)
    began = time.monotonic()
    done = checkout.run()
    assert time.monotonic() - began < OVERHEAD_S
    assert (done.code, done.out, done.err) == (0, "started <>", "")
    assert len(checkout.made) == before


def test_it_starts_from_anywhere_and_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "bin" / "nova"
    link.symlink_to("../nova desktop/packaging/run")
    assert checkout.run(script=link, cwd=Path("/")).out == "started <>"


def test_another_pyproject_or_another_place_installs_anew(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.run()
    with (checkout.root / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    checkout.run()
    assert [line.split()[0] for line in checkout.made].count("venv") == 1  # filled again, kept
    assert len(checkout.made) == 3
    checkout.root = checkout.root.rename(tmp_path / "moved")
    checkout.python()
    checkout.run()
    assert checkout.made.count("venv") == 2  # its scripts would start the old place's Python


def test_an_environment_of_one_s_own_is_filled_not_replaced(checkout: Checkout) -> None:
    mine = checkout.root / ".venv" / "bin"
    mine.mkdir(parents=True)
    shutil.copy(checkout.bin / "python3", mine / "python")
    assert checkout.run().code == 0
    assert "venv" not in checkout.made


@pytest.mark.parametrize("damage", ["half-made", "no interpreter", "other version", "no program"])
def test_a_broken_environment_is_mended(checkout: Checkout, damage: str) -> None:
    checkout.run()
    venv = checkout.root / ".venv"
    match damage:
        case "half-made":
            (venv / "stamp-run").unlink()
            (venv / "installing").touch()
        case "no interpreter":
            (venv / "bin" / "python").unlink()
            (venv / "bin" / "python").symlink_to("/nowhere/python")
        case "other version":
            checkout.python("3.12.1")
            shutil.copy(checkout.bin / "python3", venv / "bin" / "python")
        case "no program":
            (venv / "bin" / "nova-desktop").unlink()
    done = checkout.run()
    assert (done.code, done.out) == (0, "started <>")


def test_starts_at_the_same_time_install_once(checkout: Checkout) -> None:
    children = [checkout.start() for _ in range(4)]
    answers = [child.communicate(timeout=30)[0] for child in children]
    assert answers == ["started <>"] * 4
    assert len(checkout.made) == 2
    assert not (checkout.root / ".venv.lock").exists()


def test_the_lock_of_a_start_that_was_killed_is_inherited(checkout: Checkout) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    lock = checkout.root / ".venv.lock"
    lock.mkdir()
    (lock / "pid").write_text(f"{gone.pid}\n")
    assert checkout.run().out == "started <>"
    assert not lock.exists()


def test_no_network_is_said_and_the_next_start_tries_again(checkout: Checkout) -> None:
    (checkout.root / "offline").touch()
    done = checkout.run()
    assert done.code == 12
    assert "See that the network is there" in done.err
    assert not (checkout.root / ".venv.lock").exists()
    (checkout.root / "offline").unlink()
    assert checkout.run().out == "started <>"


@pytest.mark.parametrize("version", ["3.9.2", "3.10.14"])
def test_an_old_python_is_said(checkout: Checkout, version: str) -> None:
    checkout.python(version)
    done = checkout.run()
    assert done.code == 11
    assert "needs Python 3.11 or newer" in done.err
    assert version in done.err


def test_no_python_is_said(checkout: Checkout) -> None:
    (checkout.bin / "python3").unlink()
    done = checkout.run()
    assert done.code == 11
    assert "no python3" in done.err


def test_a_newer_python_on_the_path_stands_in_for_an_old_one(checkout: Checkout) -> None:
    checkout.python("3.9.2")
    checkout.python("3.12.4", name="python3.12")
    assert checkout.run().out == "started <>"


def test_without_root_the_command_to_type_is_shown(checkout: Checkout) -> None:
    checkout.python(missing="libegl1 ffmpeg")
    checkout.command("id", "echo 1000")
    checkout.command("apt-get", 'echo "apt-get $*" >&2; exit 99')
    done = checkout.run()
    assert done.code == 10
    assert done.err.splitlines()[-1] == (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 ffmpeg"
    )
    assert "apt-get -qq" not in done.err  # it did not try


@pytest.mark.parametrize("sudo", [False, True])
def test_with_root_or_sudo_what_is_missing_is_installed(checkout: Checkout, sudo: bool) -> None:
    checkout.python(missing="libegl1 ffmpeg")
    checkout.command("id", "echo 1000" if sudo else "echo 0")
    checkout.command("sudo", '[ "$1" = -n ] && shift && exec "$@"')
    whole = Checkout(checkout.root, checkout.bin.parent / "whole")
    whole.bin.mkdir()
    whole.python()  # what python3 is once the packages are there
    checkout.command(
        "apt-get",
        f'echo "$*" >>"{checkout.root}/made"\n'
        f'case "$*" in *install*) cp "{whole.bin}/python3" "{checkout.bin}/python3" ;; esac',
    )
    done = checkout.run()
    assert (done.code, done.out) == (0, "started <>")
    update, install = checkout.made[:2]
    assert update.endswith(" update")
    assert install.endswith(" libegl1 ffmpeg")


def test_packages_that_stay_missing_end_it(checkout: Checkout) -> None:
    checkout.python(missing="libegl1")
    checkout.command("id", "echo 0")
    checkout.command("apt-get", "exit 0")
    done = checkout.run()
    assert done.code == 10
    assert "still missing" in done.err


def test_without_a_display_it_says_so_in_one_line(checkout: Checkout) -> None:
    checkout.run()
    done = subprocess.run(
        [checkout.root / "packaging" / "run", "demo"],
        env={"PATH": str(checkout.bin)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout == "started <demo>"
    if sys.platform == "linux":
        assert len(done.stderr.splitlines()) == 1
        assert "No display" in done.stderr


def test_the_probe_knows_what_this_machine_has() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "probe.py", "offscreen", "programs"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": "/nowhere"},
    )
    version, *missing = done.stdout.splitlines()
    assert version == ".".join(str(part) for part in sys.version_info[:3])
    assert "ffmpeg" in missing  # which is not on that PATH
