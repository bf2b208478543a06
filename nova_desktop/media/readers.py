"""The Readers there are: a modality is one file and one line here."""

from __future__ import annotations

from nova_desktop.model import Modality
from nova_desktop.ports import Reader


def readers(segment_s: float, ffmpeg: str) -> dict[Modality, Reader]:
    """One Reader a modality. `segment_s`: of video and audio; `ffmpeg`: a path, or ""."""
    # Imported here, so that naming the package does not load every decoder's module.
    from nova_desktop.media.audio import AudioReader
    from nova_desktop.media.document import DocumentReader
    from nova_desktop.media.image import ImageReader
    from nova_desktop.media.text import TextReader
    from nova_desktop.media.video import VideoReader

    return {
        Modality.IMAGE: ImageReader(),
        Modality.VIDEO: VideoReader(segment_s=segment_s, ffmpeg=ffmpeg),
        Modality.AUDIO: AudioReader(segment_s=segment_s, ffmpeg=ffmpeg),
        Modality.DOCUMENT: DocumentReader(),
        Modality.TEXT: TextReader(),
    }
