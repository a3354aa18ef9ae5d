"""Input-method composition in text fields: the underlined text is committed before anything else happens.

Qt commits a composition only when the keyboard focus moves. A click on a button that takes no focus, a shortcut, or a
press by an assistive tool would otherwise act on a text without the words that are still underlined.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_COMMITTING = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Shortcut,
        QEvent.Type.ApplicationStateChange,
        QEvent.Type.Close,
        QEvent.Type.Wheel,
    }
)
"""Events outside the field that commit its composition."""


class _Watcher(QObject):
    """Watches the events of the program, only while a text is being composed."""

    def __init__(self) -> None:
        super().__init__()
        self.field: weakref.ref[QWidget] | None = None
        self.text = ""

    def note(self, field: QWidget, text: str) -> None:
        """`text` is what is being composed in `field`; empty when the composition has ended."""
        is_same = self.field is not None and self.field() is field
        app = QApplication.instance()
        if text:
            if self.field is None and app is not None:
                app.installEventFilter(self)
            self.field, self.text = weakref.ref(field), text
        elif is_same:
            self.forget()

    def forget(self) -> None:
        self.field, self.text = None, ""
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _COMMITTING:
            field = self.field() if self.field is not None else None
            is_inside = (
                isinstance(watched, QWidget) and field is not None and (watched is field or field.isAncestorOf(watched))
            )
            if isinstance(watched, QWidget) and not is_inside:
                self.commit()
        return False

    def commit(self) -> None:
        """Turn the composed text into typed text, by the input method if it does so, else here."""
        field = self.field() if self.field is not None else None
        if field is None:
            return
        if QApplication.focusWidget() is field:
            QGuiApplication.inputMethod().commit()
        if self.field is not None and self.field() is field:
            event = QInputMethodEvent()
            event.setCommitString(self.text)
            self.forget()
            QCoreApplication.sendEvent(field, event)
            QGuiApplication.inputMethod().reset()


_watcher = _Watcher()


def commit_composition() -> None:
    """Commit the text being composed in any field, if there is one. Call it before acting on a field's text."""
    _watcher.commit()


def is_composing(field: QWidget) -> bool:
    """Whether a text is being composed in this field."""
    return _watcher.field is not None and _watcher.field() is field


if TYPE_CHECKING:
    _Field = QWidget
else:
    _Field = object


class _Composing(_Field):
    """Mixed into a text field: notes what is being composed, and commits it when the field loses the focus."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        _watcher.note(self, event.preeditString())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if _watcher.field is not None and _watcher.field() is self:
            _watcher.commit()
        super().focusOutEvent(event)


class ComposingLineEdit(_Composing, QLineEdit):
    """A line edit that never loses a composition."""


class ComposingTextEdit(_Composing, QPlainTextEdit):
    """A plain text edit that never loses a composition. The placeholder is not painted below the composed text."""

    _placeholder = ""

    def setPlaceholderText(self, text: str) -> None:
        self._placeholder = text
        super().setPlaceholderText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Qt hides the placeholder only once the document has a text.
        super().setPlaceholderText("" if event.preeditString() else self._placeholder)
        super().inputMethodEvent(event)


class ComposingRichEdit(_Composing, QTextEdit):
    """A rich text edit that never loses a composition."""
