"""What Qt has to say goes to the program's log, not to the terminal."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

LOG = logging.getLogger(__name__)

# Qt warns of what its users can do nothing about: no audio server, a plugin without size hints.
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.WARNING,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def start() -> None:
    """From now on, from any thread."""
    qInstallMessageHandler(_log)


def stop() -> None:
    """As Qt does it by itself."""
    qInstallMessageHandler(None)


def _log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    LOG.log(LEVELS[kind], "%s: %s", context.category or "qt", text)
