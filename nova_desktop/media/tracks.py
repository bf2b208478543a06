"""Reads the subtitles of a film: its embedded tracks of text, and the files beside it."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.closeup import Cue, Subtitles
from nova_desktop.errors import ExpectedError
from nova_desktop.media.opening import opened
from nova_desktop.media.plain import LIMIT, decoded
from nova_desktop.media.probe import packets, playing, start_of
from nova_desktop.media.subtitles import MAX_CUES, cues

if TYPE_CHECKING:
    from av.packet import Packet
    from av.subtitles.stream import SubtitleStream

TEXT_CODECS = frozenset(("ass", "ssa", "mov_text", "subrip", "srt", "webvtt", "text"))
BESIDE = (".srt", ".vtt")
MAX_BESIDE = 12  # files beside one film
_MARKUP = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}")


def all_cues(path: Path) -> list[Cue]:
    """The cues of every embedded track by time, each once."""
    found = {(cue.start_s, cue.stop_s, cue.text) for track in embedded(path) for cue in track.cues}
    return [Cue(*cue) for cue in sorted(found)]


def embedded(path: Path) -> tuple[Subtitles, ...]:
    """The tracks of text inside a film; pictures of text are none. Raises as `playing` does."""
    with playing(path) as container:
        tracks = [
            track
            for track in container.streams.subtitles
            if track.codec_context is not None and track.codec_context.name in TEXT_CODECS
        ]
        if not tracks:
            return ()
        start_s = start_of(container)
        found: dict[int, set[tuple[float, float, str]]] = {track.index: set() for track in tracks}
        for packet in packets(container, *tracks):
            cues_of_track = found[packet.stream.index]
            if packet.pts is None or not packet.duration or len(cues_of_track) >= MAX_CUES:
                continue
            begin_s = float(packet.pts * packet.time_base) - start_s
            end_s = begin_s + float(packet.duration * packet.time_base)
            if begin_s >= 0:
                cues_of_track.update((begin_s, end_s, text) for text in _texts(packet))
        return tuple(
            Subtitles(_name(track), tuple(Cue(*cue) for cue in sorted(found[track.index])))
            for track in tracks
            if found[track.index]
        )


def beside(path: Path) -> tuple[Subtitles, ...]:
    """The files beside a film that are named like it: film.srt, film.en.srt, film.pt-br.vtt."""
    found = []
    for name in sorted(_named_like(path))[:MAX_BESIDE]:
        try:
            with opened(path.with_name(name)) as file:
                said = cues(decoded(file.read(LIMIT)))
        except ExpectedError:
            continue  # unreadable subtitles are no fault of the film
        if said:
            called = name[len(path.stem) :].rpartition(".")[0].strip(". ")
            found.append(Subtitles(called, said))
    return tuple(found)


def _named_like(path: Path) -> Iterator[str]:
    stem = path.stem.lower() + "."
    try:
        with os.scandir(path.parent) as entries:
            for entry in entries:
                name = entry.name.lower()
                if name.startswith(stem) and name.endswith(BESIDE):
                    yield entry.name
    except OSError:
        return  # the folder can't be listed: then there is none


def _name(track: SubtitleStream) -> str:
    noted = track.metadata.get("title") or track.metadata.get("language", "")
    said = "".join(c for c in noted if c.isprintable()).strip()[:60]
    return "" if said == "und" else said


def _texts(packet: Packet[SubtitleStream]) -> Iterator[str]:
    import av

    try:
        said = packet.decode()
    except (av.error.InvalidDataError, av.error.EOFError):
        return  # one damaged cue
    for cue in said:
        if text := _plain(getattr(cue, "dialogue", b"") or b""):
            yield text


def _plain(said: bytes) -> str:
    text = said.decode(errors="replace").replace("\\N", " ").replace("\\n", " ").replace("\\h", " ")
    text = html.unescape(_MARKUP.sub("", text))
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
