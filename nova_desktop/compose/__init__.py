"""Settings → library: the only module that names concrete classes."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nova_desktop.child import calmly
from nova_desktop.compose.device import checked, device, proved
from nova_desktop.compose.later import Later
from nova_desktop.compose.models import DeviceModels
from nova_desktop.describers.ocr import OcrDescriber
from nova_desktop.describers.sounds import SoundDescriber
from nova_desktop.describers.speech import SpeechDescriber
from nova_desktop.describers.tags import TagDescriber
from nova_desktop.doctor import checks, described
from nova_desktop.errors import NeedsUser
from nova_desktop.isolated import (
    IsolatedCloseup,
    IsolatedDescriber,
    IsolatedLikening,
    IsolatedReader,
)
from nova_desktop.isolation import Children
from nova_desktop.library import Parts, swap
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.closeups import Looking
from nova_desktop.library.halt import Halt
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.places import Places
from nova_desktop.library.pools import Pools
from nova_desktop.library.previews import Previews
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.rules import Rules
from nova_desktop.library.sent import SentLog
from nova_desktop.library.work import Tools
from nova_desktop.machine import ThisMachine
from nova_desktop.media.closeup import MediaCloseup
from nova_desktop.media.likeness import MediaLikening
from nova_desktop.media.readers import readers
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Check, Modality, Space
from nova_desktop.ports import Describer, Engine, Reader
from nova_desktop.settings import Settings, conditions, load_prices, resource
from nova_desktop.share import Share
from nova_desktop.shelf import Shelf
from nova_desktop.stores.lance import LanceStore

ASKING = 2  # child processes for questions and previews
CLIPPING = 1  # for clips, which take their time
SOUNDS = SoundDescriber().name


def parts(data: Path, settings: Settings) -> Parts:
    """Everything a library is made of; nothing is started yet. The caller owns `data`."""
    checked(settings, None)
    try:
        str(data).encode()
    except UnicodeEncodeError as e:
        raise NeedsUser(
            f"The index can't be kept in {str(data)!a}, whose name is not UTF-8. "
            "Choose another folder with --data."
        ) from e
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    swap.finish(data)  # a restore that was decided, and then killed
    rules = Rules.of([data], settings.exclude)  # a bad pattern is found before anything is opened
    all_describers = describers(settings, data)
    available = tuple(d for d in all_describers if not d.missing())
    indexing = Children(settings.readers, calmly)
    models = _children(available, lambda: Children(settings.readers, calmly))
    asking, clipping = Children(ASKING), Children(CLIPPING)
    for_questions = _children(available, lambda: Children(1))
    catalog = Catalog(data / "catalog.sqlite")
    halts = Halt(), Halt()  # of indexing, and of questions
    store = LanceStore(data / "vectors")

    def filled(space: Space) -> bool:
        # To learn from the catalog that a space has none, all that is indexed is looked through.
        return store.holds(space) and catalog.has_rows(space.name)

    engines = device(settings, data, filled, *halts)
    share = Share(
        (indexing, *set(models.values()), *engines.for_index),
        (asking, *set(for_questions.values()), *engines.for_questions),
    )

    def tools(
        reading: Children, models: Mapping[str, Children], engine: Engine, halt: Halt
    ) -> Tools:
        limit_s = settings.file_limit_s

        def isolated() -> Mapping[Modality, Reader]:
            every = readers(settings.segment_s, settings.ffmpeg)
            return {
                kind: IsolatedReader(one, reading, limit_s, halt) for kind, one in every.items()
            }

        return Tools(
            sniff,
            Later(isolated),
            tuple(IsolatedDescriber(d, models[d.name], limit_s, halt) for d in available),
            engine,
            halt,
            IsolatedLikening(MediaLikening(), reading, limit_s, halt),
        )

    working = tools(indexing, models, engines.indexing, halts[0])
    answering = tools(asking, for_questions, engines.asking, halts[1])
    engine = engines.indexing
    pools = Pools(
        ThreadPoolExecutor(settings.readers, "reading", share.joined),
        settings.readers,
        ThreadPoolExecutor(engine.limits.parallel, "embedding", share.joined),
    )
    closeup = MediaCloseup(settings.ffmpeg)
    rulebook, sent = Rulebook(catalog), SentLog(catalog)
    prices = load_prices(settings.prices)
    ledger = Ledger(
        catalog,
        prices,
        run=uuid.uuid4().hex,
        month_cap_usd=settings.month_cap_usd or None,
        run_cap_usd=settings.run_cap_usd or None,
    )
    sharing = None
    if settings.sync_bucket:
        from nova_desktop.compose import shared  # botocore is not needed by everyone

        sharing = shared.sharing(settings, data, ledger, prices)
    beside = None
    if settings.sends:
        from nova_desktop.compose.paid import Common, beside_nova

        beside = beside_nova(
            settings,
            Common(
                data, catalog, prices, rulebook, ledger, sent, working, answering, pools, indexing
            ),
        )

    def clips(stop: threading.Event) -> IsolatedCloseup:
        from nova_desktop.media.clip import LIMIT_S

        return IsolatedCloseup(closeup, clipping, LIMIT_S, stop)

    def end() -> None:
        answering.halt.set()
        for children in (*engines.for_index, *engines.for_questions):
            children.close()
        for children in (indexing, asking, clipping, *models.values(), *for_questions.values()):
            children.close()
        pools.reading.shutdown(cancel_futures=True)
        pools.embedding.shutdown(cancel_futures=True)
        if beside:
            beside.end()

    return Parts(
        data=data,
        catalog=catalog,
        store=store,
        tools=working,
        asking=answering,
        pools=pools,
        looking=Looking(
            IsolatedCloseup(closeup, asking, settings.file_limit_s, answering.halt),
            clips,
        ),
        previews=Previews(data / "previews", catalog, sniff, answering.readers),
        places=Places(lambda: resource("cities.xz").read_bytes()),
        rules=rules,
        rulebook=rulebook,
        beside=beside,
        ledger=ledger,
        sent=sent,
        machine=ThisMachine(share, data),
        conditions=conditions(settings),
        describers=lambda: tuple(described(describers(Settings(), data))),
        checks=lambda: (
            *checks(
                data,
                engine,
                all_describers,
                [engine.space, *([beside.tools.engine.space] if beside else [])],
                store.check,
                lambda: programs(settings),
            ),
            model_check(settings, engines.why, data),
            *account_checks(settings),
        ),
        end=end,
        sharing=sharing,
        models=DeviceModels(data, settings),
        older=engines.older,
    )


def check(settings: Settings, data: Path | None = None) -> None:
    """Raises BadInput or NeedsUser for settings that `parts` would refuse; nobody is asked.

    With `data`, a CLIP model that was never proved is loaded for it.
    """
    checked(settings, data)
    Rules.of([], settings.exclude)
    load_prices(settings.prices)
    if settings.ffmpeg:
        programs(settings)
    if settings.sync_bucket:
        from nova_desktop.stores.s3_vectors_limits import checked_bucket

        checked_bucket(settings.sync_bucket)
    if settings.sends or settings.bucket:
        from nova_desktop import compose_aws

        compose_aws.checked(settings)


def model_check(settings: Settings, why: str, data: Path) -> Check:
    """The CLIP model that is used, or that a better engine than the basic one can be had."""
    if why:
        return Check("model", False, why)
    if settings.sees:
        try:
            proved(settings.clip_model, data).check()  # its drive may be away
        except NeedsUser as e:
            return Check("model", False, str(e))
        return Check("model", True, f"{settings.clip_model} has proved itself.")
    return Check(
        "model",
        True,
        "None: the basic engine knows pictures by tags alone. A CLIP model sees them, on this "
        "device too: nova-desktop model list.",
    )


def account_checks(settings: Settings) -> tuple[Check, ...]:
    """Of the AWS account, where Amazon Nova was chosen; nobody is asked else, and nothing paid."""
    if not settings.sends:
        return ()
    from nova_desktop import compose_aws

    return compose_aws.checks(settings)


def programs(settings: Settings) -> str:
    """Which ffmpeg is used; raises NeedsUser when there is none."""
    from nova_desktop.media import ffmpeg

    found = ffmpeg.programs(settings.ffmpeg)
    return f"{found.ffmpeg}, from {found.origin}."


def describers(settings: Settings, data: Path | None = None) -> tuple[Describer, ...]:
    """Those that the settings ask for, whether or not what they need is installed."""
    wanted: list[Describer] = []
    if settings.tags:
        wanted += [TagDescriber(), SoundDescriber()]
    if settings.ocr:
        wanted.append(OcrDescriber())
    if settings.speech:
        wanted.append(SpeechDescriber(folder=_speech_folder(settings.speech_model, data)))
    return tuple(wanted)


def _children(
    available: Sequence[Describer], made: Callable[[], Children]
) -> Mapping[str, Children]:
    """By describer; of their own for each model, or all would load every model in the end."""
    found = {describer.name: made() for describer in available if describer.name != SOUNDS}
    if any(describer.name == SOUNDS for describer in available):
        # Voices are told from noise by a part of what hears speech.
        found[SOUNDS] = found.get("speech") or made()
    return found


def _speech_folder(place: str, data: Path | None) -> str:
    """Of the model that a setting names, or its name; "" for the one that ships."""
    if not place:
        return ""
    found = Shelf(data).find(place) if data else None
    return str(found or place)  # which is then said to be missing
