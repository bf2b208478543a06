"""Amazon Nova from end to end: the whole library against the emulators, over real HTTP."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace

import pytest
from PIL import Image

from nova_desktop.errors import NeedsUser
from nova_desktop.here import Here
from nova_desktop.library.jobs import settled
from nova_desktop.model import Modality
from nova_desktop.query import Filters, Part, Query
from nova_desktop.settings import Settings
from nova_desktop.spending import Rule
from tests.emulators.fixtures import _clients, aws, bedrock, bedrock_server, s3_server  # noqa: F401
from tests.library.desk import eventually

QUICK = Settings(
    engine="nova", ocr=False, tags=False, speech=False, dimension=256, segment_s=5, readers=2
)
LONG_S = 210  # 42 segments of 5 s: enough to go by job


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Grey all along, but for five seconds of red from 2:00 on."""
    path = tmp_path_factory.mktemp("film") / "a long walk.mp4"
    colours = [("gray", 120), ("red", 5), ("gray", LONG_S - 125)]
    inputs = [
        argument
        for colour, seconds in colours
        for argument in (
            "-f",
            "lavfi",
            "-i",
            f"color={colour}:size=64x48:rate=5:duration={seconds}",
        )
    ]
    tone = ("-f", "lavfi", "-i", f"sine=frequency=300:duration={LONG_S}")
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", *inputs, *tone),
            *("-filter_complex", "[0][1][2]concat=n=3[v]", "-map", "[v]", "-map", "3:a"),
            *("-g", "25", "-c:a", "aac", path),
        ],
        check=True,
    )
    return path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    for colour in ("red", "green", "blue"):
        Image.new("RGB", (64, 48), colour).save(folder / f"{colour}.png")
    (folder / "note.txt").write_text("A note about the yellow house by the lake.\n")
    return folder


@pytest.fixture
def opened(tmp_path, aws):  # noqa: F811  # the fixture
    libraries = []

    def open_(**more) -> Here:
        for library in libraries:
            library.close()
        settings = replace(QUICK, bucket=aws.bucket, **more)
        libraries.append(Here(tmp_path / "data", settings))
        return libraries[-1]

    yield open_
    for library in libraries:
        library.close()


def allowed(library, folder) -> None:
    library.add_folder(folder)
    assert library.wait(120)
    library.set_rule(folder, Rule.CLOUD, library.quote(folder).usd)
    assert library.wait(120)


def names(library, query) -> list[str]:
    return [hit.path.name for hit in library.find(query).hits]


def test_from_a_folder_through_a_job_to_the_moment_in_a_film(opened, folder, film, bedrock, aws):  # noqa: F811
    (folder / film.name).write_bytes(film.read_bytes())
    library = opened()
    library.add_folder(folder)
    assert library.wait(120)
    assert bedrock.log.bill.calls == bedrock.log.bill.jobs == 0
    quote = library.quote(folder)
    assert {line.kind: line.by_job for line in quote.lines}["video"] == 1
    library.set_rule(folder, Rule.CLOUD, quote.usd)
    assert library.wait(120)
    assert library.status().further.indexed == 5
    assert bedrock.log.bill.jobs == 1
    only_films = Filters(modalities=frozenset({Modality.VIDEO}))
    (hit,) = library.find(Query((Part(text="red"),), only_films)).hits
    assert hit.path.name == film.name
    assert (hit.span.start, hit.span.stop) == (120, 125)
    assert names(library, Query.of("red"))[0] == "red.png"
    assert film.name in names(library, Query.of("red"))[:3]
    assert film.name in names(library, Query((Part(path=folder / "red.png"),)))[:3]
    # Nothing is left at the service, and what was there is in the log.
    eventually(lambda: "Contents" not in aws.s3.list_objects_v2(Bucket=aws.bucket))
    places = [line for line in library.sent(20) if line.place.startswith(f"s3://{aws.bucket}/")]
    assert places
    assert all(line.deleted_s is not None for line in places)
    assert {line.path.name for line in places} == {film.name}
    assert settled(library._parts.catalog, library.status().further.space) == []
    # The quote was near, and the ledger is the bill.
    spent = library.spent()
    assert spent.run_usd == spent.month_usd == pytest.approx(quote.usd, rel=0.15)
    assert spent.run_usd == pytest.approx(dollars(bedrock.log.bill.usage), rel=0.02)
    assert library.quote(folder).usd == 0
    # Nothing is paid twice, whatever becomes of the files and the program.
    before = bedrock.log.bill.calls, bedrock.log.bill.jobs
    (folder / "inside").mkdir()
    (folder / "red.png").rename(folder / "inside/scarlet.png")
    (folder / "a copy.mp4").write_bytes(film.read_bytes())
    library.rescan()
    assert library.wait(120)
    library = opened()
    library.rescan()
    assert library.wait(120)
    assert (bedrock.log.bill.calls, bedrock.log.bill.jobs) == before
    assert bedrock.log.bill.repeated == 0


