"""Joins what is chosen by the chips with what is typed: both have to hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.model import Modality
from nova_desktop.query import Filters
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.narrowing import some


def both(chosen: Filters, typed: Filters, folders: Iterable[Path] = ()) -> Filters:
    """What passes the chips and what was typed. BadInput where nothing can pass both.

    `folders` are those that hold files: among them are the ones that a typed name may mean.
    """
    if chosen.around and typed.around and chosen.around != typed.around:
        raise _conflict(f"{chosen.around.name}", typed.around.name)
    modalities = chosen.modalities & typed.modalities or chosen.modalities | typed.modalities
    if chosen.modalities and typed.modalities and not chosen.modalities & typed.modalities:
        raise _conflict(_kinds(chosen.modalities), _kinds(typed.modalities))
    made = replace(
        typed,
        modalities=modalities,
        folders=_inside(chosen.folders, typed.folders, folders),
        since_s=_most(chosen.since_s, typed.since_s),
        until_s=_least(chosen.until_s, typed.until_s),
        shortest_s=_most(chosen.shortest_s, typed.shortest_s),
        longest_s=_least(chosen.longest_s, typed.longest_s),
        cameras=_cameras(chosen.cameras, typed.cameras),
        least_rating=max(filter(None, (chosen.least_rating, typed.least_rating)), default=None),
        tags=chosen.tags | typed.tags,
        around=typed.around or chosen.around,
    )
    if made.since_s is not None and made.until_s is not None and made.since_s >= made.until_s:
        raise BadInput(tr("Filters", "The chosen date and the typed one have no day in common."))
    if (
        made.shortest_s is not None
        and made.longest_s is not None
        and made.shortest_s > made.longest_s
    ):
        raise BadInput(tr("Filters", "Nothing has both the chosen and the typed length."))
    return made


def _conflict(one: str, other: str) -> BadInput:
    said = tr("Filters", "Nothing is both {one} and {other}: take one away.", one=one, other=other)
    return BadInput(said)


def _kinds(kinds: Iterable[Modality]) -> str:
    return ", ".join(sorted(wording.KINDS[kind] for kind in kinds))


def _inside(
    chosen: tuple[Path, ...], typed: tuple[Path, ...], known: Iterable[Path]
) -> tuple[Path, ...]:
    if not chosen or not typed:
        return chosen or typed
    absolute = [path for path in typed if path.is_absolute()]
    tails = [[part.casefold() for part in path.parts] for path in typed if not path.is_absolute()]
    if tails:
        for path in known:
            parts = [part.casefold() for part in path.parts]
            if any(parts[-len(tail) :] == tail for tail in tails):
                absolute.append(path)
    inner = [one for one in chosen if any(one.is_relative_to(it) for it in absolute)]
    inner += [one for one in absolute if any(one.is_relative_to(it) for it in chosen)]
    if not inner:
        raise _conflict(
            some([wording.name_of(path) for path in chosen]),
            some([wording.shown(str(path)) for path in typed]),
        )
    return tuple(dict.fromkeys(inner))


def _cameras(chosen: frozenset[str], typed: frozenset[str]) -> frozenset[str]:
    if not chosen or not typed:
        return chosen or typed
    pairs = [(one, other) for one in chosen for other in typed]
    inner = {one for one, other in pairs if other.casefold() in one.casefold()}
    inner |= {other for one, other in pairs if one.casefold() in other.casefold()}
    if not inner:
        raise _conflict(some(sorted(chosen)), some(sorted(typed)))
    return frozenset(inner)


def _most(one: float | None, other: float | None) -> float | None:
    return max((it for it in (one, other) if it is not None), default=None)


def _least(one: float | None, other: float | None) -> float | None:
    return min((it for it in (one, other) if it is not None), default=None)
