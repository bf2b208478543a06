"""Near-duplicates in one answer: shown once, the others with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nova_desktop.duplicates import Likeness, Same
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.likes import Known, pairs
from nova_desktop.library.showing import Shown
from nova_desktop.library.texts import Sketch
from nova_desktop.model import Info, Modality

FIRST = 200  # hits that are compared with each other: some pages
BY_CAMERA = "EXIF"  # model.Info.taken_from, where the camera says when a photo was taken


def folded(
    hits: Sequence[Shown],
    apart: frozenset[str],
    catalog: Catalog,
    first: frozenset[str] = frozenset(),
    less: frozenset[str] = frozenset(),
) -> list[Shown]:
    """The hits in their order, each with those after it that are nearly the same.

    What is nearly the same is said by `likes.pairs`, as the review of duplicates shows it. `apart`
    are contents that nothing is folded into: a file that is asked with is not an answer that its
    near-duplicates could hide behind. Near-duplicates of `first` come right behind these, and
    `less` are left out with theirs.
    """
    some = hits[:FIRST]
    contents = [one.found.content for one in some]
    likenesses = Likenesses(catalog).of(contents)
    sketches = Likenesses(catalog).sketches.of(contents)
    if len(likenesses.keys() | sketches.keys()) < 2:
        return list(hits)
    apart_by_hand = {frozenset(two) for two in catalog.read("SELECT one, other FROM apart")}
    known = _known(contents, likenesses, sketches, catalog)
    like: dict[int, set[int]] = {}
    for pair in pairs(known, lambda _: None):
        if pair.same is Same.EXCERPT:
            continue  # a part of a film is another answer
        if {contents[pair.one], contents[pair.other]} not in apart_by_hand:
            like.setdefault(max(pair.one, pair.other), set()).add(min(pair.one, pair.other))
    if not like:
        return list(hits)
    unwanted = {at for at, content in enumerate(contents) if content in less}
    unwanted |= {at for at, others in like.items() if others & unwanted} | {
        before for at in unwanted for before in like.get(at, ())
    }
    under: dict[int, list[Shown]] = {}  # by the place of what is shown
    for at, one in enumerate(some):
        if at in unwanted:
            continue
        heads = (head for head in sorted(like.get(at, ())) if head in under)
        head = next((head for head in heads if contents[head] not in apart), None)
        if head is None or contents[at] in apart:
            under[at] = []
        else:
            under[head].append(one)
    asked = {at for at in under if contents[at] in first}
    near = {at for at in under if like.get(at, set()) & asked}
    near |= {before for at in asked for before in like.get(at, ()) if before in under}
    order = sorted(under, key=lambda at: (at not in asked, at not in near)) if near else under
    shown = [replace(some[at], alike=tuple(under[at])) for at in order]
    return [*shown, *hits[FIRST:]]


def _known(
    contents: Sequence[str],
    likenesses: Mapping[str, Likeness],
    sketches: Mapping[str, Sketch],
    catalog: Catalog,
) -> list[Known]:
    infos = catalog.infos(contents)
    found = []
    for content in contents:
        kind, info = infos.get(content, (Modality.TEXT, Info()))
        by_camera = info.camera and info.taken_from == BY_CAMERA
        camera = f"{info.camera} {info.body}" if by_camera else ""
        likeness = likenesses.get(content, Likeness())
        taken_s = info.taken_s or 0.0
        found.append(
            Known(
                content,
                kind,
                likeness,
                taken_s,
                camera,
                info.burst if by_camera else "",
                info.duration_s,
                sketches.get(content),
            )
        )
    return found