def dollars(usage) -> float:
    """By the table that ships."""
    each = {"video_s": 0.0007, "audio_s": 0.00014, "images": 0.00006, "tokens": 0.000135 / 1000}
    return sum(getattr(usage, name) * usd for name, usd in each.items())


def test_fewer_numbers_are_cut_from_what_was_paid_for(opened, folder, bedrock):  # noqa: F811
    library = opened(dimension=3072)
    allowed(library, folder)
    before = bedrock.log.bill.calls
    library = opened(dimension=384)
    library.rescan()
    assert library.wait(120)
    eventually(lambda: library.status().further.indexed == 4)
    assert bedrock.log.bill.calls == before
    assert names(library, Query.of("green"))[0] == "green.png"


def test_a_cap_stops_and_says_what_to_do(opened, folder, bedrock):  # noqa: F811
    library = opened(run_cap_usd=0.00013)  # two pictures
    library.add_folder(folder)
    assert library.wait(120)
    library.set_rule(folder, Rule.CLOUD, 0.01)
    with pytest.raises(NeedsUser, match=r"limit for one run .* Raise the limit in Settings"):
        library.wait(120)
    assert dollars(bedrock.log.bill.usage) <= 0.00013
    assert library.spent().run_usd <= 0.00013
    assert library.status().counts["indexed"] == 4  # on this device all is found
    library = opened()
    library.rescan()
    assert library.wait(120)
    assert library.status().further.indexed == 4


def test_an_outage_is_calm_and_ends_by_itself(opened, folder, bedrock, caplog, monkeypatch):  # noqa: F811
    monkeypatch.setattr("nova_desktop.library.line.HOLD_S", 0.2)
    monkeypatch.setattr("nova_desktop.engines.wrappers.LONGEST_PAUSE_S", 0.05)
    caplog.set_level("INFO", "nova_desktop")
    library = opened()
    library.add_folder(folder)
    assert library.wait(120)
    bedrock.faults.add("ServiceUnavailableException", share=1.0)
    caplog.clear()
    told = []
    library.subscribe(told.append)
    library.set_rule(folder, Rule.CLOUD, 0.01)
    eventually(lambda: "overloaded" in library.status().further.held, 60)
    time.sleep(3)  # many tries, each as late as it may be
    bedrock.faults.clear()
    assert library.wait(120)
    assert library.status().further.indexed == 4
    assert bedrock.log.bill.repeated == 0
    assert len(caplog.records) <= 100
    assert len([event for event in told if type(event).__name__ == "Paused"]) == 1


def test_a_revoked_key_pauses_with_one_sentence(opened, folder, bedrock):  # noqa: F811
    library = opened()
    library.add_folder(folder)
    assert library.wait(120)
    bedrock.faults.add("AccessDeniedException", share=1.0)
    told = []
    library.subscribe(told.append)
    library.set_rule(folder, Rule.CLOUD, 0.01)
    with pytest.raises(NeedsUser, match="Model access"):
        library.wait(120)
    calls = len(bedrock.log.calls())
    time.sleep(1)
    assert len(bedrock.log.calls()) == calls
    assert len([event for event in told if type(event).__name__ == "Paused"]) == 1
    bedrock.faults.clear()
    library.resume()
    assert library.wait(120)
    assert library.status().further.indexed == 4


def test_the_sound_of_a_film_stands_apart_where_that_is_chosen(opened, folder, bedrock):  # noqa: F811
    subprocess.run(
        [
            *(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "color=red:s=64x48:r=5:d=4",
            ),
            *("-f", "lavfi", "-i", "sine=frequency=300:duration=4", folder / "loud.mp4"),
        ],
        check=True,
    )
    library = opened(separate_sound=True)
    allowed(library, folder)
    space = library.status().further.space
    assert space.startswith("nova-2-multimodal-embeddings-v1-separate")
    parts = library._parts
    content = parts.catalog.content_of(str(folder / "loud.mp4"))
    rows = parts.store.rows(parts.beside.tools.engine.space, content, 9)
    assert [str(row.source) for row in rows] == ["picture", "sound"]
    assert bedrock.log.bill.usage.video_s == pytest.approx(4, abs=0.5)  # both by one request


def test_a_pause_stops_asking_and_nothing_is_paid_twice_for_it(opened, folder, bedrock):  # noqa: F811
    library = opened(calls_at_once=1)
    library.add_folder(folder)
    assert library.wait(120)
    bedrock.conditions = replace(bedrock.conditions, latency_s=0.4)
    library.set_rule(folder, Rule.CLOUD, 0.01)
    eventually(lambda: len(bedrock.log.calls("InvokeModel")) >= 1, 30)
    library.pause()
    time.sleep(1)  # what was under way is answered
    calls = len(bedrock.log.calls("InvokeModel"))
    assert calls < 4
    time.sleep(1)
    assert len(bedrock.log.calls("InvokeModel")) == calls
    library.resume()
    assert library.wait(60)
    assert library.status().further.indexed == 4
    assert bedrock.log.bill.calls == 4
    assert bedrock.log.bill.repeated == 0
