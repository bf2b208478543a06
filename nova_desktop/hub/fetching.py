"""Fetches the files of one model: resumed where they stopped, checked by their hashes, all or none.

huggingface_hub asks and downloads; its own downloads to a folder begin anew after every stop, so
the partial files are ours, and are handed to its `http_get`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.hub.errors import hub_errors
from nova_desktop.hub.leaving import stoppable
from nova_desktop.shelf import MANIFEST, Fetching, Shelf, is_name

READ_BYTES = 1 << 20
# Kept as one: so much is lost by a cut. huggingface_hub's own is 10 MB, ten seconds of a slow line.
CHUNK_BYTES = 1 << 16
SPARE_BYTES = 256 << 20  # left free on the disk
ENDPOINT = "https://huggingface.co"

Choose = Callable[[Sequence[str]], Sequence[str]]  # of a repository's files, those to fetch


@dataclass(frozen=True, slots=True)
class Wanted:
    name: str
    bytes: int
    sha256: str  # "" where the hub tells only git's hash
    git: str  # sha1 of a git blob


@dataclass(frozen=True, slots=True)
class Repository:
    """What is to be fetched, of one commit."""

    name: str
    revision: str  # of 40 digits
    files: tuple[Wanted, ...]

    @property
    def bytes(self) -> int:
        return sum(one.bytes for one in self.files)


def endpoint() -> str:
    """The hub that is asked: HF_ENDPOINT, or Hugging Face's own."""
    return (os.environ.get("HF_ENDPOINT") or ENDPOINT).rstrip("/")


def look_up(name: str, revision: str, choose: Choose, stop: threading.Event) -> Repository:
    """Asks the hub which files there are. BadInput: no such model, or nothing in it to use.

    NeedsUser where what answers is no hub. Raises Stopped within a second of `stop`.
    """
    if not is_name(name):
        raise BadInput(f"{name!r} is no model's name: it is written as <owner>/<name>.")
    with hub_errors(name, endpoint()):
        from huggingface_hub import HfApi

        # What it says of retries is for our log; its own handler would print it on the terminal.
        logging.getLogger("huggingface_hub").handlers.clear()
        asks = partial(HfApi(endpoint=endpoint()).model_info, name, revision=revision or None)
        try:
            said = stoppable(partial(asks, files_metadata=True, timeout=20), stop)
        except (KeyError, TypeError, json.JSONDecodeError) as e:  # as its client reads an answer
            raise _no_hub() from e
    there = {one.rfilename: one for one in said.siblings or ()}
    commit = said.sha or ""
    if not re.fullmatch(r"[0-9a-f]{40}", commit):  # it names the folder, too
        raise _no_hub()
    files = []
    for chosen in choose(tuple(there)):
        one = there[chosen]
        if one.size is None:
            raise _no_hub()
        sha256 = one.lfs.sha256 if one.lfs else ""
        files.append(Wanted(chosen, one.size, sha256, one.blob_id or ""))
    if not files:
        raise BadInput(
            f"There is no ONNX export in {name} that can be used. Choose a model that has "
            "onnx/vision_model.onnx and onnx/text_model.onnx."
        )
    return Repository(name, commit, tuple(files))


def _no_hub() -> NeedsUser:
    return NeedsUser(
        f"What answers at {endpoint()} is no Hugging Face hub. Sign in where the network asks for "
        "it, or set HF_ENDPOINT to another one."
    )


def fetch(
    wanted: Repository,
    shelf: Shelf,
    known: Mapping[str, str],
    stop: threading.Event,
    tell: Callable[[Fetching], None],
) -> Path:
    """The folder with all of its files; those that are here and as they should be are kept.

    `known`: sha256 of files that are pinned. Raises Stopped within a second of `stop`, and what is
    partly here is kept for the next time; BadInput for a file that is not what it should be, which
    is removed.
    """
    with hub_errors(wanted.name, endpoint()):  # those of the disk, too
        final = shelf.place(wanted.name, wanted.revision)
        part = final.with_name(f"{final.name}.part")
        if final.is_dir():
            if not (others := altered(final)):
                return final
            _take_apart(final, part, others)
        part.mkdir(parents=True, exist_ok=True, mode=0o700)
        _check_room(wanted, part)
        with_hashes = {}
        before = 0
        for one in wanted.files:
            _get(wanted, one, part, before, stop, tell)
            sha256 = _checked(wanted, one, part, known)
            with_hashes[one.name] = {"bytes": one.bytes, "sha256": sha256}
            before += one.bytes
        (part / MANIFEST).write_text(
            json.dumps(
                {
                    "name": wanted.name,
                    "revision": wanted.revision,
                    "from": endpoint(),
                    "fetched": int(time.time()),
                    "files": with_hashes,
                },
                indent=1,
            ),
            "utf-8",
        )
        part.rename(final)
    for begun in final.parent.glob("*.part"):  # of revisions that nobody asks for any more
        shutil.rmtree(begun, ignore_errors=True)
    return final


