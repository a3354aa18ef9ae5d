"""What the pages of the settings have in common: a title, a sentence, and fields in a column of readable width."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.core.settings import Setting, Settings
from app.ui.retranslate import Retranslated
from app.ui.settings.field_message import FieldMessage
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Label, Title

WIDEST = 800


class Page(Retranslated):
    """One page. Subclasses add to `column` and set all words in `retranslate`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Title()
        self._about = Label(size=Type.BODY, ink="text2", wrap=True)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.S16)
        head = QVBoxLayout()
        head.setSpacing(Space.S2)
        head.addWidget(self._title)
        head.addWidget(self._about)
        self.column.addLayout(head)
        around = QHBoxLayout(self)
        around.setContentsMargins(Space.S32, Space.S24, Space.S32, Space.S24)
        around.addWidget(self._inside, 100)
        around.addStretch(1)
        theme().changed.connect(self._bound)
        self._bound()

    def _bound(self) -> None:
        self._inside.setMaximumWidth(theme().px(WIDEST))

    def set_head(self, title: str, about: str) -> None:
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))


def field(caption: Caption, *controls: QWidget, notice: FieldMessage | None = None) -> QVBoxLayout:
    """A caption close above its control, or above several in a row, and below them what is to be said of it."""
    column = QVBoxLayout()
    column.setSpacing(Space.S4)
    column.addWidget(caption)
    if len(controls) == 1:
        column.addWidget(controls[0])
    else:
        column.addWidget(ResponsiveRow(*controls, gap=Space.S8, grow=(1, *(0,) * (len(controls) - 1))))
    if notice is not None:
        column.addWidget(notice)
    return column


def cover(line: LineField, covered: bool) -> None:
    """Dots instead of what is in a field that can still be typed into, for a wall on which many read it."""
    line.setEchoMode(QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal)


def follow(settings: Settings, shows: Mapping[Setting[Any], Callable[[Any], None]]) -> None:
    """Show what is set, now and whenever somebody sets it anew."""
    for setting, show in shows.items():
        show(settings.get(setting))
        settings.watch(setting, show)


def show_ticked(box: QAbstractButton, on: bool) -> None:
    """Show a tick or a switch as it is set; nothing is announced."""
    blocked = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(blocked)
    box.update()


def show_whole(shown: QWidget) -> None:
    """Scroll the page so that all of a widget on it is seen."""
    around = shown.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(shown, 0, Space.S16)


def alone(control: QWidget) -> QVBoxLayout:
    """A control that brings its caption along, where a field is asked for."""
    column = QVBoxLayout()
    column.addWidget(control)
    return column


def pair(left: QBoxLayout, right: QBoxLayout) -> ResponsiveRow:
    """Two fields side by side, equally wide."""
    return ResponsiveRow(left, right, gap=20)


def head(heading: Label, *parts: QWidget) -> ResponsiveRow:
    """A heading with what can be done at its right, or below it."""
    return ResponsiveRow(
        heading, ResponsiveRow(*parts, gap=Space.S8, grow=(0,) * len(parts)), gap=Space.S8, grow=(1, 0)
    )
