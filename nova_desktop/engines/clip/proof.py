"""What a model proved, kept with what its files were: it is asked again only when they change."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova_desktop.engines.clip.layout import Layout, layout_of
from nova_desktop.engines.clip.model import CHANGED, ClipModel
from nova_desktop.engines.clip.probe import KNOWN, judge
from nova_desktop.engines.clip.tokens import LEAVE_OUT
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Scale, Source, Space

VERSION = 1  # of what is kept; another one is proved again
PREPARATION = 1  # of pieces, by ClipEngine
READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Proof:
    """A model that may be used: which files it is, its space, and how well it ranked."""

    folder: str
    files: Mapping[str, tuple[int, int, str]]  # name → bytes, changed (ns), sha256
    dim: int
    edge: int  # pixels that its pictures have at least, to lose nothing
    found: str  # what the probe found, in a sentence
    scales: tuple[Scale, ...]

    @property
    def space(self) -> Space:
        """The same files are the same space, wherever they are."""
        every = "\n".join(f"{name} {facts[2]}" for name, facts in sorted(self.files.items()))
        return Space("clip", hashlib.sha256(every.encode()).hexdigest()[:12], self.dim, PREPARATION)

    def stamp(self) -> tuple[tuple[object, ...], ...]:
        return tuple((name, *facts) for name, facts in sorted(self.files.items()))

    def check(self) -> None:
        """NeedsUser when the files are gone, or not what they were when they were proved."""
        folder = Path(self.folder)
        for name, facts in self.files.items():
            try:
                now = (folder / name).stat()
            except OSError as e:
                raise NeedsUser(
                    f"The CLIP model in {folder} can't be read: {name} is gone. Plug in its drive, "
                    "or choose another model in Settings."
                ) from e
            if (now.st_size, now.st_mtime_ns) != tuple(facts[:2]):
                raise NeedsUser(CHANGED.format(folder=folder))


def name_of(folder: Path) -> str:
    """What a model is called: <name>, or where it was fetched to, <owner>--<name>/<revision>."""
    named = folder.parent if re.fullmatch(r"[0-9a-f]{40}", folder.name) else folder
    return named.name.rpartition("--")[2]


def prove(folder: Path, samples: Path, threads: int) -> Proof:
    """Loads both towers and asks them about the pictures in `samples`; some seconds.

    Raises NeedsUser for a model that can't be loaded or does not rank. Run it in a child: a
    damaged graph may crash the process.
    """
    from PIL import Image

    layout = layout_of(folder)
    before = _stamps(layout)
    model = ClipModel(layout, threads)
    model.check_edges()
    pictures = []
    for name, *_ in KNOWN:
        with Image.open(samples / name) as picture:
            pictures.append(picture.convert("RGB"))
    try:
        verdict = judge(model.see, model.read, pictures, (layout.picture, layout.text))
    except BadInput as e:  # of pictures and texts that are known to be good
        why = str(e).removesuffix(LEAVE_OUT)
        raise NeedsUser(f"This CLIP model is not used. {why}Choose another.") from e
    files = {name: (*stamp, _sha256(folder / name)) for name, stamp in before.items()}
    if _stamps(layout) != before:
        raise NeedsUser(f"The CLIP model in {folder} is being copied. Try again when it is there.")
    edges = layout.preprocessing.resize or layout.preprocessing.edges or (224, 224)
    return Proof(str(folder), files, verdict.dim, max(edges), str(verdict), verdict.scales)


def kept_proof(folder: Path, proofs: Path) -> Proof | None:
    """What is kept of this folder where its files are as they were, or it is away; else None."""
    try:
        proof = _from_json(json.loads(_place(folder, proofs).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, or of another version: it is proved again
    now = {name: _stamp(folder / name) for name in proof.files}
    if any(one not in (None, tuple(proof.files[name][:2])) for name, one in now.items()):
        return None
    try:
        named = layout_of(folder).named()
    except NeedsUser:
        return proof  # it is away, and keeps its space
    return proof if None not in now.values() and named <= now.keys() else None


def kept_proofs(proofs: Path) -> list[Proof]:
    """All that are kept and can be read."""
    found = []
    for place in sorted(proofs.glob("*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):  # of another version, perhaps
            found.append(_from_json(json.loads(place.read_text("utf-8"))))
    return found


def keep_proof(proof: Proof, proofs: Path) -> None:
    """Writes whole or not at all; NeedsUser when it can't."""
    place = _place(Path(proof.folder), proofs)
    part = place.with_suffix(".part")
    try:
        proofs.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_text(json.dumps({"version": VERSION, **_plain(proof)}, indent=1), "utf-8")
        part.replace(place)
    except OSError as e:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise NeedsUser(
            f"What the CLIP model proved can't be kept in {proofs}: {e.strerror}. Make room and "
            "give access there."
        ) from e


def _place(folder: Path, proofs: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return proofs / f"{digest}.json"


def _plain(proof: Proof) -> dict[str, Any]:
    said = dataclasses.asdict(proof)
    said["scales"] = [
        {**dataclasses.asdict(one), "sources": sorted(one.sources)} for one in proof.scales
    ]
    return said


def _from_json(said: dict[str, Any]) -> Proof:
    if said.pop("version") != VERSION:
        raise ValueError("another version")
    said["files"] = {name: (int(f[0]), int(f[1]), str(f[2])) for name, f in said["files"].items()}
    said["scales"] = tuple(
        Scale(**{**one, "sources": frozenset(map(Source, one["sources"]))})
        for one in said["scales"]
    )
    return Proof(**said)


def _stamps(layout: Layout) -> dict[str, tuple[int, int]]:
    found = {name: _stamp(layout.folder / name) for name in layout.files()}
    return {name: stamp for name, stamp in found.items() if stamp is not None}


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as data:
            while block := data.read(READ_BYTES):
                digest.update(block)
    except OSError as e:
        raise NeedsUser(f"{file} can't be read: {e.strerror}. Copy the model again.") from e
    return digest.hexdigest()
