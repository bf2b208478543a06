"""The small bar under a picture or a page: how near it is, and which page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.words import number, tr
from nova_desktop.ui.preview.canvas import STEP, Canvas
from nova_desktop.ui.preview.keys import right_to_left
from nova_desktop.ui.preview.stage import Stage


class ZoomBar(QWidget):
    """Shown while there is a picture that can be looked into."""

    def __init__(self, stage: Stage, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage, self._canvas = stage, canvas
        left, right = ("forward", "back") if right_to_left() else ("back", "forward")
        self.before = IconButton(left, tr("Viewer", "The page before"), keys="Page Up")
        self.page = QLabel()
        self.after = IconButton(right, tr("Viewer", "The next page"), keys="Page Down")
        self.smaller = IconButton("smaller", tr("Viewer", "Zoom out"), keys="-")
        self.scale = QLabel()
        self.larger = IconButton("larger", tr("Viewer", "Zoom in"), keys="+")
        self.fit = IconButton("fit", tr("Viewer", "Fit in the window"), keys="0")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        self._paging = (self.before, self.page, self.after)
        for widget in (self.before, self.page, self.after):
            row.addWidget(widget)
        row.addSpacing(16)
        for widget in (self.smaller, self.scale, self.larger, self.fit):
            row.addWidget(widget)
        row.addStretch(1)
        for label in (self.page, self.scale):
            label.setProperty("muted", True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.scale.setMinimumWidth(48)
        self.before.clicked.connect(lambda: stage.turn(-1))
        self.after.clicked.connect(lambda: stage.turn(1))
        self.smaller.clicked.connect(lambda: canvas.zoom_by(1 / STEP))
        self.larger.clicked.connect(lambda: canvas.zoom_by(STEP))
        self.fit.clicked.connect(canvas.fit)
        for signal in (canvas.zoomed, stage.loaded, stage.known, stage.moved):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self, _: object = None) -> None:
        """Says what is so now."""
        stage, canvas = self._stage, self._canvas
        zooms = canvas.can_zoom and not canvas.image.isNull() and not canvas.isHidden()
        page, pages = stage.page(), stage.pages()
        self.setVisible(zooms or page is not None)
        for widget in self._paging:
            widget.setVisible(page is not None)
        for widget in (self.smaller, self.scale, self.larger, self.fit):
            widget.setVisible(zooms)
        if page is not None:
            self.page.setText(
                tr("Viewer", "Page {page} of {pages}", page=number(page), pages=number(pages))
                if pages
                else tr("Viewer", "Page {page}", page=number(page))
            )
            self.before.setEnabled(page > 1)
            self.after.setEnabled(page < pages)
        # Of a page nobody knows how large it is on paper: what fits is its whole size.
        whole = canvas.fitted() if canvas.pages else 1.0
        self.scale.setText(f"{round(100 * canvas.scale_now() / max(1e-6, whole))} %")
        self.fit.setEnabled(canvas.scale is not None)
        self.smaller.setEnabled(canvas.scale is not None or canvas.scale_now() > whole)
