"""Keys of the user's own: which actions have some, and what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from nova_desktop.settings import keys_of

if TYPE_CHECKING:
    from nova_desktop.ui.menus import Menus

PORTABLE = QKeySequence.SequenceFormat.PortableText
FIRST = "first keys"  # a property of an action: those that it came with


def editable(menus: Menus) -> dict[str, QAction]:
    """The actions of the menus by their names; without those that a part of the window handles."""
    return {
        name: action
        for name, action in vars(menus).items()
        if isinstance(action, QAction) and action.menu() is None and "\t" not in action.text()
    }


def first_keys(action: QAction) -> str:
    """What an action came with, as settings say it."""
    kept = action.property(FIRST)
    return str(kept) if kept is not None else keys_now(action)


def keys_now(action: QAction) -> str:
    """What does it now, as settings say it; "" when no key does."""
    return action.shortcut().toString(PORTABLE)


def apply(menus: Menus, shortcuts: tuple[str, ...]) -> None:
    """Gives every action the keys of the settings, or those that it came with."""
    wanted = keys_of(shortcuts)
    for name, action in editable(menus).items():
        if action.property(FIRST) is None:
            action.setProperty(FIRST, keys_now(action))
        keys = wanted.get(name, first_keys(action))
        if keys != keys_now(action):
            action.setShortcut(QKeySequence.fromString(keys, PORTABLE))


def written(menus: Menus, keys: Mapping[str, str], kept: tuple[str, ...]) -> tuple[str, ...]:
    """The setting for these keys: only what differs; what other programs' versions say stays."""
    actions = editable(menus)
    others = {name: held for name, held in keys_of(kept).items() if name not in actions}
    ours = {name: held for name, held in keys.items() if held != first_keys(actions[name])}
    return tuple(f"{name}={held}" for name, held in sorted((others | ours).items()))


def plain(action: QAction) -> str:
    """What it is called, without the mark of its letter."""
    return action.text().replace("&", "").rstrip("…")