def _take_apart(final: Path, part: Path, others: Sequence[str]) -> None:
    """Goes on with a fetched model as with one that is partly here, without its `others`."""
    if part.exists():
        shutil.rmtree(part)
    final.rename(part)
    for name in {MANIFEST, *others}:
        (part / name).unlink(missing_ok=True)


def _check_room(wanted: Repository, part: Path) -> None:
    done = sum(min(one.bytes, _size(part / one.name)) for one in wanted.files)
    free = shutil.disk_usage(part).free
    if wanted.bytes - done + SPARE_BYTES > free:
        raise NeedsUser(
            f"{wanted.name} needs {wanted.bytes / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free. "
            "Make room, or choose another folder with --data."
        )


def altered(folder: Path) -> list[str]:
    """Files of a fetched model that are not what was fetched any more; reads all of them."""
    try:
        said = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        hashes = {str(name): str(facts["sha256"]) for name, facts in said.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [MANIFEST]  # nothing tells what was fetched
    return [name for name, sha256 in hashes.items() if not _is(folder / name, sha256)]


def _is(file: Path, sha256: str) -> bool:
    try:
        return _hashes(file, 0)[0] == sha256
    except OSError:  # it is gone, or can't be read
        return False


def _get(
    wanted: Repository,
    one: Wanted,
    part: Path,
    before: int,
    stop: threading.Event,
    tell: Callable[[Fetching], None],
) -> None:
    """Downloads one file, or what is missing of it."""
    target = part / one.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if _size(target) > one.bytes:
        target.unlink()  # of another make
    tell(Fetching(wanted.name, before + _size(target), wanted.bytes, one.name))
    left = threading.Event()

    def came(size: int) -> None:
        if left.is_set():
            raise Stopped
        tell(Fetching(wanted.name, before + size, wanted.bytes, one.name))

    def run() -> None:
        try:
            _download(wanted, one, target, came)
        finally:
            _release(target)

    _claim(target)
    stoppable(run, stop, left)


def _download(wanted: Repository, one: Wanted, target: Path, came: Callable[[int], None]) -> None:
    from huggingface_hub import constants, hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils._headers import build_hf_headers

    constants.DOWNLOAD_CHUNK_SIZE = CHUNK_BYTES
    url = hf_hub_url(wanted.name, one.name, revision=wanted.revision, endpoint=endpoint())
    with target.open("r+b" if target.exists() else "w+b") as file:
        have = file.seek(0, os.SEEK_END)
        if have == one.bytes:
            return
        http_get(
            url,
            file,
            resume_size=have,
            headers={**build_hf_headers(), "Accept-Encoding": "identity"},
            expected_size=one.bytes,
            displayed_filename=one.name,
            tqdm_class=_counting(came),
        )


def _counting(came: Callable[[int], None]) -> Any:
    """What huggingface_hub takes for a progress bar: it counts bytes, and stops when told to."""

    class Counting:
        def __init__(self, *_: object, initial: int = 0, **__: object) -> None:
            self.n = initial

        def __enter__(self) -> Counting:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def update(self, more: int = 1) -> None:
            self.n += more
            came(self.n)

        def close(self) -> None:
            pass

    return Counting


_under_way: set[Path] = set()
_lock = threading.Lock()  # around it


def _claim(target: Path) -> None:
    """One at a time writes a file; one that was left behind ends with its socket's patience."""
    with _lock:
        if target in _under_way:
            raise TryLater("This model is being fetched already. Wait until that has ended.")
        _under_way.add(target)


def _release(target: Path) -> None:
    with _lock:
        _under_way.discard(target)


def _checked(wanted: Repository, one: Wanted, part: Path, known: Mapping[str, str]) -> str:
    """Its sha256; BadInput, and the file is gone, where it is not the one that was promised."""
    target = part / one.name
    sha256, git = _hashes(target, one.bytes)
    pinned = known.get(one.name, "")
    right = not one.sha256 or one.sha256 == sha256
    right = right and (bool(one.sha256) or not one.git or one.git == git)
    if right and pinned in ("", sha256):
        return sha256
    with suppress(OSError):
        target.unlink()
    raise BadInput(
        f"{one.name} of {wanted.name} is not the file that was promised: its sha256 is {sha256}, "
        f"not {pinned or one.sha256 or one.git}. It was removed; fetch it again, or choose another."
    )


def _hashes(file: Path, size: int) -> tuple[str, str]:
    """(sha256, sha1 as git makes it of a blob of `size` bytes)."""
    sha256 = hashlib.sha256()
    git = hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
    with file.open("rb") as data:
        while block := data.read(READ_BYTES):
            sha256.update(block)
            git.update(block)
    return sha256.hexdigest(), git.hexdigest()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
