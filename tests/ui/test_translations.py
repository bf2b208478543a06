"""The window in other languages: every text is there, whole, and shown; and it mirrors."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from defusedxml.ElementTree import parse
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from nova_desktop.errors import BadInput
from nova_desktop.grammar import parse as parse_question
from nova_desktop.model import Failure, Folder, FolderState, State
from nova_desktop.query import Answer
from nova_desktop.ui import wording
from nova_desktop.ui.look import words
from nova_desktop.ui.look.sentences import SENTENCES, sentence
from nova_desktop.ui.manners import language
from nova_desktop.ui.nova import paying
from tests.ui.fake_library import hits

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "resources" / "translations" / "nova_desktop_de.ts"
PLACEHOLDER = re.compile(r"\{\w+\}")


def collector() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def messages() -> Iterator[tuple[str, str, list[str], bool]]:
    """(context, text, its translations, whether it is finished)."""
    for context in parse(GERMAN).getroot().iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            assert said is not None
            forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
            yield (
                context.findtext("name", ""),
                message.findtext("source", ""),
                forms,
                said.get("type") != "unfinished",
            )


def test_every_text_of_the_window_is_there_for_translators():
    known = {(context, text) for context, text, _, _ in messages()}
    used = {(text.context, text.text): place for text, place in collector().texts()}
    assert {used[it] for it in used.keys() - known} == set()
    assert known - used.keys() == set()


def test_a_text_that_is_no_literal_is_refused(tmp_path):
    (tmp_path / "bad.py").write_text('tr("Context", "a" + b)')
    with pytest.raises(SystemExit, match=r"bad\.py:1"):
        list(collector().texts(tmp_path))


def test_every_text_is_said_in_german():
    assert [text for _, text, forms, done in messages() if not done or not all(forms)] == []


def test_what_stands_in_a_text_stands_in_its_translation():
    wrong = [
        text
        for _, text, forms, _ in messages()
        for form in forms
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(form))
        or text.count("&") != form.count("&")
        or text.count("\t") != form.count("\t")
    ]
    assert wrong == []


def test_a_text_with_a_number_has_a_form_for_one_and_one_for_more():
    counted = {(it.context, it.text) for it, _ in collector().texts() if it.numbered}
    forms = {(context, text): len(forms) for context, text, forms, _ in messages()}
    assert {it for it in counted if forms[it] != 2} == set()


def test_what_is_loaded_is_made_of_what_was_translated():
    ran = subprocess.run(
        [sys.executable, ROOT / "packaging" / "translate.py", "--check"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr


def test_no_two_entries_of_a_menu_have_one_key_in_german(german, build):
    window = build()
    for menu in (it.menu() for it in window.menuBar().actions()):
        keys = [_key(action) for action in menu.actions() if _key(action)]
        assert len(keys) == len(set(keys)), [action.text() for action in menu.actions()]
    keys = [_key(action) for action in window.menuBar().actions()]
    assert len(keys) == len(set(keys))


def _key(action: QAction) -> str:
    found = re.search(r"&(\w)", action.text().partition("\t")[0])
    return found[1].casefold() if found else ""


@pytest.fixture
def german(qtbot, qapp) -> Iterator[QApplication]:
    before = QLocale()
    language.use(qapp, "de")
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def test_numbers_days_and_money_are_written_as_in_german(german):
    assert words.number(1204) == "1.204"
    assert wording.date(86400 * 200) == "20. Juli 1970"
    assert wording.size(2_540) == "2,5 kB"
    assert paying.usd(1204.0) == "1.204,00 $"
    assert paying.usd(0.0736) == "0,0736 $"
    assert wording.files(1) == "1 Datei"
    assert wording.files(1204) == "1.204 Dateien"


def test_a_sentence_of_the_library_is_said_in_german_and_any_other_as_it_is(german):
    assert sentence("Paused: nothing is indexed until you resume.").startswith("Angehalten")
    assert sentence("Nobody has translated this.") == "Nobody has translated this."
    said = sentence("There is no folder /a b. Check its name, or plug in its drive.")
    assert said.startswith("Es gibt keinen Ordner /a b. Prüfen")
    both = sentence("Try other words, or fewer filters. Sounds are odd. You left it out.")
    assert both.startswith("Versuchen Sie andere Wörter")
    assert both.endswith("Sounds are odd. Sie haben es ausgelassen.")


def test_every_sentence_of_the_library_that_is_known_is_still_said_there():
    sources = "".join(
        _joined(path)
        for path in sorted((ROOT / "nova_desktop").rglob("*.py"))
        if path.name != "sentences.py"
    )
    gone = []
    for _, text in SENTENCES:
        pieces = [piece for piece in PLACEHOLDER.split(text) if len(piece.strip(" .“”:,()$")) > 12]
        gone += [text for piece in pieces if piece.strip(" .“”$") not in sources]
    assert gone == []


def _joined(path: Path) -> str:
    """The source with literals that go over lines as one."""
    return re.sub(r"[\"']\s*\n\s*f?[\"']", "", path.read_text("utf-8"))


def test_constants_are_said_in_the_language_of_the_moment(german):
    assert wording.KIND["image"] == "Foto"
    for translator in german.findChildren(QTranslator):
        german.removeTranslator(translator)
    assert wording.KIND["image"] == "Photo"


def test_a_german_window_says_nothing_in_english(german, qtbot, build, library):
    library.folders = [
        Folder(Path("/a"), FolderState.WATCHING, {State.INDEXED: 1204, State.FAILED: 2}),
        Folder(Path("/b"), FolderState.OFFLINE, {State.OFFLINE: 1}),
    ]
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window = build()
    with qtbot.waitSignal(window.link.status_known):
        window.open(lambda: library)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.found)
    for open_dialog in (window.menus.failures, window.menus.settings, window.menus.library):
        open_dialog.trigger()
    english = {text for _, text, forms, _ in messages() if text not in forms}
    said = set(_said(window))
    assert "Bibliothek" in {text.replace("&", "") for text in said}
    assert said & english == set()


def test_every_mistake_in_a_form_is_said_in_german(german):
    for typed in (
        "date:frob date:2024,2025 dur:frob dur:5m..1m rating:9 rating:4 rating:5 sort:frob",
        "type:frob -sort:newest ext:a/b near:Rome~far near:99,999 like:a.mp4@9..2 dog^9999",
        '"night at sea"^2',
    ):
        mistakes = [str(mistake) for mistake in parse_question(typed, 0.0, lenient=True).mistakes]
        assert mistakes
        assert [said for said in mistakes if sentence(said) == said] == []


def test_what_the_library_says_is_german_wherever_it_is_shown(german, qtbot, build, library):
    refused = "“cat.jpg” is damaged or incomplete; replace it with a good copy."
    library.folders = [Folder(Path("/a"), FolderState.WATCHING, {State.FAILED: 1})]
    library.failed = [Failure(Path("/a/dog.jpg"), "Nova Desktop does not read this kind of file.")]
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02, "Found by words alone.")
    library.previews[Path("/a/cat.jpg")] = BadInput(refused)
    window = build()
    window.questions._mistake.setInterval(0)
    with qtbot.waitSignal(window.link.status_known):
        window.open(lambda: library)
    window.search_box.line.setText("cat rating:9 ")
    qtbot.waitUntil(window.mistake.isVisible)
    assert window.mistake.text().startswith("Eine Bewertung ist eine Zahl von 1 bis 5")
    qtbot.waitUntil(window.found.note.isVisible)
    assert window.found.note.text() == "Nur durch Wörter gefunden."
    window.found.choose(0)
    trouble = window.preview.details.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert trouble.text().startswith("„cat.jpg“ ist beschädigt oder unvollständig")
    window.menus.failures.trigger()
    files = window.verbs.library_dialog().failures.files
    qtbot.waitUntil(lambda: files.rowCount() == 1)
    assert files.index(0, 1).data() == "Nova Desktop liest Dateien dieser Art nicht."
    files.narrow("liest nicht")
    assert files.rowCount() == 1


def _said(root: QWidget) -> Iterator[str]:
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
    for action in root.findChildren(QAction):
        yield action.text().partition("\t")[0]


def test_a_language_nobody_translated_stays_english(qtbot, qapp, monkeypatch):
    before = QLocale()
    monkeypatch.setattr(language.QLocale, "system", lambda: QLocale("fr_FR"))
    try:
        assert language.use(qapp, "").language() is QLocale.Language.English
        assert not qapp.findChildren(QTranslator) or wording.KIND["image"] == "Photo"
        assert words.number(1204) == "1,204"
    finally:
        QLocale.setDefault(before)


def test_the_systems_region_counts_where_it_speaks_the_language(qtbot, qapp, monkeypatch, german):
    monkeypatch.setattr(language.QLocale, "system", lambda: QLocale("de_CH"))
    assert language.use(qapp, "de").territory() is QLocale.Country.Switzerland
    assert language.use(qapp, "").language() is QLocale.Language.German


def test_from_right_to_left_the_window_is_its_mirror(qtbot, qapp, build, library):
    library.folders = [Folder(Path("/a"), FolderState.WATCHING, {State.INDEXED: 1})]
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = build()
        with qtbot.waitSignal(window.link.status_known):
            window.open(lambda: library)
        qtbot.waitUntil(lambda: window.folders.isVisible())

        def at(widget: QWidget) -> int:
            return widget.mapTo(window, widget.rect().center()).x()

        assert at(window.folders) > at(window.preview)
        assert at(window.footer.bar) > at(window.footer.about_engine)
        assert at(window.search_box) > 0
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
