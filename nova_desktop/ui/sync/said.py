"""How a shared library is put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from nova_desktop.errors import Stopped
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import decimal, number, tr, trn

if TYPE_CHECKING:
    from nova_desktop.sync import Differences, Erased, SyncRun, SyncState

STOPPED = str(Stopped())


def facts(state: SyncState) -> list[tuple[str, str]]:
    """(what, how it stands), a line each."""
    none = tr("Shared library", "none yet")
    others = ", ".join(wording.shown(name) for name in state.machines)
    there = trn("Shared library", "{n} file content(s)", None, state.contents)
    rows = trn("Shared library", "{n} vector(s)", None, state.rows)
    month = tr("Shared library", "about ${usd} a month", usd=decimal(state.usd_month, 2))
    return [
        (tr("Shared library", "This computer"), wording.shown(state.name)),
        (tr("Shared library", "Others"), others or none),
        (tr("Shared library", "Lies there"), f"{there} · {rows} · {month}"),
        (tr("Shared library", "Only elsewhere"), number(state.elsewhere)),
        (tr("Shared library", "For this computer only"), number(state.kept_back)),
        (tr("Shared library", "Last sync"), last(state.last)),
    ]


def last(run: SyncRun | None) -> str:
    """When the last sync was, and what came of it."""
    if run is None:
        return tr("Shared library", "never")
    moment = QDateTime.fromSecsSinceEpoch(int(run.began_s))
    at = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    if trouble(run):
        return f"{at} · {tr('Shared library', 'did not come to its end')}"
    return f"{at} · {tr('Shared library', 'stopped') if run.error else done(run.done)}"


def trouble(run: SyncRun | None) -> str:
    """What kept a sync from its end, but for being stopped; "" where nothing did."""
    return "" if run is None or run.error == STOPPED else run.error


def ended(run: SyncRun) -> str:
    """What a sync came to."""
    if not run.skipped:
        return done(run.done)
    n = run.skipped
    left = trn(
        "Shared library",
        "{n} could not be read or taken: the next sync tries again.",
        "contents",
        n,
    )
    return f"{done(run.done)}. {left}"


def done(counts: Differences) -> str:
    """What a sync did."""
    parts = [
        trn("Shared library", "{n} pushed", "contents", counts.push) if counts.push else "",
        trn("Shared library", "{n} pulled", "contents", counts.pull) if counts.pull else "",
        trn("Shared library", "{n} deleted there", "contents", counts.delete)
        if counts.delete
        else "",
        trn("Shared library", "{n} forgotten here", "contents", counts.forget)
        if counts.forget
        else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said or tr("Shared library", "nothing had changed")


def differences(counts: Differences | None) -> str:
    """What a sync would do."""
    if counts is None:
        return tr("Shared library", "Compare shows what a sync would do. Nothing is sent for it.")
    if counts.none:
        return tr("Shared library", "Both sides are the same.")
    parts = [
        trn("Shared library", "{n} to push", "contents", counts.push) if counts.push else "",
        trn("Shared library", "{n} to pull", "contents", counts.pull) if counts.pull else "",
        trn("Shared library", "{n} to delete there", "contents", counts.delete)
        if counts.delete
        else "",
        trn("Shared library", "{n} to forget here", "contents", counts.forget)
        if counts.forget
        else "",
    ]
    said = ", ".join(part for part in parts if part)
    if not counts.usd:
        return said
    usd = decimal(max(counts.usd, 0.0001), 4)
    return tr("Shared library", "{what} · about ${usd}", what=said, usd=usd)


def erased(what: Erased) -> str:
    """What was removed, and that nothing is left."""
    if not what.indexes:
        return tr("Shared library", "Nothing lay there.")
    return tr(
        "Shared library",
        "Erased: {vectors} vectors. A look there found {left} left.",
        vectors=number(what.vectors),
        left=number(what.left),
    )
