"""Asks the library about labels and groups, and for the pictures in their lists."""

from __future__ import annotations

from pathlib import Path

from nova_desktop.ui.asking import Asking
from nova_desktop.ui.labels.pictured import PICTURE, PicturedList, fitted


class LabelAsking(Asking):
    """For the Qt thread."""

    def picture(self, path: Path, into: PicturedList) -> None:
        """Shows it in the list; its place stays empty where there is none."""
        ratio = into.devicePixelRatioF()
        self.preview(
            f"{id(into)} {path}",
            path,
            round(2 * PICTURE.width() * ratio),
            lambda _, image: fitted(image, ratio),
            lambda found: into.show_picture(path, found),
        )
