"""The style sheet: corners, borders and spacing that a palette can't say."""

from __future__ import annotations

from string import Template

from nova_desktop.ui.look.tones import Tones

SHEET = Template("""
QToolTip { background: $base; color: $text; border: 1px solid $line; padding: 4px 6px; }
QSplitter::handle { background: $line; }
QMenuBar { background: $window; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $raised; color: $text; }
QMenu { background: $base; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 14px; border-radius: 5px; color: $text; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QAbstractScrollArea { background: $base; border: none; }
QAbstractScrollArea::corner { background: $base; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPushButton, QToolButton { background: transparent; border: 1px solid transparent;
  border-radius: 6px; padding: 6px 10px; color: $text; }
QToolButton { padding: 5px; }
QPushButton { background: $raised; border-color: $line; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selected; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $muted; }
QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent;
  padding: 9px 18px; font-weight: 600; }
QPushButton[small="true"] { padding: 6px 14px; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled { background: $raised; border-color: $line; color: $muted; }
QPushButton[line="true"] { background: transparent; border-color: transparent; color: $muted;
  text-align: right; }
QPushButton[hint="true"] { color: $accent; }
QPushButton[line="true"]:hover { background: $hover; color: $text; }
QPushButton[line="true"]:focus { border-color: $accent; }
QToolButton[chip="true"] { background: transparent; border: 1px solid $line; border-radius: 13px;
  padding: 4px 12px; color: $text; }
QToolButton[chip="true"]::menu-indicator { image: none; }
QToolButton[chip="true"]:hover { background: $hover; }
QToolButton[chip="true"]:checked { background: $selected; border-color: $accent; }
QToolButton[chip="true"]:focus { border-color: $accent; }
QFrame[part="true"] { background: $selected; border: 1px solid transparent; border-radius: 6px; }
QFrame[part="true"][minus="true"] { background: $raised; border: 1px dashed $warning; }
QFrame[part="true"] QToolButton { padding: 2px 4px; border-radius: 5px; }
QFrame[part="true"][minus="true"] QToolButton { color: $warning; }
QFrame[pill="true"] { background: transparent; border: 1px solid $line; border-radius: 13px; }
QFrame[pill="true"]:hover { background: $hover; }
QFrame[pill="true"][active="true"] { background: $selected; border-color: $accent; }
QFrame[pill="true"] QToolButton { border-radius: 12px; padding: 3px 8px; }
QFrame#popup { background: $base; border: 1px solid $line; border-radius: 8px; }
QFrame#searchBox { background: $base; border: 1px solid $line; border-radius: 10px; }
QFrame#searchBox[focused="true"] { border-color: $accent; }
QLineEdit { placeholder-text-color: $muted; }
QFrame#searchBox QLineEdit { background: transparent; border: none; padding: 0; color: $text;
  selection-background-color: $accent; selection-color: $on_accent; }
QFrame#side, QFrame#footer, QFrame#header { background: $window; }
QFrame#footer { border-top: 1px solid $line; }
QFrame#pane, QFrame#viewer, QFrame#viewerBar { background: $window; }
QFrame#viewerBar { border-bottom: 1px solid $line; }
QToolButton[menu="true"]::menu-indicator { image: none; width: 0; }
QToolButton:checked { background: $selected; }
QFrame#notice { background: $raised; border-bottom: 1px solid $line; }
QScrollArea[bare="true"], QScrollArea[bare="true"] > QWidget > QWidget { background: transparent; }
QListWidget { background: transparent; outline: none; }
QListWidget[framed="true"] { background: $base; border: 1px solid $line;
  border-radius: 6px; }
QListWidget[framed="true"]:focus { border-color: $accent; }
QListWidget[framed="true"]::item { padding: 4px 8px; color: $text; }
QListWidget[framed="true"]::item:hover { background: $hover; }
QListWidget[framed="true"]::item:selected { background: $selected; color: $text; }
QTreeView, QTableView { border: 1px solid $line; border-radius: 6px; outline: none; }
QTableView[results="true"] { border: none; border-radius: 0; }
QTreeView:focus, QTableView:focus, QScrollArea#checked:focus { border-color: $accent; }
QTreeView::item, QTableView::item { padding: 5px 8px; border: none; color: $text; }
QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QTreeView::item:selected, QTableView::item:selected { background: $selected; color: $text; }
QListView#groups { border: 1px solid $line; border-radius: 6px; outline: none; }
QListView#groups:focus { border-color: $accent; }
QListView#groups::item { padding: 5px 8px; border: none; color: $text; }
QListView#groups::item:hover { background: $hover; }
QListView#groups::item:selected { background: $selected; color: $text; }
QHeaderView { background: $base; border: none; }
QHeaderView::section { background: $base; color: $muted; border: none;
  border-bottom: 1px solid $line; padding: 6px 8px; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent;
  padding: 8px 4px; margin-right: 20px; color: $muted; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar:focus::tab:selected { color: $accent; }
QScrollArea#checked { border: 1px solid $line; border-radius: 6px; }
QWidget#checks { background: $base; }
QCheckBox::indicator:unchecked { width: 13px; height: 13px; border: 1px solid $muted;
  border-radius: 3px; background: $base; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: $accent;
  padding: 2px 6px; }
QPushButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:focus { border-color: $accent; }
QPushButton[danger="true"] { color: $warning; }
QPushButton[danger="true"]:disabled { color: $muted; }
QWidget#settingsPage { background: $base; }
QListWidget#settingsList { border: none; }
QListWidget#settingsList::item { padding: 0 10px; border-radius: 6px; color: $text; }
QListWidget#settingsList::item:hover { background: $hover; }
QListWidget#settingsList::item:selected { background: $selected; color: $text; }
QListWidget#settingsList::item:selected:focus { border: 1px solid $accent; }
QPlainTextEdit[field="true"] { background: $base; border: 1px solid $line; border-radius: 4px; }
QPlainTextEdit[field="true"]:focus { border-color: $accent; }
QRadioButton:focus { color: $accent; }
QRadioButton::indicator { width: 13px; height: 13px; border: 1px solid $muted;
  border-radius: 7px; background: $base; }
QRadioButton::indicator:checked { width: 7px; height: 7px; border: 4px solid $accent;
  background: $on_accent; }
QLineEdit[field="true"] { background: $base; border: 1px solid $line; border-radius: 4px; }
QLineEdit[field="true"]:focus { border-color: $accent; }
QFrame[rule="true"] { background: $line; border: none; max-height: 1px; }
QProgressBar[idle="true"] { background: transparent; }
QProgressBar[idle="true"]::chunk { background: transparent; }
QLabel[muted="true"] { color: $muted; }
QLabel[warning="true"] { color: $warning; }
QProgressBar { background: $raised; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def sheet(tones: Tones) -> str:
    """The style sheet in these tones."""
    return SHEET.substitute({name: getattr(tones, name) for name in tones.__slots__})
