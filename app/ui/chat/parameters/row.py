"""One parameter of the page: its name, what it is, whether it was changed or is locked, and its control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import Caption, ElidedLabel, Hint
from app.ui.widgets.painted_button import Look, PaintedButton
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed

INFO_SIDE = 20
"""Logical pixels of the button that explains a parameter, before text scaling."""


class MarkedRow(Protocol):
    """What the page needs of a row to mark it as changed or locked and to reset it, whatever its control is.

    Attributes:
        name: of the parameter, as in `app.core.chat_defaults`.
        reset: signal, emitted when the user resets this parameter alone.
    """

    name: str
    reset: Any

    def set_title(self, title: str, caption: str) -> None:
        """Name the control, and the row beside it."""

    def set_changed(self, changed: bool) -> None:
        """Show whether the value differs from its default."""

    def set_lock(self, label: str, reason: str) -> None:
        """Lock the control and say why, in a few words and in a sentence; empty ones unlock it."""

    def set_explanation(self, explain: Callable[[], str]) -> None:
        """Set the function that returns what "What is this?" says, called whenever that is opened."""


class ChangedButton(PaintedButton):
    """Says that a value differs from its default; a press resets it."""

    text_size = Type.TINY
    base_height = 20
    padding = 6
    ring_radius = Radius.BADGE

    def look(self) -> Look:
        colours = theme()
        fill = colours.mixed("soft", "soft_text", 0.12) if self.hot() or self.isDown() else colours.colour("soft")
        return Look(fill, None, "soft_text")


class InfoButton(IconButton):
    """Opens and closes an explanation; Escape closes it.

    Signals:
        closed: Escape was pressed.
    """

    icon_size = 14
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(Icon.INFO, "", side=INFO_SIDE)
        self.is_open = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_open:
            self.closed.emit()
            return
        super().keyPressEvent(event)


class LockLabel(Themed, QWidget):
    """A lock and a few words."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._mark = QLabel()
        self.label = ElidedLabel(size=Type.SMALL, ink="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S4)
        row.addWidget(self._mark)
        row.addWidget(self.label)
        self.hide()
        self.follow_theme()

    def restyle(self) -> None:
        self._mark.setPixmap(pixmap(Icon.LOCK, "text2", 14, self.devicePixelRatioF()))


class ParameterRow(Retranslated):
    """The name of a parameter with its control beside or below it. See `MarkedRow`.

    Attributes:
        control: edits the value; it carries the accessible name.
        body: the column below the name.
    """

    reset = Signal()

    def __init__(self, name: str, control: QWidget, *, beside: bool) -> None:
        super().__init__()
        self.name = name
        self.control = control
        self._title = ""
        self._lock_reason = ""
        self._explain: Callable[[], str] = str
        self.caption = Caption()
        self.info = InfoButton()
        self.info.clicked.connect(self._toggle_explanation)
        self.info.closed.connect(self._close_explanation)
        self.changed = ChangedButton()
        self.changed.clicked.connect(self.reset)
        self.changed.hide()
        self.lock = LockLabel()
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.S4)
        for part in (self.caption, self.info, self.changed):
            self.head.addWidget(part)
        self.head.addStretch(1)
        self.head.addWidget(self.lock)
        self.explanation = Hint(wrap=True)
        self.explanation.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.S4)
        self.body.addLayout(self.head)
        if beside:
            self.head.addWidget(control)
            self.body.addWidget(self.explanation)
        else:
            self.body.addWidget(self.explanation)
            self.body.addWidget(control)

    @property
    def is_locked(self) -> bool:
        return bool(self._lock_reason)

    def set_title(self, title: str, caption: str) -> None:
        """Name the control, and the row beside it."""
        self._title = title
        self.caption.setText(caption)
        self.name_control(title)
        self.retranslate()

    def name_control(self, title: str) -> None:
        """Give the control its accessible name."""
        self.control.setAccessibleName(title)
        if isinstance(self.control, SpinBox):
            self.control.lineEdit().setAccessibleName(title)
            self.control.retranslate()

    def set_changed(self, changed: bool) -> None:
        """Show whether the value differs from its default; a locked one has no effect and is not marked."""
        self.changed.setVisible(changed and not self.is_locked)

    def set_lock(self, label: str, reason: str) -> None:
        """Lock the control and say why, in a few words and in a sentence; empty ones unlock it."""
        self._lock_reason = reason
        self.lock.label.setText(label)
        self.lock.setToolTip(reason)
        self.lock.setVisible(bool(reason))
        self.lock_control(reason)

    def lock_control(self, reason: str) -> None:
        """Disable the control where there is a reason, which describes it."""
        self.control.setEnabled(not reason)
        self.control.setAccessibleDescription(reason)

    def set_explanation(self, explain: Callable[[], str]) -> None:
        """Set the function that returns what "What is this?" says, called whenever that is opened."""
        self._explain = explain

    def _toggle_explanation(self) -> None:
        self._show_explanation(not self.info.is_open)

    def _close_explanation(self) -> None:
        self._show_explanation(False)

    def _show_explanation(self, shown: bool) -> None:
        self.info.is_open = shown
        self.explanation.setText(self._explain() if shown else "")
        self.explanation.setVisible(shown)
        self.info.set_ink("accent" if shown else "text2")
        # A reader that is on the button hears the explanation at once.
        self.info.setAccessibleDescription(self.explanation.text() if shown else "")

    def retranslate(self) -> None:
        what = QCoreApplication.translate("Parameters", "What is this? {name}").format(name=self._title)
        self.info.set_name(what)
        self.changed.setText(QCoreApplication.translate("Parameters", "changed"))
        reset = QCoreApplication.translate("Parameters", "Reset {name}").format(name=self._title)
        self.changed.setAccessibleName(reset)
        self.changed.setAccessibleDescription(QCoreApplication.translate("Parameters", "changed"))
        self.changed.setToolTip(reset)
        if self.info.is_open:
            self._show_explanation(True)
