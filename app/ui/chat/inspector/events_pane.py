"""The events of a call as a list, and the whole text of the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from app.core.json_window import JsonWindow
from app.services.call_reading import EventRow
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.theme.tokens import Space
from app.ui.widgets.json_view import JsonView
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Divider
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole

ROW_HEIGHT = 40
_Index = QModelIndex | QPersistentModelIndex


class EventsModel(QAbstractListModel):
    """Events as rows; each is put into words only when it is shown, because a stream has tens of thousands."""

    def __init__(self) -> None:
        super().__init__()
        self._events: Sequence[EventRow] = ()

    def set_events(self, events: Sequence[EventRow], *, grows: bool) -> None:
        """Show these; `grows` says that they continue those shown."""
        before = len(self._events)
        if grows and len(events) >= before:
            if len(events) > before:
                self.beginInsertRows(QModelIndex(), before, len(events) - 1)
                self._events = events
                self.endInsertRows()
            return
        self.beginResetModel()
        self._events = events
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._events)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        event = self._events[index.row()]
        title = f"{event.at:.3f} s  {event.name}".rstrip()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return presentation_cover().mask(title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(f"{title}, {event.excerpt}")
            case RowRole.KEY:
                return str(index.row())
            case RowRole.SUBTITLE:
                return presentation_cover().mask(event.excerpt)
        return None


class EventsPane(Retranslated):
    """Lists events; the selected one is shown below.

    Signals:
        event_selected: its number, from 0.
    """

    event_selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._note = Hint(wrap=True)
        self._model = EventsModel()
        self.rows = RowList("")
        # A stream has tens of thousands: places are computed for a page of rows at a time.
        self.rows.setUniformItemSizes(True)
        self.rows.setLayoutMode(QListView.LayoutMode.Batched)
        self.rows.setBatchSize(500)
        self.rows.setModel(self._model)
        self.rows.setItemDelegate(RowDelegate(self.rows, height=ROW_HEIGHT))
        self.rows.row_selected.connect(lambda key: self.event_selected.emit(int(key)))
        self.view = JsonView("")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S8, Space.S8, Space.S8, 0)
        column.setSpacing(Space.S4)
        column.addWidget(self._note)
        column.addWidget(self.rows, 3)
        column.addWidget(Divider())
        column.addWidget(self.view, 2)
        self.rows.setMinimumHeight(0)
        self.view.setMinimumHeight(0)
        self.retranslate()

    def show_events(self, events: Sequence[EventRow], total: int, *, grows: bool) -> None:
        """List the events that are kept, of `total`; `grows` says that they continue those shown."""
        self._model.set_events(events, grows=grows)
        if not grows:
            self.rows.select_key(None)
            self.show_event(None)
        self._total = total
        self._describe()

    def show_event(self, window: JsonWindow | None) -> None:
        """Show the text of one event."""
        self.view.show_window(window)

    @property
    def selected(self) -> int | None:
        key = self.rows.selected_key()
        return None if key is None else int(key)

    def _describe(self) -> None:
        shown = self._model.rowCount()
        text = QCoreApplication.translate("Inspector", "Only the first {n} of {total} events are kept.")
        self._note.setText(text.format(total=count(self._total), n=count(shown)))
        self._note.setVisible(shown < self._total)

    def retranslate(self) -> None:
        self.rows.setAccessibleName(QCoreApplication.translate("Inspector", "Events"))
        self.view.setAccessibleName(QCoreApplication.translate("Inspector", "Event"))
        self._describe()
