"""The main window: joins its parts, and decides which of them is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from nova_desktop.errors import REPAIR, BadInput, ExpectedError, Lost
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.parts import Parts

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.events import Event
    from nova_desktop.model import Status
    from nova_desktop.query import Answer, Hit, Query
    from nova_desktop.ui.manners.manners import Manners


class Window(Parts):
    """Shows and asks; the library decides. Works, as far as it can, before `open` was called."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.status: Status | None = None
        self.answer: Answer | None = None
        self._question: Query | None = None  # that `answer` is to
        self._finished = False
        self.manners: Manners | None = None  # once the desktop around is minded

    def finish(self) -> None:
        """Builds what is not seen at first, and connects all parts."""
        from nova_desktop.ui.settings.joining import Joining
        from nova_desktop.ui.start.starting import Starting

        self.make_parts()
        self.starting = Starting(self)
        self.settings = Joining(self)
        self._connect_parts()
        self._connect_menus()
        self.setAcceptDrops(True)
        self._finished = True
        self.questions.ask()  # what was typed meanwhile, or everything

    def open(self, connect: Callable[[], LibraryCalls]) -> None:
        """Opens the library, off the Qt thread."""
        self._connect = connect
        self.link.open(connect)

    def shutdown(self) -> None:
        """Ends everything that runs; nothing is left when it returns."""
        if not self._finished:
            return
        self.preview.end()
        self.showing.end()
        self.verbs.end()
        self.chosen.flush()
        self.link.close()
        self.tasks.close()
        self.found.close_all()

    def _answered(self, answer: Answer) -> None:
        again = self.answer is not None and self.search.query == self._question
        self._forget_answer()
        self.answer = answer
        self.count.say(wording.found(answer))
        text = self.search_box.asked().text
        self.results.show_answer(answer, self.search.query, again, text)
        self._question = self.showing.query = self.search.query
        self._show_page()

    def _refused(self, error: ExpectedError) -> None:
        from nova_desktop.ui.look.sentences import sentence  # not before the first paint

        if isinstance(error, Lost):
            return  # it is opened again by itself, and asked again then
        self._forget_answer()
        self.found.clear()
        if isinstance(error, BadInput):
            heading = tr("States", "That can't be searched for")
        else:
            heading = tr("States", "Not just now")
        self.trouble.say(heading, sentence(str(error)), tr("States", "Try again"))
        self.pages.setCurrentWidget(self.trouble)

    def _emptied(self) -> None:
        self._forget_answer()
        self.found.clear()
        self._show_page()

    def _forget_answer(self) -> None:
        self._late.stop()
        self.answer = None
        self.count.say("")

    def _show_page(self) -> None:
        answer, status = self.answer, self.status
        bare = self.questions.is_bare()
        if answer and answer.hits:
            page: QWidget = self.found
        elif answer and not bare:
            page = self.nothing
            widenings = self.questions.widenings()
            text = wording.advice(answer, bool(widenings), self.footer.indexing())
            everything = tr("States", "Search everything") if widenings else ""
            self.nothing.say(tr("States", "No close matches"), text, everything)
            self.nothing.offer([(it.text, it.drop) for it in widenings])
        elif status and (start := self.starting.wanted(status)):
            page = start
        elif status and not status.folders:
            page = self.invitation
        elif self.pages.currentWidget() is self.trouble and (self.search.query or not status):
            page = self.trouble
        else:
            page = self.hint
        self.pages.setCurrentWidget(page)
        useful = page not in (self.invitation, self.starting.page)
        self.preview.setVisible(useful and self.menus.preview.isChecked())
        for part in (self.side, self.filters, self.controls):
            part.setVisible(useful)
        if not useful:
            self.count.say("")

    def _opened(self, library: LibraryCalls) -> None:
        self.found.use(library)
        self.preview.use(library, self.tasks)
        self.showing.use(library)
        self.questions.use(library)
        self.completing.use(library)
        self.keeping.use(library)
        self.search.use(library)
        for action in self.menus.of_library():
            action.setEnabled(True)
        self.pages.setCurrentWidget(self.hint)  # what kept it from opening is over
        self._show_page()

    def _unreachable(self, error: ExpectedError) -> None:
        from nova_desktop.ui.look.sentences import sentence  # not before the first paint

        self.footer.say(tr("States", "The library is not open"))
        self.trouble.say(
            tr("States", "The library can't be opened"),
            sentence(str(error)),
            tr("States", "Try again"),
            tr("States", "The settings can check and repair it, on the page of storage.")
            if REPAIR in str(error)
            else "",
        )
        self.pages.setCurrentWidget(self.trouble)

    def _try_again(self) -> None:
        if self.link.library is None:
            self.pages.setCurrentWidget(self.hint)
            self.open(self._connect)
        else:
            self.search.again()

    def _status(self, status: Status) -> None:
        self.status = status
        self.footer.show_status(status)
        if status.further:
            self.link.ask_spent()
        self.folders.show_folders(status.folders)
        self._show_page()
        self.verbs.refresh_library()
        self.verbs.refresh_sending()
        self.questions.refresh_facets()

    def _heard(self, events: tuple[Event, ...]) -> None:
        from nova_desktop.events import (  # not before it is painted
            Idle,
            Indexed,
            NewMatches,
            Notice,
        )
        from nova_desktop.ui.look.sentences import sentence  # not before the first paint

        for event in events:
            if isinstance(event, Notice):
                self.notice.say(sentence(wording.shown(event.text)))

        if any(isinstance(event, NewMatches) for event in events):
            self.keeping.refresh()
        self.footer.hear(events)
        paused = self.footer.paused()
        self.menus.pause.setText(
            tr("Menus", "&Resume indexing") if paused else tr("Menus", "&Pause indexing")
        )
        if any(isinstance(event, Idle) for event in events):
            self.search.again()
        elif any(isinstance(event, Indexed) for event in events):
            self.search.more()

    def _chosen(self, hit: Hit | None) -> None:
        if hit is None:
            self.preview.clear()
        elif self.menus.preview.isChecked() and not self.showing.is_open():
            self.preview.show_hit(hit, self.search.query)

    def _toggle_preview(self, on: bool) -> None:
        self.preview.setVisible(on)
        self.preview.clear()
        if on and (hit := self.found.hit()):
            self._chosen(hit)

    def _to_results(self) -> None:
        if self.pages.currentWidget() is self.found:
            if self.found.hit() is None:
                self.found.choose(0)
            self.found.view().setFocus()

    def _type_on(self, letter: str) -> None:
        """A letter typed among the results goes on with the question."""
        self.search_box.setFocus()
        self.search_box.line.insert(letter)

    def _count(self, said: str) -> None:
        """How many results, or how many of them are chosen."""
        self.count.say(said or (wording.found(self.answer) if self.answer else ""))

    def _choose_recents(self, keep: bool) -> None:
        self.completing.recents.on = keep
        if not keep:
            self.completing.recents.forget()

    def _say_mistake(self, text: str) -> None:
        from nova_desktop.ui.look.sentences import sentence  # not before the first paint

        self.mistake.say(sentence(text))
        self.mistake.setVisible(bool(text))

    def _show_folder(self) -> None:
        """The list of folders and the chip of folders say the same, where they can."""
        folders = self.filters.narrowing().folders
        self.folders.choose(folders[0] if len(folders) == 1 else None)

    def _find(self) -> None:
        self.search_box.setFocus()
        self.search_box.line.selectAll()
        self.completing.show_recents()

    def _connect_parts(self) -> None:
        self.link.opened.connect(self._opened)
        self.link.unreachable.connect(self._unreachable)
        self.link.refused.connect(self.verbs.tell)
        self.link.status_known.connect(self._status)
        self.link.spent_known.connect(self.footer.nova.show_spent)
        self.link.heard.connect(self._heard)
        self.search.asked.connect(self._late.start)
        self.search.answered.connect(self._answered)
        self.search.refused.connect(self._late.stop)
        self.search.refused.connect(self.completing.refuse)
        self.completing.refused.connect(self._refused)
        self.search.answered.connect(self.completing.forget_refusal)
        self.search.emptied.connect(self._emptied)
        self._late.timeout.connect(lambda: self.count.say(tr("Results", "Searching…")))
        self.questions.mistaken.connect(self._say_mistake)
        self.keeping.refused.connect(self.verbs.tell)
        self.keeping.savable.connect(self.menus.save_search.setEnabled)
        self.menus.save_search.setEnabled(False)
        self.chosen.changed.connect(lambda _, now: self._choose_recents(now.keep_searches))
        self._choose_recents(self.chosen.now.keep_searches)
        self.questions.facets_known.connect(self.completing.show_facets)
        self.search_box.pasted.connect(self.verbs.drop)
        self.search_box.left.connect(self._to_results)
        self.search_box.parts.crowded.connect(self.verbs.say_crowded)
        self.filters.changed.connect(self._show_folder)
        self.folders.chosen.connect(lambda: self.filters.choose_folder(self.folders.path()))
        self.folders.add_asked.connect(self.verbs.ask_for_folder)
        self.folders.rescan_asked.connect(self.verbs.rescan)
        self.folders.remove_asked.connect(self.verbs.remove_folder)
        self.folders.folder_asked.connect(self.verbs.with_folder)
        self.folders.reveal_asked.connect(self.verbs.reveal)
        self.invitation.pressed.connect(self.verbs.ask_for_folder)
        self.nothing.pressed.connect(self.questions.widen)
        self.trouble.pressed.connect(self._try_again)
        self.found.chosen.connect(self._chosen)
        self.found.typed.connect(self._type_on)
        self.found.left.connect(self._find)
        self.results.viewed.connect(self.showing.view)
        self.results.counted.connect(self._count)
        self.results.sort_chosen.connect(self.questions.choose_sort)
        self.results.fold_chosen.connect(self.questions.fold)
        self.preview.opened.connect(lambda hit: self.result_verbs.open([hit]))
        self.preview.revealed.connect(lambda hit: self.verbs.reveal(hit.path))
        self.preview.similar.connect(self.result_verbs.search_by)
        self.preview.viewed.connect(self.showing.view)
        self.preview.stepped.connect(self.found.step)
        self.preview.clip_revealed.connect(self.verbs.reveal)
        self.showing.ended.connect(lambda: self._chosen(self.found.hit()))
        self.footer.pause_asked.connect(self.verbs.pause)
        self.footer.resume_asked.connect(self.verbs.resume)
        self.footer.failures_asked.connect(self.verbs.show_failures)
        self.footer.sending_asked.connect(self.menus.sending.trigger)
        self.footer.engine_asked.connect(lambda: self.verbs.about_engine(self.status))

    def _connect_menus(self) -> None:
        menus, verbs = self.menus, self.verbs
        menus.add_folder.triggered.connect(verbs.ask_for_folder)
        menus.rescan.triggered.connect(verbs.rescan)
        menus.start.triggered.connect(self.starting.resume)
        self.starting.changed.connect(self._show_page)
        menus.pause.triggered.connect(lambda: self.footer.toggle())
        menus.library.triggered.connect(verbs.show_library)
        menus.activity.triggered.connect(verbs.show_activity)
        menus.failures.triggered.connect(verbs.show_failures)
        menus.labels.triggered.connect(lambda: verbs.show_labels(self.result_verbs))
        verbs.searches_changed.connect(self.keeping.refresh)
        menus.duplicates.triggered.connect(lambda: verbs.show_duplicates(self.result_verbs))
        menus.sharing.triggered.connect(lambda: verbs.show_sharing(self.settings.show))
        verbs.sending_asked.connect(lambda it: verbs.show_sending_of(self.settings_file, it))
        menus.sending.triggered.connect(self.footer.nova.seen)
        menus.sending.triggered.connect(lambda: verbs.show_sending(self.settings_file))
        menus.settings.triggered.connect(self.settings.show)
        menus.quit.triggered.connect(self.quit)
        menus.find.triggered.connect(self._find)
        menus.paste.triggered.connect(verbs.paste)
        menus.clear.triggered.connect(self.search_box.clear)
        menus.save_search.triggered.connect(self.keeping.name)
        menus.results.play.triggered.connect(self.showing.play)
        menus.preview.toggled.connect(self._toggle_preview)
        for theme, action in menus.themes.items():
            action.triggered.connect(lambda _=False, theme=theme: self.set_theme(theme))
        menus.engine.triggered.connect(lambda: verbs.about_engine(self.status))
        menus.about.triggered.connect(verbs.about)
        QApplication.styleHints().colorSchemeChanged.connect(lambda: self.set_theme(self.theme))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # A result that is let go of where it came from is not to be searched by.
        ours = event.source() is self.found.view()
        if not ours and (would := self.verbs.would(event.mimeData())):
            event.acceptProposedAction()
            self.overlay.say(would)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.overlay.hide()
        event.acceptProposedAction()
        self.verbs.drop(event.mimeData())

    def stop_playing(self) -> None:
        super().stop_playing()
        if self._finished:
            self.showing.stop()
