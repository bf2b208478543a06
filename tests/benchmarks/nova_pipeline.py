"""How much of what the service bears the way to Amazon Nova uses, in calm and in a storm.

python -m tests.benchmarks.nova_pipeline [section ...]

The service is the emulator, in a process of its own: 0.3 s an answer, 16 calls at once. All
figures of a section are from one run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from nova_desktop import compose
from nova_desktop.aws.client import Bedrock
from nova_desktop.aws.errors import Account
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.wrappers import steady
from nova_desktop.library import Library, opened
from nova_desktop.model import Piece, Purpose
from nova_desktop.ports import Engine
from nova_desktop.settings import Settings
from nova_desktop.spending import Rule

LATENCY_S, PARALLEL = 0.3, 16
BORNE = PARALLEL / LATENCY_S  # calls a second that the service answers at most
PIECES = 1200
THROTTLED, FAILED = 0.3, 0.05  # shares of calls, each drawn by itself
# Who is refused by chance has to ask again, whoever he is: this many calls a piece are the least.
LEAST_CALLS = 1 / ((1 - THROTTLED) * (1 - FAILED))
STARTED_S = 60.0  # for the emulator to be there


@dataclass(frozen=True)
class Service:
    """The emulator of another process, steered over HTTP."""

    url: str

    def tell(self, what: str, method: str = "POST", **body: object) -> Any:
        """What `tests.emulators.control` answers."""
        request = urllib.request.Request(  # noqa: S310 – the loopback
            f"{self.url}/_control/{what}", json.dumps(body).encode(), method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.load(answer)

    def renew(self) -> None:
        """As just started, with its latency and its limit."""
        self.tell("reset")
        self.tell("conditions", latency_s=LATENCY_S, parallel=PARALLEL)

    def storm(self) -> None:
        self.tell("faults", kind="ThrottlingException", operations=["InvokeModel"], share=THROTTLED)
        self.tell(
            "faults", kind="InternalServerException", operations=["InvokeModel"], share=FAILED
        )


@contextmanager
def service() -> Iterator[Service]:
    """Plugged in by the environment, as a user would."""
    command = [sys.executable, "-m", "tests.emulators", "--latency", str(LATENCY_S)]
    command += ["--parallel", str(PARALLEL)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        timer = threading.Timer(STARTED_S, process.kill)
        timer.start()
        try:
            assert process.stdout
            while (line := process.stdout.readline()).startswith("export "):
                name, _, value = line.removeprefix("export ").strip().partition("=")
                os.environ[name] = value
            assert line.startswith("#"), "the emulator did not start"
            timer.cancel()
            yield Service(os.environ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"])
        finally:
            timer.cancel()
            process.terminate()


@dataclass(frozen=True)
class Figures:
    """Of one run over `pieces` different pieces."""

    pieces: int
    seconds: float
    vectors: int  # different ones that came back
    calls: int
    paid: int
    repeated: int  # paid for again

    @property
    def rate(self) -> float:
        return self.pieces / self.seconds

    def __str__(self) -> str:
        lost = self.pieces - self.vectors
        return (
            f"{self.pieces} pieces in {self.seconds:.1f} s, {self.rate:.1f} a second; {lost} lost, "
            f"{self.repeated + self.paid - self.pieces} paid for twice; "
            f"{self.calls / self.pieces:.3f} calls a piece"
        )


def engine_alone(engine: Engine, name: str, service: Service) -> Figures:
    """As many threads as the engine asks for, each with one piece after the other."""
    pieces = [Piece.of_words(f"{name}: boat number {number}") for number in range(PIECES)]
    with ThreadPoolExecutor(engine.limits.parallel) as pool:
        began = time.perf_counter()
        found = list(pool.map(lambda piece: engine.embed([piece], Purpose.INDEX)[0], pieces))
        seconds = time.perf_counter() - began
    return _figures(service, PIECES, seconds, len(np.unique(np.round(found, 5), axis=0)))


def _figures(service: Service, pieces: int, seconds: float, vectors: int) -> Figures:
    log = service.tell("log", "GET")
    calls = sum(call["operation"] == "InvokeModel" for call in log["calls"])
    bill = log["bill"]
    return Figures(pieces, seconds, vectors, calls, bill["calls"], bill["repeated"])


def _told(title: str, calm: Figures, storm: Figures) -> None:
    print(f"{title}, calm: {calm}; {calm.rate / BORNE:.3f} of what is borne (wanted: at least 0.9)")
    print(
        f"{title}, storm: {storm}; {storm.rate / calm.rate:.3f} of the calm rate (wanted: at least "
        f"0.6), {storm.calls / storm.pieces / LEAST_CALLS:.3f} of the calls that nobody can spare "
        f"({LEAST_CALLS:.3f} a piece)"
    )


def engine(service: Service) -> None:
    """The engine by itself, fed by threads."""
    stop = threading.Event()
    figures = []
    for name in ("calm", "storm"):
        service.renew()
        made = steady(NovaEngine(Bedrock(Account())), stop)
        made.embed([Piece.of_words("connects")], Purpose.QUERY)
        service.renew()
        if name == "storm":
            service.storm()
        figures.append(engine_alone(made, name, service))
    stop.set()
    _told("engine", *figures)


def library(service: Service) -> None:
    """The whole way of a folder that may be sent, as `compose` joins it: children that read, the
    ledger, the log of what was sent, the store on disk."""
    figures = []
    for name in ("calm", "storm"):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "folder"
            _fill(folder, name)
            service.renew()
            figures.append(_sent(folder, Path(place) / "data", service, name == "storm"))
    _told("library", *figures)


def _sent(folder: Path, data: Path, service: Service, storm: bool) -> Figures:
    """From the moment in which a folder that is indexed on this device may be sent."""
    # What this device adds for itself is not what is measured.
    settings = Settings(engine="nova", ocr=False, tags=False, speech=False, month_cap_usd=1000.0)
    parts = compose.parts(data, settings)
    with opened(Library(parts)) as library:
        library.add_folder(folder)
        assert library.wait(600)
        usd = library.quote(folder).usd
        if storm:
            service.storm()
        began = time.perf_counter()
        library.set_rule(folder, Rule.CLOUD, usd)
        assert library.wait(600)
        seconds = time.perf_counter() - began
        further = library.status().further
        assert further is not None
        assert not library.failures()
        space = parts.beside.tools.engine.space if parts.beside else None
        assert space is not None
        vectors = parts.store.count(space)
        assert further.indexed == vectors
        print(f"  spent ${library.spent().total_usd:.4f}, quoted ${usd:.4f}")
    return _figures(service, PIECES, seconds, vectors)


def _fill(folder: Path, name: str) -> None:
    """Each file is one piece, and no two are alike."""
    folder.mkdir()
    for number in range(PIECES):
        if number % 3:
            (folder / f"{name} {number}.txt").write_text(f"{name}: boat number {number}.\n" * 3)
        else:
            colour = (number % 256, number // 256 * 40, 128 if name == "calm" else 50)
            Image.new("RGB", (320, 240), colour).save(folder / f"{name} {number}.png")


SECTIONS: dict[str, Callable[[Service], None]] = {"engine": engine, "library": library}


if __name__ == "__main__":
    with service() as started:
        for name in sys.argv[1:] or SECTIONS:
            SECTIONS[name](started)
