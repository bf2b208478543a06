"""The spaces that a question is asked of, each with the engine that its vectors come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nova_desktop.errors import ExpectedError
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import RowFilter, Scale, Source, Space, Vectors
from nova_desktop.ports import Engine


@dataclass(frozen=True, slots=True)
class Lane:
    """One space, or those rows of it whose scores compare with one another."""

    engine: Engine
    # Where matches end: above `floor`, and not below `share` of the best row's cosine similarity.
    floor: float
    share: float
    may_ask: Callable[[Path], bool]  # with a file: whether its content may go there
    own: bool = False  # the device's
    sources: frozenset[Source] = frozenset()  # the rows that are asked; empty: all
    file_floor: float | None = None  # above it where the question is a file; None: `floor`
    # Notes that so many bytes of a content leave this device; None: nothing does.
    sending: Callable[[str, Path, int], None] | None = None

    @property
    def space(self) -> Space:
        return self.engine.space

    def floor_of(self, asked_with_file: bool) -> float:
        return self.floor if self.file_floor is None or not asked_with_file else self.file_floor

    def inside(self, where: RowFilter) -> RowFilter:
        """The rows of this lane that pass."""
        return replace(where, sources=self.sources) if self.sources else where


DEVICE = 0.25, 0.5  # measured with tests/benchmarks/quality.py
# Nova's relevant pairs lie about 0.4 above the others (mteb, pull request 5206); nothing is known
# of how high those lie, so the best row says where matches end.
PAID = 0.1, 0.7


def lanes_of(
    device: Engine, beside: Beside | None, catalog: Catalog, older: Sequence[Engine] = ()
) -> list[Lane]:
    """The device's lanes first; a paid one only where something has been sent there before.

    While a new space is being filled, those that were filled before answer as well: `older` are
    other engines of this device.
    """
    lanes = [lane for engine in (device, *still(device, older, catalog)) for lane in own(engine)]
    if beside is None:
        return lanes
    filled = [e for e in (beside.asking, *beside.older) if catalog.has_rows(e.space.name)]
    if beside.asking in filled and beside.queue.next_due_s() is None:
        filled = [beside.asking]

    def sending(content: str, path: Path, sent_bytes: int) -> None:
        beside.sent.asking(content, beside.place, path, sent_bytes)

    return lanes + [
        Lane(engine, *PAID, lambda path: beside.queue.allows(str(path)), sending=sending)
        for engine in filled
    ]


def own(engine: Engine) -> list[Lane]:
    """The lanes of one of this device's engines: one for each of its scales."""
    scales = engine.scales or (Scale(*DEVICE),)
    return [
        Lane(engine, one.floor, one.share, lambda _: True, True, one.sources, one.file_floor)
        for one in scales
    ]


def still(device: Engine, older: Sequence[Engine], catalog: Catalog) -> list[Engine]:
    """Those of `older` that know files which wait for the present engine.

    Before the first work with that one nothing waits yet, and its space is empty.
    """
    others = [engine for engine in older if engine.space != device.space]
    if others and not catalog.has_rows(device.space.name):
        return [engine for engine in others if catalog.has_rows(engine.space.name)]
    return [engine for engine in others if catalog.waits_in(engine.space.name)]


def each(
    lanes: Sequence[Lane], ask: Callable[[Lane], Vectors], notes: dict[str, None]
) -> list[tuple[Lane, Vectors]]:
    """What the lanes answer; one that can't just now is noted, unless no other can either."""
    answers, failed = [], []
    asked: dict[str, Vectors | ExpectedError] = {}  # lanes of one space share their question
    for lane in lanes:
        if lane.space.name not in asked:
            try:
                asked[lane.space.name] = ask(lane)
            except ExpectedError as e:
                asked[lane.space.name] = e
        answer = asked[lane.space.name]
        if isinstance(answer, ExpectedError):
            failed.append((lane, answer))
        else:
            answers.append((lane, answer))
    if not answers:
        raise failed[0][1]
    for lane, error in failed:
        if lane.own and any(other.own for other, _ in answers):
            whose = "what this device indexed before"
        else:
            whose = "Amazon Nova" if lane.own else "this device"
        notes[f"Found by {whose} alone. {error}"] = None
    return answers
