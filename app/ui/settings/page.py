"""The base of the settings pages, and functions that lay out their fields and bind them to settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.core.settings import Setting, Settings
from app.ui.retranslate import Retranslated
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.field_message import FieldMessage
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Label, Title

MAX_PAGE_WIDTH = 800


class Page(Retranslated):
    """A page with a title, a description and fields. Subclasses add to `column` and set texts in `retranslate`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Title()
        self._description = Label(size=Type.BODY, ink="text2", wrap=True)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.S16)
        head = QVBoxLayout()
        head.setSpacing(Space.S2)
        head.addWidget(self._title)
        head.addWidget(self._description)
        self.column.addLayout(head)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.S32, Space.S24, Space.S32, Space.S24)
        layout.addWidget(self._inside, 100)
        layout.addStretch(1)
        theme().changed.connect(self._update_width)
        self._update_width()

    def _update_width(self) -> None:
        self._inside.setMaximumWidth(theme().px(MAX_PAGE_WIDTH))

    def set_head(self, title: str, description: str) -> None:
        self._title.setText(title)
        self._description.setText(description)
        self._description.setVisible(bool(description))


def field(caption: Caption, *controls: QWidget, notice: FieldMessage | None = None) -> QVBoxLayout:
    """Lay out a caption above one or more controls, and the notice below them."""
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
    """Mask or show the text of a field, which stays editable."""
    line.setEchoMode(QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal)


def bind_settings(settings: Settings, bindings: Mapping[Setting[Any], Callable[[Any], None]]) -> None:
    """Show the current values of settings now, and again whenever they change."""
    for setting, show in bindings.items():
        show(settings.get(setting))
        settings.watch(setting, show)


def set_checked_silently(box: QAbstractButton, on: bool) -> None:
    """Set a check box or switch without emitting a signal."""
    blocked = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(blocked)
    box.update()


def scroll_into_view(shown: QWidget) -> None:
    """Scroll the page until the whole widget is visible."""
    layout = shown.parentWidget()
    while layout is not None and not isinstance(layout, QScrollArea):
        layout = layout.parentWidget()
    if layout is not None:
        layout.ensureWidgetVisible(shown, 0, Space.S16)


def without_caption(control: QWidget) -> QVBoxLayout:
    """Lay out a control that has its own caption, for use beside a `field`."""
    column = QVBoxLayout()
    column.addWidget(control)
    return column


def pair(left: QBoxLayout, right: QBoxLayout) -> ResponsiveRow:
    """Lay out two fields side by side with equal width."""
    return ResponsiveRow(left, right, gap=20)


def head(heading: Label, *parts: QWidget) -> ResponsiveRow:
    """Lay out a heading with its controls on the right, or below it if there is no room."""
    return ResponsiveRow(
        heading, ResponsiveRow(*parts, gap=Space.S8, grow=(0,) * len(parts)), gap=Space.S8, grow=(1, 0)
    )
