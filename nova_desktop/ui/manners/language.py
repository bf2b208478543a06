"""The window's language: our translation with Qt's own, before anything is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from nova_desktop.settings import resource

SOURCE = QLocale.Language.English  # what the texts are written in


def use(app: QCoreApplication, chosen: str) -> QLocale:
    """Says all in the `chosen` language, "" for the system's; gives the locale.

    Where there is no translation it stays English; dates and numbers follow the system's region
    as far as that speaks the language. Loads nothing for English.
    """
    locale = QLocale.system()
    if chosen and QLocale(chosen).language() is not locale.language():
        locale = QLocale(chosen)
    if locale.language() is QLocale.Language.C:  # no language at all: what we write in
        return locale
    if locale.language() is not SOURCE and not _ours(app, locale):
        locale = QLocale(SOURCE)  # numbers of one language in sentences of another would confuse
    if locale.language() is not SOURCE:
        _qts(app, locale)
    QLocale.setDefault(locale)
    return locale


def _ours(app: QCoreApplication, locale: QLocale) -> bool:
    mine = QTranslator(app)
    folder = str(resource("translations"))
    return mine.load(locale, "nova_desktop", "_", folder) and app.installTranslator(mine)


def _qts(app: QCoreApplication, locale: QLocale) -> None:
    """What Qt says itself: OK, Cancel, the file dialog."""
    theirs = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if theirs.load(locale, "qtbase", "_", folder):
        app.installTranslator(theirs)
