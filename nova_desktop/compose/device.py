"""Settings → the engine of this device, and those that were used before it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.child import calmly
from nova_desktop.engines.basic import PREPARATION, BasicEngine
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.isolated import IsolatedEngine
from nova_desktop.isolation import Children
from nova_desktop.model import Space
from nova_desktop.ports import Engine
from nova_desktop.settings import Settings, kept_encoder, resource
from nova_desktop.shelf import Shelf

if TYPE_CHECKING:
    from nova_desktop.engines.clip.proof import Proof

ENGINES = ("basic", "clip", "nova", "clip+nova")  # nova stands beside the device's own
MOST_THREADS = 4  # of one tower: more gain little, and none where only some processors are given
PROVE_S = 600.0  # for loading a model from a slow disk
NONE = (
    'engine = "clip" needs a model: fetch one (nova-desktop model list), or set clip_model to the '
    "folder of one."
)


@dataclass(frozen=True, slots=True)
class Device:
    """The engine for the index and the one for questions, which are one space."""

    indexing: Engine
    asking: Engine
    older: tuple[Engine, ...]  # for questions; see Parts.older
    for_index: tuple[Children, ...]
    for_questions: tuple[Children, ...]
    why: str = ""  # the chosen engine can't be used, and the basic one stands in for it


def checked(settings: Settings, data: Path | None) -> None:
    """Raises BadInput or NeedsUser for an engine that can't be used.

    Loads a CLIP model that was never proved; with `data` None nothing is looked for.
    """
    if settings.engine not in ENGINES:
        raise BadInput(f"There is no engine {settings.engine!r}. There are: {', '.join(ENGINES)}.")
    if settings.sees and data is not None:
        proved(settings.clip_model, data)


def device(
    settings: Settings,
    data: Path,
    filled: Callable[[Space], bool],
    indexing: threading.Event,
    asking: threading.Event,
) -> Device:
    """`filled`: whether a space has rows; `indexing` and `asking` stop what runs for either.

    A model that can't be used does not keep the library from being opened: else nobody could
    choose another one.
    """
    try:
        proof, why = proved(settings.clip_model, data) if settings.sees else None, ""
    except NeedsUser as e:
        proof, why = None, str(e)
    plain = BasicEngine(kept_encoder())
    if proof is None:
        basic: Engine = plain
        if why:
            from nova_desktop.engines.wrappers import StandIn  # seldom

            basic = StandIn(plain, why)
        children = Children(1)
        before = tuple(_earlier(filled, data, children, settings, asking, basic))
        return Device(basic, basic, before, (), (children,) if before else (), why)
    from nova_desktop.engines.clip.engine import ClipEngine  # many have no such model

    engine = ClipEngine(proof, threads(settings))
    for_index, for_questions = Children(1, calmly), Children(1)
    limit_s = settings.file_limit_s
    older = _earlier(filled, data, for_questions, settings, asking, engine)
    return Device(
        IsolatedEngine(engine, for_index, limit_s, indexing),
        IsolatedEngine(engine, for_questions, limit_s, asking),
        (plain, *older),
        (for_index,),
        (for_questions,),
    )


def _earlier(
    filled: Callable[[Space], bool],
    data: Path,
    children: Children,
    settings: Settings,
    stop: threading.Event,
    present: Engine,
) -> Iterator[Engine]:
    """What was used before, and whose space still has rows."""
    for preparation in range(1, PREPARATION):
        basic = BasicEngine(kept_encoder(), preparation)
        if filled(basic.space):
            yield basic
    if not proofs(data).is_dir():
        return
    from nova_desktop.engines.clip.engine import ClipEngine
    from nova_desktop.engines.clip.proof import kept_proofs

    for proof in kept_proofs(proofs(data)):
        if proof.space != present.space and filled(proof.space):
            engine = ClipEngine(proof, threads(settings))
            yield IsolatedEngine(engine, children, settings.file_limit_s, stop)


def proved(place: str, data: Path, stop: threading.Event | None = None) -> Proof:
    """The proof of the model that a setting names: kept, or made now in a child of its own.

    Raises NeedsUser when it is not here or does not rank; Stopped when `stop` is set meanwhile.
    """
    if not place:
        raise NeedsUser(NONE)
    shelf = Shelf(data)
    folder = shelf.find(place)
    if folder is None:
        raise NeedsUser(
            f"The model {place} is not on this device. Fetch it: nova-desktop model fetch {place}"
        )
    from nova_desktop.engines.clip.proof import keep_proof, kept_proof, prove

    kept = kept_proof(folder, proofs(data))
    if kept is not None:
        return kept
    with Children(1) as child:
        about = f"The CLIP model in {folder}"
        samples = resource("sample") / "photos"
        try:
            proof = child.call(
                *(prove, folder, samples, _cores()), limit_s=PROVE_S, stop=stop, about=about
            )
        except BadInput as e:  # it crashed its process, or never ended
            raise NeedsUser(f"{e} Choose another model.") from e
    keep_proof(proof, proofs(data))
    return proof


def proofs(data: Path) -> Path:
    return Shelf(data).folder / "proofs"


def threads(settings: Settings) -> int:
    """For one tower; Share keeps them to the processors that indexing may have."""
    return min(MOST_THREADS, max(settings.cores, settings.cores_away or _cores()))


def _cores() -> int:
    return min(MOST_THREADS, os.cpu_count() or 1)
