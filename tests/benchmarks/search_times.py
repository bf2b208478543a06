"""Contenders that answer the same questions in turn, and what each took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.search_data import Floats

Ask = Callable[[Floats], Sequence[int]]  # a question → numbers of rows, best first
WARM = 5  # questions that are not counted
REST_S = 0.1  # after each: the threads of numpy wait awake for more, up to 90 ms


@dataclass(slots=True)
class Took:
    """Of one contender, a figure a question."""

    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    found: list[Sequence[int]] = field(default_factory=list)

    @property
    def p50_ms(self) -> float:
        return 1000 * statistics.median(self.wall_s)

    @property
    def cpu_ms(self) -> float:
        return 1000 * statistics.median(self.cpu_s)

    def recall(self, truth: Took, at: int) -> float:
        there = [
            len(set(mine[:at]) & set(exact[:at])) / max(1, len(exact[:at]))
            for mine, exact in zip(self.found, truth.found, strict=True)
        ]
        return statistics.mean(there)

    def said(self, beside: Took) -> str:
        """Its median, and what part of the other's that is."""
        return (
            f"p50 {self.p50_ms:6.1f} ms ({self.p50_ms / beside.p50_ms:5.2f}), "
            f"cpu {self.cpu_ms:6.1f} ms ({self.cpu_ms / beside.cpu_ms:5.2f})"
        )


def in_turn(questions: Floats, contenders: Mapping[str, Ask]) -> dict[str, Took]:
    """Each question is asked of all, so that what else the machine does falls on all alike."""
    took = {name: Took() for name in contenders}
    for number, question in enumerate([*questions[:WARM], *questions]):
        for name, ask in contenders.items():
            time.sleep(REST_S)
            wall, cpu = time.perf_counter(), time.process_time()
            found = ask(question)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            if number >= WARM:
                took[name].wall_s.append(wall)
                took[name].cpu_s.append(cpu)
                took[name].found.append(found)
    return took
