"""`nova-desktop model`, on a real library and a hub on the loopback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from nova_desktop import settings
from nova_desktop.here import Here
from nova_desktop.settings import Settings
from tests.cli.conftest import CommandLine
from tests.cli.test_json import judge
from tests.engines.tiny_clip import Tiny, build
from tests.hub_server import REVISION, Hub, serving

NAME = "maker/tiny-clip"


@pytest.fixture
def run(own_data, tmp_path, monkeypatch) -> CommandLine:
    """Opens the real library, with settings of its own."""
    del own_data  # what NOVA_DESKTOP_DATA names

    class Real(CommandLine):
        def _open(self, data, chosen):
            return Here(data, chosen)

        def json(self, *argv):
            assert self(*argv, "--json") == 0, self.err
            value = json.loads(self.out)
            judge(" ".join(argv[:2]), value)
            return value

    monkeypatch.setenv("NOVA_DESKTOP_SETTINGS", str(tmp_path / "settings.toml"))
    return Real()


@pytest.fixture
def hub(monkeypatch, tmp_path):
    with serving(Hub()) as made:
        made.put(build(tmp_path / "made"))
        monkeypatch.setenv("HF_ENDPOINT", made.url)
        yield made


def chosen() -> Settings:
    return settings.load(Path(os.environ["NOVA_DESKTOP_SETTINGS"]))


@pytest.mark.usefixtures("hub")
def test_a_model_is_fetched_checked_used_left_and_removed(run):
    assert run("model", "fetch", NAME, tty=True) == 0
    assert f"{NAME}: here" in run.out
    assert "9 of 9 pictures found by their texts" in run.out
    assert REVISION in run.out
    assert run("model", "check", NAME) == 0
    assert run.json("model", "use", NAME)["engine"] == "clip"
    assert chosen() == Settings(engine="clip", clip_model=NAME)
    assert run("status") == 0
    assert "CLIP engine on this device, tiny-clip" in run.out
    used = [one for one in run.json("model", "list") if one["used"]]
    assert [one["name"] for one in used] == [NAME]
    assert run("model", "remove", NAME) == 3
    assert "in use" in run.err
    assert run("model", "use", "basic") == 0
    assert chosen().engine == "basic"
    assert run.json("model", "remove", NAME)["freed_bytes"] > 10_000


def test_what_is_offered_is_listed_with_size_and_licence(run):
    assert run("model", "list") == 0
    assert "onnx-community/siglip2-base-patch16-224-ONNX" in run.out
    assert "Systran/faster-whisper-small" in run.out
    assert "to fetch" in run.out
    assert "Apache-2.0" in run.out
    assert {one["task"] for one in run.json("model", "list")} == {"search", "speech"}


def test_amazon_nova_stays_beside_another_model(run, tmp_path):
    settings.save(Settings(engine="nova"), Path(os.environ["NOVA_DESKTOP_SETTINGS"]))
    folder = build(tmp_path / "my clip")
    assert run("model", "use", str(folder)) == 0
    assert (chosen().engine, chosen().clip_model) == ("clip+nova", str(folder))
    assert run("model", "use", "basic") == 0
    assert chosen().engine == "nova"


def test_a_model_that_does_not_rank_is_not_taken_into_the_settings(run, tmp_path):
    broken = build(tmp_path / "broken", Tiny(blind=True))
    assert run("model", "use", str(broken)) == 5
    assert "no better than by chance" in run.err
    assert chosen() == Settings()


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["fetch", "nonsense"], 3, "<owner>/<name>"),
        (["fetch", "maker/nothing"], 3, "There is no model"),
        (["fetch", NAME, "--revision", "f" * 40], 3, "no such revision"),
        (["check", "maker/tiny-clip"], 5, "Fetch it first"),
        (["use", "maker/tiny-clip"], 5, "Fetch it first"),
        (["check", "~nobody of that name/clip"], 5, "name its folder"),
        (["check", "x" * 300], 5, "name its folder"),
        (["check", f"/{'x' * 300}"], 5, "choose another model"),
        (["remove", NAME], 3, "was not fetched"),
    ],
)
@pytest.mark.usefixtures("hub")
def test_what_can_not_be_is_said_with_the_way_on(run, argv, code, said):
    assert run("model", *argv) == code
    assert said in run.err


def test_doctor_offers_a_better_engine_and_says_what_is_wrong_with_a_chosen_one(run):
    run("doctor")
    assert "nova-desktop model list" in run.out
    gone = Settings(engine="clip", clip_model="maker/gone")
    settings.save(gone, Path(os.environ["NOVA_DESKTOP_SETTINGS"]))
    assert run("doctor") == 5
    assert "Fetch it: nova-desktop model fetch maker/gone" in run.out


@pytest.mark.parametrize("place", ["~nobody of that name/clip", "x" * 300, f"/{'x' * 300}"])
def test_settings_that_name_what_can_be_no_folder_open_the_library(run, place):
    strange = Settings(engine="clip", clip_model=place, speech_model=place)
    settings.save(strange, Path(os.environ["NOVA_DESKTOP_SETTINGS"]))
    assert run("status") == 0
    assert run("model", "list") == 0
    assert run("doctor") == 5


def test_a_chosen_model_that_is_gone_is_told_by_doctor_and_check(run, tmp_path):
    folder = build(tmp_path / "my clip")
    assert run("model", "use", str(folder)) == 0
    assert run("doctor") == 0
    folder.rename(tmp_path / "elsewhere")
    assert run("doctor") == 5
    assert "Plug in its drive" in run.out
    assert run("model", "check", str(folder)) == 5
    assert "Plug in its drive" in run.err
    (tmp_path / "elsewhere").rename(folder)
    assert run("doctor") == 0
