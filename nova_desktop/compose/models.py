"""The models of this device as one shelf: what is offered, fetched, pointed to, and proved."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.compose.device import PROVE_S, proofs, proved
from nova_desktop.describers.speech import FILES, SpeechDescriber
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.hub.offers import OFFERS, Offer, offer_of
from nova_desktop.isolation import Children
from nova_desktop.settings import Settings
from nova_desktop.shelf import Fetching, LocalModel, Shelf, Task, is_name

SPEECH_FILES = (*FILES, "vocabulary.txt", "vocabulary.json", "preprocessor_config.json")


@dataclass(frozen=True, slots=True)
class DeviceModels:
    """Implements ports.Models."""

    data: Path
    settings: Settings

    def all(self) -> tuple[LocalModel, ...]:
        return tuple(self._all())

    def fetch(
        self, name: str, revision: str, stop: threading.Event, tell: Callable[[Fetching], None]
    ) -> LocalModel:
        from nova_desktop.hub import fetching  # httpx and all that: only when it is asked for

        offer = offer_of(name)
        pinned = offer is not None and revision in ("", offer.revision)
        at = offer.revision if offer and pinned else revision

        def choose(names: Sequence[str]) -> list[str]:
            if offer and pinned and offer.files:
                return [one for one in offer.files if one in names]
            from nova_desktop.engines.clip.layout import wanted

            return wanted(names) or _speech(names)

        there = Shelf(self.data).place(name, at) if at else None
        if there is None or fetching.altered(there):
            found = fetching.look_up(name, at, choose, stop)
            known = offer.sha256 if offer and pinned else {}
            there = fetching.fetch(found, Shelf(self.data), known, stop, tell)
        if not _writes_speech(there):
            proved(str(there), self.data, stop)
        return self._here(name, there)

    def check(self, place: str) -> LocalModel:
        folder = Shelf(self.data).find(place)
        if folder is None:
            raise NeedsUser(f"{place} is not on this device. Fetch it first, or name its folder.")
        fetched = place in Shelf(self.data).all()
        if fetched:
            from nova_desktop.hub.fetching import altered

            if changed := altered(folder):
                raise NeedsUser(
                    f"{changed[0]} of {place} is not what was fetched any more. Fetch the model "
                    "again."
                )
        if _writes_speech(folder):
            _load_speech(folder)
        else:
            proved(str(folder), self.data).check()
        return self._here(place, folder) if fetched else self._pointed_to(folder)

    def remove(self, name: str) -> int:
        shelf = Shelf(self.data)
        above = shelf.above(name)
        if not (is_name(name) and above.is_dir()):
            raise BadInput(f"{name} was not fetched, so there is nothing to remove.")
        folder = shelf.all().get(name)  # None where a fetch of it was stopped
        if folder and self._used(name, folder):
            raise BadInput(f"{name} is in use. Choose another model in Settings first.")
        freed = _bytes(above)
        try:
            shutil.rmtree(above)
        except OSError as e:
            raise NeedsUser(f"{name} can't be removed: {e.strerror}. Close what uses it.") from e
        return freed

    def _all(self) -> Iterator[LocalModel]:
        here = Shelf(self.data).all()
        for offer in OFFERS:
            if folder := here.pop(offer.name, None):
                yield self._here(offer.name, folder)
            else:
                yield _offered(offer)
        for name, folder in here.items():
            yield self._here(name, folder)
        for place in (self.settings.clip_model, self.settings.speech_model):
            folder = Shelf(self.data).find(place) or Path()
            if folder.is_absolute() and not folder.is_relative_to(Shelf(self.data).folder):
                yield self._pointed_to(folder)

    def _here(self, name: str, folder: Path) -> LocalModel:
        offer, found = offer_of(name), self._proved(folder)
        task = Task.SPEECH if _writes_speech(folder) else Task.SEARCH
        return LocalModel(
            name,
            task,
            offer.text if offer else "",
            offer.licence if offer else "",
            _bytes(folder),
            folder.name,
            folder,
            self._used(name, folder),
            found,
        )

    def _pointed_to(self, folder: Path) -> LocalModel:
        found = self._proved(folder)
        task = Task.SPEECH if _writes_speech(folder) else Task.SEARCH
        used = self._used(str(folder), folder)
        return LocalModel(str(folder), task, "", "", _bytes(folder), "", folder, used, found)

    def _proved(self, folder: Path) -> str:
        """What it proved, in a sentence; "" before."""
        from nova_desktop.engines.clip.proof import kept_proof

        proof = kept_proof(folder, proofs(self.data))
        return proof.found if proof else ""

    def _used(self, name: str, folder: Path) -> bool:
        chosen = [self.settings.speech_model] if self.settings.speech else []
        chosen += [self.settings.clip_model] if self.settings.sees else []
        return any(one and (one == name or Path(one) == folder) for one in chosen)


def _offered(offer: Offer) -> LocalModel:
    return LocalModel(
        offer.name, offer.task, offer.text, offer.licence, offer.bytes, offer.revision
    )


def _speech(names: Sequence[str]) -> list[str]:
    there = [name for name in SPEECH_FILES if name in names]
    return there if set(FILES) <= set(there) else []


def _load_speech(folder: Path) -> None:
    """Raises NeedsUser for a model that can't be loaded."""
    describer, about = SpeechDescriber(folder=str(folder)), f"The speech model in {folder}"
    with Children(1) as child:
        try:
            child.call(describer.load, limit_s=PROVE_S, about=about)
        except BadInput as e:  # it crashed its process, or never ended
            raise NeedsUser(f"{e} Choose another model.") from e


def _writes_speech(folder: Path) -> bool:
    return os.path.isfile(folder / "model.bin")  # noqa: PTH113  # False where it can't be read


def _bytes(folder: Path) -> int:
    try:
        return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    except OSError:
        return 0  # its drive is away
