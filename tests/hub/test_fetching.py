"""Fetching models from a hub on the loopback, through huggingface_hub itself."""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import random
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from nova_desktop.compose.models import DeviceModels
from nova_desktop.describers.speech import PARTS
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.hub import fetching, offers
from nova_desktop.hub.offers import OFFERS, Offer
from nova_desktop.settings import Settings
from nova_desktop.shelf import MANIFEST, Shelf, Task, is_name
from tests import hub_server
from tests.engines.tiny_clip import Tiny, build
from tests.hub_server import REVISION, Hub, serving

LARGE = "model.bin"
SPOKEN = {  # a speech model, which is not asked to prove itself
    **{name: f'{{"{name}": 1}}'.encode() for name in ("config.json", "tokenizer.json")},
    "vocabulary.txt": b"a\nb\n",
    LARGE: bytes(random.Random(1).randbytes(300_000)),
    "README.md": b"A model card.",
}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A tiny model with files that nobody needs beside it."""
    folder = build(tmp_path_factory.mktemp("tiny") / "model")
    (folder / "README.md").write_text("A model card.")
    (folder / "onnx" / "vision_model_int8.onnx").write_bytes(b"\0" * 9000)
    return folder


@pytest.fixture
def whisper(tmp_path):
    """The speech model that ships, in a folder of its own."""
    parts = [importlib.util.find_spec(name) for name in ("faster_whisper", *PARTS)]
    if not all(parts):
        pytest.skip("no speech model is installed")
    first, second = (Path(one.origin).with_name("data") for one in parts[1:])
    folder = tmp_path / "whisper"
    folder.mkdir()
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(first / name, folder)
    weights = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
    (folder / LARGE).write_bytes(weights)
    return folder


@pytest.fixture
def hub(monkeypatch):
    with serving(Hub(files=dict(SPOKEN))) as made:
        monkeypatch.setenv("HF_ENDPOINT", made.url)
        monkeypatch.setenv("HF_TOKEN", "hf_a_token_of_the_test")
        yield made


@pytest.fixture
def models(tmp_path):
    return DeviceModels(tmp_path / "data", Settings())


class Fetch:
    """One call of `fetch`, remembering how far it told that it was."""

    def __init__(self, models):
        self.models, self.stop, self.told = models, threading.Event(), []

    def __call__(self, name="maker/tiny-clip", revision=""):
        return self.models.fetch(name, revision, self.stop, self.told.append)


@pytest.fixture
def fetch(models):
    return Fetch(models)


def part(models, name=LARGE):
    return Shelf(models.data).place("maker/tiny-clip", f"{REVISION}.part") / name


def test_a_model_comes_whole_with_what_it_needs_and_has_proved_itself(hub, model, fetch, models):
    hub.files.clear()
    hub.put(model)
    found = fetch()
    assert found.task is Task.SEARCH
    assert found.revision == REVISION
    assert found.found.startswith("9 of 9 pictures")
    said = json.loads((found.folder / MANIFEST).read_text())
    assert said["name"] == "maker/tiny-clip"
    assert said["revision"] == REVISION
    assert said["files"].keys() == {
        *("config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"),
        *("onnx/vision_model.onnx", "onnx/text_model.onnx"),
    }
    for name, facts in said["files"].items():
        data = (found.folder / name).read_bytes()
        assert facts == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert [one.name for one in models.all() if one.folder] == ["maker/tiny-clip"]


@pytest.mark.usefixtures("hub")
def test_how_far_it_is_rises_to_the_whole(fetch):
    fetch()
    done = [far.done_bytes for far in fetch.told]
    assert done == sorted(done)
    assert done[-1] == fetch.told[-1].bytes > 0


def test_what_is_here_is_not_fetched_again(hub, fetch):
    fetch()
    hub.asked.clear()
    fetch(revision=REVISION)
    assert hub.asked == []


def test_a_connection_that_is_cut_goes_on_where_it_was(hub, fetch, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)  # huggingface_hub's own pause
    hub.cut_at = 150_000
    fetch()
    assert hub.ranges(LARGE) == ["", f"bytes={2 * fetching.CHUNK_BYTES}-"]


def test_a_stop_keeps_what_came_and_the_next_fetch_goes_on_there(hub, fetch, models):
    hub.silent_at = 150_000
    ended = []

    def run():
        try:
            fetch()
        except Stopped as e:
            ended.append(e)

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + 10
    while not any(far.done_bytes >= 2 * fetching.CHUNK_BYTES for far in fetch.told):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    began = time.monotonic()
    fetch.stop.set()
    thread.join(5)
    assert ended
    assert time.monotonic() - began < 2
    assert [one for one in models.all() if one.folder] == []
    hub.silent_at = None
    hub.released.set()
    wait_until(lambda: not fetching._under_way)
    fetch.stop.clear()
    assert fetch().folder is not None
    first, *later = hub.ranges(LARGE)
    assert first == ""
    assert set(later) == {f"bytes={2 * fetching.CHUNK_BYTES}-"}


def test_a_hub_that_says_nothing_holds_up_no_stop(hub, fetch):
    hub.mute = True
    threading.Timer(0.3, fetch.stop.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        fetch()
    assert time.monotonic() - began < 2


def test_a_stop_counts_also_while_a_model_proves_itself(hub, model, fetch):
    hub.files.clear()
    hub.put(model)
    folder = fetch().folder
    shutil.rmtree(folder.parents[1] / "proofs")
    fetch.stop.set()
    with pytest.raises(Stopped):
        fetch(revision=REVISION)


@pytest.mark.parametrize("name", [LARGE, "config.json", MANIFEST])
@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_what_is_damaged_here_comes_again_and_nothing_else(hub, fetch, name, how):
    folder = fetch().folder
    hub.asked.clear()
    if how == "gone":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(b"\0" * (folder / name).stat().st_size)
    assert fetch(revision=REVISION).folder == folder
    assert {one for one in hub.files if hub.ranges(one)} == {name} - {MANIFEST}
    assert fetching.altered(folder) == []


def test_what_was_begun_of_a_revision_that_is_not_the_newest_any_more_goes(hub, fetch, models):
    older = part(models).parent
    older.mkdir(parents=True)
    (older / LARGE).write_bytes(hub.files[LARGE][:1000])
    hub.revision = "f" * 40
    assert fetch().revision == hub.revision
    assert [one.name for one in older.parent.iterdir()] == [hub.revision]


def test_what_a_stopped_fetch_left_can_be_removed(hub, models):
    part(models).parent.mkdir(parents=True)
    part(models).write_bytes(b"x" * 20_000)
    assert models.remove(hub.name) == 20_000
    assert not part(models).parent.exists()


def test_a_disk_that_is_full_at_the_very_end_is_said_and_the_next_try_goes_on(
    hub, fetch, monkeypatch
):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(fetching.Path, "write_text", full)
        with pytest.raises(NeedsUser, match="The disk is full"):
            fetch()
    hub.asked.clear()
    fetch()
    assert hub.ranges(LARGE) == []


def test_a_server_that_knows_no_ranges_sends_the_file_anew(hub, fetch, models):
    target = part(models)
    target.parent.mkdir(parents=True)
    target.write_bytes(hub.files[LARGE][:1000])
    hub.whole = True
    found = fetch()
    assert (found.folder / LARGE).read_bytes() == hub.files[LARGE]


def test_what_is_left_of_another_file_does_not_stay_in_it(hub, fetch, models):
    target = part(models)
    target.parent.mkdir(parents=True)
    target.write_bytes(b"x" * (len(hub.files[LARGE]) + 10))
    found = fetch()
    assert (found.folder / LARGE).read_bytes() == hub.files[LARGE]


@pytest.mark.parametrize("name", [LARGE, "config.json"])
def test_a_file_that_is_not_what_was_promised_is_refused_and_removed(hub, fetch, models, name):
    data = bytearray(hub.files[name])
    data[len(data) // 2] ^= 1
    hub.altered[name] = bytes(data)
    with pytest.raises(BadInput, match="is not the file that was promised"):
        fetch()
    assert not part(models, name).exists()
    assert [one for one in models.all() if one.folder] == []
    hub.altered.clear()
    assert fetch().folder is not None


def test_a_hash_that_the_program_pins_is_checked_too(hub, fetch, monkeypatch):
    offer = Offer(hub.name, Task.SEARCH, "", "MIT", 1, REVISION, (), {LARGE: "0" * 64})
    monkeypatch.setattr(offers, "OFFERS", (offer,))
    with pytest.raises(BadInput, match=f"not {'0' * 64}"):
        fetch()


def test_an_offer_is_fetched_at_its_own_revision_whatever_is_newest(hub, fetch, monkeypatch):
    offer = Offer(hub.name, Task.SEARCH, "", "MIT", 1, "f" * 40)
    monkeypatch.setattr(offers, "OFFERS", (offer,))
    with pytest.raises(BadInput, match="no such revision"):
        fetch()
    monkeypatch.setattr(offers, "OFFERS", (replace(offer, revision=REVISION),))
    assert fetch().revision == REVISION


@pytest.mark.usefixtures("hub")
def test_a_model_that_is_not_there_is_said_so(fetch):
    with pytest.raises(BadInput, match="There is no model maker/nothing at"):
        fetch("maker/nothing")


@pytest.mark.parametrize("name", ["", "tiny", "a/b/c", "../../etc", "/etc/passwd", "a/..", "a b/c"])
def test_what_can_be_no_name_is_not_asked_for(hub, fetch, name):
    with pytest.raises(BadInput, match="<owner>/<name>"):
        fetch(name)
    assert hub.asked == []
    assert not is_name(name)


def test_one_that_asks_for_an_agreement_says_where(hub, fetch):
    hub.gated = True
    with pytest.raises(NeedsUser, match=r"Agree at http://127.0.0.1:\d+/maker/tiny-clip"):
        fetch()


def test_a_hub_out_of_reach_is_asked_later(fetch, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with pytest.raises(TryLater, match="can't be reached"):
        fetch()


NO_HUB = {
    "a page to sign in": "<html>Welcome to our network</html>",
    "a list": "[]",
    "nothing": "null",
    "no model": "{}",
    "files without names": json.dumps({"id": "a/b", "sha": REVISION, "siblings": [{"size": 1}]}),
    "files without sizes": json.dumps(
        {"id": "a/b", "sha": REVISION, "siblings": [{"rfilename": name} for name in SPOKEN]}
    ),
    "a revision that is a path": json.dumps({"id": "a/b", "sha": "../../evil", "siblings": []}),
}


@pytest.mark.parametrize("answer", NO_HUB.values(), ids=NO_HUB)
def test_what_does_not_answer_as_a_hub_is_said_so(hub, fetch, models, answer):
    hub.answer = answer
    with pytest.raises(NeedsUser, match=r"is no Hugging Face hub\. Sign in"):
        fetch()
    assert not models.data.exists()


@pytest.mark.parametrize("address", ["not a url", "ftp://127.0.0.1/", "http://[::1"])
def test_what_is_no_address_is_said_so(fetch, monkeypatch, address):
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(NeedsUser, match="Set HF_ENDPOINT"):
        fetch()


@pytest.mark.parametrize("place", ["models", f"models/maker--tiny-clip/{REVISION}.part"])
@pytest.mark.usefixtures("hub")
def test_a_file_in_the_way_of_the_folder_is_said_so(fetch, models, place):
    file = models.data / place
    file.parent.mkdir(parents=True)
    file.write_text("words")
    with pytest.raises(NeedsUser, match=r"can't be fetched: .* Look at that place"):
        fetch()


def test_a_busy_hub_is_asked_later(hub, fetch, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    hub.busy = 1000
    with pytest.raises(TryLater, match="busy"):
        fetch()


def test_a_repository_without_a_model_is_said_so(hub, fetch):
    hub.files = {"README.md": b"words", "model.safetensors": b"\0" * 5000}
    with pytest.raises(BadInput, match="no ONNX export"):
        fetch()


def test_no_room_on_the_disk_is_said_before_anything_is_fetched(hub, fetch, monkeypatch):
    full = fetching.shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: full)
    with pytest.raises(NeedsUser, match="Make room"):
        fetch()
    assert not any("/cdn/" in one for one in hub.asked)


def test_a_fetched_model_that_ranks_at_chance_says_so(hub, fetch, tmp_path):
    hub.files.clear()
    hub.put(build(tmp_path / "broken", Tiny(blind=True)))
    with pytest.raises(NeedsUser, match="no better than by chance"):
        fetch()


@pytest.mark.usefixtures("hub")
def test_a_token_is_not_sent_to_another_host(fetch, monkeypatch):
    seen = []
    original = hub_server._Handler._send

    def send(self, name, wanted):
        seen.append(self.headers.get("Authorization"))
        original(self, name, wanted)

    monkeypatch.setattr(hub_server._Handler, "_send", send)
    fetch()
    assert seen
    assert set(seen) == {None}


def test_checking_reads_every_file_again(hub, model, fetch, models):
    hub.files.clear()
    hub.put(model)
    folder = fetch().folder
    assert models.check(hub.name).name == hub.name
    (folder / "tokenizer_config.json").write_text("{}")
    with pytest.raises(NeedsUser, match=r"tokenizer_config\.json of maker/tiny-clip is not what"):
        models.check(hub.name)


@pytest.mark.usefixtures("hub")
def test_checking_loads_a_speech_model(fetch, models, whisper):
    assert models.check(str(whisper)).task is Task.SPEECH
    folder = fetch().folder  # whole, but none
    with pytest.raises(NeedsUser, match="can't be loaded"):
        models.check(str(folder))


def test_a_model_is_removed_unless_it_is_in_use(hub, fetch, models):
    fetch()
    used = replace(models, settings=Settings(speech_model=hub.name))
    with pytest.raises(BadInput, match="in use"):
        used.remove(hub.name)
    assert models.remove(hub.name) > 10_000
    assert [one for one in models.all() if one.folder] == []
    with pytest.raises(BadInput, match="was not fetched"):
        models.remove(hub.name)


@pytest.mark.usefixtures("hub")
def test_a_speech_model_is_known_by_its_files(fetch):
    found = fetch()
    assert found.task is Task.SPEECH
    here = {one.name for one in found.folder.iterdir()}
    assert here == set(SPOKEN) - {"README.md"} | {MANIFEST}


def test_every_offer_is_pinned_and_named_as_it_can_be_fetched():
    for offer in OFFERS:
        assert is_name(offer.name)
        assert len(offer.revision) == 40
        assert offer.licence in ("MIT", "Apache-2.0")
        assert set(offer.sha256) <= set(offer.files) | {"model.bin"}
        assert all(len(one) == 64 for one in offer.sha256.values())


def wait_until(true, within_s=10.0):
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
