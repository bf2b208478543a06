"""What is said of results besides `wording`: tooltips, moments, days and sums."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QDateTime, QLocale

from nova_desktop.model import Span, Unit
from nova_desktop.query import Finder, Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import noop, tr, trn

FINDERS = {
    Finder.DEVICE: noop("Results", "this device"),
    Finder.CLOUD: noop("Results", "Amazon Nova"),
    Finder.REMOTE: noop("Results", "the shared library"),
}
COPIES = 5  # that a tooltip names
AHEAD = 24  # characters before the first marked word that fit into a line with it
BEFORE = 8  # of them that are kept where they do not


def day(taken_s: float) -> str:
    """The day in local time, short; "" where the platform can't place it."""
    if abs(taken_s) > 1e11:  # some thousand years from now: a date that was misread
        return ""
    when = QDateTime.fromMSecsSinceEpoch(int(taken_s * 1000))
    locale = QLocale()
    if locale.language() is QLocale.Language.C:  # its short format is one that nobody writes
        return QLocale(QLocale.Language.English).toString(when.date(), "d MMM yyyy")
    return locale.toString(when.date(), QLocale.FormatType.ShortFormat)


def chip(span: Span, number: int) -> str:
    """A moment in one short word; `number` counts passages, which have no clock."""
    return wording.moment(span) or tr("Results", "passage {n}", n=number)


def marked(text: str, terms: Iterable[str]) -> str:
    """As rich text, with the words of the question bold."""
    said, end = [], 0
    for start, stop in wording.marks(text, terms):
        said += [html.escape(text[end:start]), f"<b>{html.escape(text[start:stop])}</b>"]
        end = stop
    return "".join([*said, html.escape(text[end:])])


def why(hit: Hit, terms: Sequence[str]) -> str:
    """The best reason in one line, begun where the first word of the question can be seen."""
    if not hit.why:
        return ""
    reason = hit.why[0]
    found = wording.marks(reason.text, terms)
    if found and found[0][0] > AHEAD:
        start = reason.text.rfind(" ", 0, found[0][0] - BEFORE) + 1
        reason = replace(reason, text=f"…{reason.text[start:]}") if start else reason
    return wording.why(reason)


def tooltip(hit: Hit, terms: Sequence[str], gone: str = "") -> str:
    """All about a result, as rich text: why it matched, where it is, what it is found by."""
    lines = [f"<b>{html.escape(wording.name_of(hit.path))}</b>"]
    if gone:
        lines.append(html.escape(gone))
    if hit.elsewhere:
        where = wording.shown(hit.elsewhere)
        lines.append(html.escape(tr("Results", "On another computer: {where}", where=where)))
    elif hit.offline:
        folder = wording.shown(str(hit.path.parent))
        said = tr(
            "Results", "Not connected now. Connect the drive that holds {folder}.", folder=folder
        )
        lines.append(html.escape(said))
    lines += [marked(wording.why(reason), terms) for reason in hit.why]
    if hit.match:
        lines.append(html.escape(wording.MATCH[hit.match]))
    if hit.moments and hit.span and hit.span.unit is not Unit.CHARACTERS:
        spans = sorted((hit.span, *hit.moments), key=lambda span: span.start)
        said = ", ".join(chip(span, n) for n, span in enumerate(spans, 1))
        lines.append(html.escape(tr("Results", "Moments: {moments}", moments=said)))
    if hit.found_by:
        names = " + ".join(tr(*FINDERS[one]) for one in Finder if one in hit.found_by)
        lines.append(html.escape(tr("Results", "Found by {engines}", engines=names)))
    if not hit.elsewhere:  # it lies at no path here
        lines.append(html.escape(wording.shown(str(hit.path))))
    for copy in hit.copies[:COPIES]:
        said = tr("Results", "Also {path}", path=wording.shown(str(copy)))
        lines.append(html.escape(said))
    if len(hit.copies) > COPIES:
        said = trn("Results", "and {n} more", None, len(hit.copies) - COPIES)
        lines.append(html.escape(said))
    if hit.alike:
        lines.append(html.escape(wording.alike(hit)))
    return "<br>".join(lines)


def selected(number: int, size_bytes: int | None) -> str:
    """3 selected · 12 MB."""
    said = trn("Results", "{n} selected", None, number)
    if size_bytes is None:
        return said
    return f"{said} · {wording.size(size_bytes)}"
