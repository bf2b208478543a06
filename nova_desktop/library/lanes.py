"""The spaces that a question is asked of, each with the engine that its vectors come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import ExpectedError
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Vectors
from nova_desktop.ports import Engine


@dataclass(frozen=True, slots=True)
class Lane:
    """One space."""

    engine: Engine
    # Where matches end: above `floor`, and not below `share` of the best row's cosine similarity.
    floor: float
    share: float
    may_ask: Callable[[Path], bool]  # with a file: whether its content may go there
    own: bool = False  # the device's


DEVICE = 0.25, 0.5  # measured with tests/benchmarks/quality.py
# Nova's relevant pairs lie about 0.4 above the others (mteb, pull request 5206); nothing is known
# of how high those lie, so the best row says where matches end.
PAID = 0.1, 0.7


def lanes_of(device: Engine, beside: Beside | None, catalog: Catalog) -> list[Lane]:
    """The device's lane first; a paid one only where something has been sent there before.

    While a new space is being filled, those that were filled before answer as well.
    """
    lanes = [Lane(device, *DEVICE, may_ask=lambda _: True, own=True)]
    if beside is None:
        return lanes
    filled = [e for e in (beside.asking, *beside.older) if catalog.has_rows(e.space.name)]
    if beside.asking in filled and beside.queue.next_due_s() is None:
        filled = [beside.asking]
    return lanes + [
        Lane(engine, *PAID, may_ask=lambda path: beside.queue.allows(str(path)))
        for engine in filled
    ]


def each(
    lanes: Sequence[Lane], ask: Callable[[Lane], Vectors], notes: dict[str, None]
) -> list[tuple[Lane, Vectors]]:
    """What the lanes answer; one that can't just now is noted, unless no other can either."""
    answers, failed = [], []
    for lane in lanes:
        try:
            answers.append((lane, ask(lane)))
        except ExpectedError as e:
            failed.append((lane, e))
    if not answers:
        raise failed[0][1]
    for lane, error in failed:
        whose = "Amazon Nova" if lane.own else "this device"
        notes[f"Found by {whose} alone. {error}"] = None
    return answers
