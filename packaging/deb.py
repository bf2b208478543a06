"""Makes the Debian package of the program that PyInstaller made: deb.py PROGRAM ICONS TARGET

PROGRAM is the folder nova-desktop, ICONS what icons.py drew, TARGET the folder that the .deb goes
to. What it depends on is asked of the program's own libraries, and of this system's packages: build
it on the oldest Debian that it is for.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import manual
import probe

from nova_desktop import __version__
from nova_desktop.inside import PARTS

NAME = "nova-desktop"
# Debian 12's names, and what Debian 13 and Ubuntu 24.04 call the same.
LATER = {"libglib2.0-0": "libglib2.0-0t64", "libasound2": "libasound2t64"}
# Loaded by name, so that no library of ours asks for them.
LOADED = {
    package for group in ("offscreen", "multimedia", "xcb") for package in probe.LIBRARIES[group]
}
RECOMMENDED = set(probe.LIBRARIES["wayland"])
# Plugins that Qt leaves alone where their libraries are not there.
OPTIONAL = ("libqgtk3", "libqtwebp", "wayland", "libgstreamer", "libqxdgdesktopportal")
ABOUT = """\
 Add a folder, and what is in it is found by its content: type words, or drop
 a file that is like what you look for. Films and recordings open at the
 moment that matched, documents at the page. Everything happens on this
 computer, unless you choose otherwise for a folder.
"""


def needed(program: Path) -> set[str]:
    """The Debian packages whose libraries the program's own ask for."""
    elves = [path for path in program.rglob("*") if path.is_file() and is_elf(path)]
    inside = {path.name for path in elves}
    asked: set[str] = set()
    for path in elves:
        if not any(word in str(path) for word in OPTIONAL):
            told = run("readelf", "-d", str(path))
            asked |= set(re.findall(r"\(NEEDED\).*\[(.+)\]", told)) - inside
    places = dict(re.findall(r"^\s+(\S+) \(.*x86-64.*\) => (\S+)$", run("ldconfig", "-p"), re.M))
    packages = set()
    for name in sorted(asked):
        if name not in places:
            raise SystemExit(f"{name} is asked for and is not on this system. Install it first.")
        packages.add(owner(Path(places[name])))
    return packages


def owner(library: Path) -> str:
    for path in (library, library.resolve(), Path("/usr") / library.relative_to("/")):
        found = subprocess.run(
            ["dpkg", "-S", str(path)], capture_output=True, text=True, check=False
        )
        if not found.returncode:
            return found.stdout.split(":")[0]
    raise SystemExit(f"{library} belongs to no package.")


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def depends(program: Path) -> str:
    libc = re.search(r"(\d+\.\d+)$", run("ldd", "--version").splitlines()[0])
    if libc is None:
        raise SystemExit("ldd does not say which libc this is.")
    packages = sorted((needed(program) | LOADED) - {"libc6"})
    named = [f"{one} | {LATER[one]}" if one in LATER else one for one in packages]
    return ", ".join([f"libc6 (>= {libc[1]})", "ffmpeg", *named])


def control(program: Path, kilobytes: int, architecture: str) -> str:
    return (
        f"Package: {NAME}\n"
        f"Version: {__version__}\n"
        f"Architecture: {architecture}\n"
        "Maintainer: Nova Desktop contributors <contributors@nova-desktop.invalid>\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {depends(program)}\n"
        f"Recommends: {', '.join(sorted(RECOMMENDED))}\n"
        "Section: graphics\n"
        "Priority: optional\n"
        "Description: search photos, films, recordings and documents by content\n"
        f"{ABOUT}"
    )


def copyright_file() -> str:
    parts = "\n".join(f" {part.distribution}: {part.licence}" for part in PARTS)
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Nova Desktop\n\n"
        "Files: *\n"
        "Copyright: Nova Desktop contributors\n"
        "License: Apache-2.0\n"
        " On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.\n\n"
        "Comment:\n"
        " In /usr/lib/nova-desktop are, among others, each under its own licence:\n"
        f"{parts}\n"
    )


def lay_out(program: Path, icons: Path, root: Path) -> None:
    share = root / "usr" / "share"
    shutil.copytree(program, root / "usr" / "lib" / NAME, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    shutil.copytree(icons / "hicolor", share / "icons" / "hicolor")
    # Off until somebody turns it on. Not a conffile: with the program it goes, and what a user
    # chooses is in a file of the user's own, which counts before this one.
    autostart = "etc/xdg/autostart"
    for source, place in (
        (HERE / "nova-desktop.desktop", "usr/share/applications"),
        (HERE / "linux" / "org.nova_desktop.NovaDesktop.metainfo.xml", "usr/share/metainfo"),
        (HERE / "linux" / "nova-desktop-mime.xml", "usr/share/mime/packages"),
        (HERE / "linux" / "nova-desktop-autostart.desktop", autostart),
    ):
        (root / place).mkdir(parents=True, exist_ok=True)
        name = "nova-desktop.desktop" if place == autostart else source.name
        shutil.copyfile(source, root / place / name.replace("-mime", ""))
    man = share / "man" / "man1"
    man.mkdir(parents=True)
    page = "\n".join(manual.page()) + "\n"
    (man / f"{NAME}.1.gz").write_bytes(gzip.compress(page.encode(), mtime=0))
    doc = share / "doc" / NAME
    doc.mkdir(parents=True)
    (doc / "copyright").write_text(copyright_file())
    shutil.copyfile(HERE.parent / "README.md", doc / "README.md")


def main(program: Path, icons: Path, target: Path) -> Path:
    architecture = run("dpkg", "--print-architecture").strip()
    with tempfile.TemporaryDirectory(dir=target) as folder:
        root = Path(folder) / "root"
        lay_out(program, icons, root)
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                executable = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if executable else 0o644)
        files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
        size = sum(path.stat().st_size for path in files) // 1024
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control(program, size, architecture))
        made = target / f"{NAME}_{__version__}_{architecture}.deb"
        run(*("dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(root), str(made)))
    return made


if __name__ == "__main__":
    print(main(*map(Path, sys.argv[1:4])))  # noqa: T201 – its answer
