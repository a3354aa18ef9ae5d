"""Shows how far the takes are that are being made, once a second."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.core.takes import Take
from app.services.speech.take_service import TakeService
from app.ui.studio.take_model import TakeModel

INTERVAL_MS = 1_000


class TakeProgressTimer(QObject):
    """Reads the progress of the listed takes. Its timer runs only while one of them is being made."""

    def __init__(self, model: TakeModel, service: TakeService, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._service = model, service
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.show)
        model.modelReset.connect(self.show)

    def note(self, take: Take) -> None:
        """A listed take has changed."""
        if (not take.has_ended and not self._timer.isActive()) or (take.has_ended and self._timer.isActive()):
            self.show()

    def show(self) -> None:
        """Show the progress of all listed takes, and go on as long as one is being made."""
        progress = {
            take.id: found
            for take in self._model.takes()
            if not take.has_ended and (found := self._service.progress(take.id)) is not None
        }
        self._model.set_progress(progress)
        if progress and not self._timer.isActive():
            self._timer.start()
        elif not progress:
            self._timer.stop()

    def stop(self) -> None:
        """Stop for good: the view is closed."""
        self._timer.stop()
