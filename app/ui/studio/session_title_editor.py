"""The title of a session, made from its text until a person chooses one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from app.core.takes import SpeechSession
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title

_PAUSE_MS = 400


class SessionTitleEditor(QObject):
    """A title counts a moment after it was typed; Enter closes the field, Escape brings the former one back."""

    def __init__(
        self, view: StudioView, session: Callable[[], SpeechSession], rename: Callable[[str, bool], None]
    ) -> None:
        """`session` gives the one that is open, `rename` takes its title and whether a person chose it."""
        super().__init__(view)
        self._list, self._field = view.sessions, view.session_title
        self._session, self._rename = session, rename
        self._before = session()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._take)
        view.rename_session.clicked.connect(self._begin_or_finish)
        self._field.returnPressed.connect(self.finish)
        # The list follows the title as it is typed.
        self._field.textChanged.connect(lambda _text: self._pause.start())
        self._field.installEventFilter(self)

    def _begin_or_finish(self) -> None:
        if not self._field.isHidden():
            self.finish()
            return
        self._before = self._session()
        self._field.setText(session_title(self._before))
        self._pause.stop()
        self._field.show()
        self._field.selectAll()
        self._field.setFocus()

    def finish(self, *, keep: bool = True) -> None:
        """Close the field, where it is open."""
        if self._field.isHidden():
            return
        now, before = self._session(), self._before
        if keep:
            self._take()
        elif (now.title, now.title_is_custom) != (before.title, before.title_is_custom):
            self._rename(before.title, before.title_is_custom)
        self._pause.stop()
        self._field.hide()
        self._list.setFocus()

    def _take(self) -> None:
        self._pause.stop()
        title = " ".join(self._field.text().split())
        if not self._field.isHidden() and title and title != session_title(self._session()):
            self._rename(title, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves the title as it was, before any other Escape of the window hears of it."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self.finish(keep=False)
        return True
