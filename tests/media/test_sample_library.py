"""The sample library that ships: each still in it is read by the Reader that its bytes name."""

from pathlib import Path

import pytest

from nova_desktop.media.document import DocumentReader
from nova_desktop.media.image import ImageReader
from nova_desktop.media.sniff import sniff
from nova_desktop.media.text import TextReader
from nova_desktop.model import Modality
from nova_desktop.ports import Reader
from nova_desktop.settings import resource
from tests.contracts.reader import LIMITS, check_pieces, check_reading

READERS: dict[Modality, Reader] = {
    Modality.IMAGE: ImageReader(),
    Modality.DOCUMENT: DocumentReader(),
    Modality.TEXT: TextReader(),
}
FOLDERS = {
    "photos": Modality.IMAGE,
    "documents": Modality.DOCUMENT,
    "notes": Modality.TEXT,
    "speech": Modality.AUDIO,
    "sounds": Modality.AUDIO,
    "videos": Modality.VIDEO,
}
FILES = sorted(path for name in FOLDERS for path in (resource("sample") / name).rglob("*.*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_is_what_its_folder_says_and_is_read(path: Path) -> None:
    modality = sniff(path)
    assert modality
    if path.parent.name == "documents" and path.suffix in (".txt", ".md"):
        assert modality is Modality.TEXT
    else:
        assert modality is FOLDERS[path.parent.name]
    reader = READERS.get(modality)
    if reader is None:
        return  # sound and film have Readers and tests of their own
    reading = reader.read(path)
    check_reading(reading, modality)
    pieces = reader.encode(path, reading.chunks[0], LIMITS)
    assert pieces
    check_pieces(pieces, reading.chunks[0], LIMITS)


def test_the_library_holds_every_kind_of_still() -> None:
    assert {sniff(path) for path in FILES} >= set(READERS)
