"""The list of jobs: painted rows, and real buttons in the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.ui.jobs.actions import Action, action_name, action_text
from app.ui.jobs.delegate import JobDelegate
from app.ui.jobs.job_button import JobButton
from app.ui.jobs.model import JobModel
from app.ui.jobs.row_layout import SECTION_HEIGHT
from app.ui.jobs.rows import JobRow
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.list_overlay import ListOverlay
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole

_TURNS = {Action.PAUSE: Action.RESUME, Action.RESUME: Action.PAUSE}
"""Actions that take each other's place."""


class JobList(RowList):
    """All jobs by group. The buttons of other rows are painted; pressing one selects its row as well.

    Attributes:
        overlay: holds the buttons; to be given the parent of the list.

    Signals:
        wanted: key of a job, and the `Action` that its button stands for.
        clear_wanted: the button beside the heading of the ended jobs was pressed.
    """

    wanted = Signal(str, object)
    clear_wanted = Signal()
    _is_built = False

    def __init__(self) -> None:
        super().__init__("")
        self.jobs = JobModel()
        self.setModel(self.jobs)
        self._delegate = JobDelegate(self)
        self.setItemDelegate(self._delegate)
        self._pressed: tuple[str, Action] | None = None
        self.overlay = ListOverlay(self)
        self.buttons = {action: JobButton(action, self.overlay) for action in Action}
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, action=action: self._want(action))
            button.installEventFilter(self)
            button.hide()
        self.clear = GhostButton("", parent=self.overlay)
        self.clear.base_height, self.clear.text_size = SECTION_HEIGHT - 4, Type.SMALL
        self.clear.restyle()
        self.clear.clicked.connect(self.clear_wanted)
        self.clear.installEventFilter(self)
        self.clear.hide()
        self._is_built = True
        self.row_selected.connect(lambda _key: self.place_buttons())

    # -- rows -----------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[JobRow]) -> None:
        """Show these rows; the selection stays on its job, and the focus on its button if it is still there."""
        held = next((action for action, button in self.buttons.items() if button.hasFocus()), None)
        place, shapes = self.verticalScrollBar().value(), self._shapes()
        self.jobs.set_rows(rows)
        if self.selected_key() is not None and self._row(self.selected_key()) is None:
            self.select_key(None)
        if self._shapes() != shapes:
            self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(place)
        self.place_buttons()
        if held is not None:
            self._hold_focus(held)

    def content_height(self) -> int:
        """The height in pixels that all rows need at the present width."""
        self.executeDelayedItemsLayout()
        return self.contentsSize().height()

    def select_first(self) -> None:
        """Select the first job if none is selected, so that the keyboard has a place to begin at."""
        if self.selected_key() is None and self.jobs.rowCount():
            self.select_key(self.jobs.rows()[0].key)
            self.place_buttons()

    def _shapes(self) -> list[tuple[object, ...]]:
        return [(row.shape, row.section) for row in self.jobs.rows()]

    def _row(self, key: str | None) -> JobRow | None:
        return next((row for row in self.jobs.rows() if row.key == key), None)

    # -- buttons --------------------------------------------------------------------------------------------------

    def place_buttons(self) -> None:
        """Show the buttons of the selected row in their places, and Clear beside its heading."""
        row = self._row(self.selected_key())
        places = {}
        if row is not None:
            index = self._index_of(row.key)
            places = self._delegate.layout_of(index, self.visualRect(index)).buttons
        for action, button in self.buttons.items():
            place = places.get(action)
            if place is None or row is None:
                self._release_focus(button)
                button.hide()
                continue
            button.setText(action_text(action, row.failed))
            if action in row.off:
                self._release_focus(button)
            button.setEnabled(action not in row.off)
            button.setGeometry(place.toAlignedRect())
            button.show()
        self._place_clear()
        buttons = (*self.buttons.values(), self.clear)
        self.overlay.cover([button for button in buttons if not button.isHidden()])

    def _place_clear(self) -> None:
        rows = self.jobs.rows()
        first = next((number for number, row in enumerate(rows) if row.group == "finished"), None)
        if first is None:
            self._release_focus(self.clear)
            self.clear.hide()
            return
        area, size = self.visualRect(self.jobs.index(first)), self.clear.sizeHint()
        heading = QRect(area.left(), area.top(), area.width() - Space.S8, theme().px(SECTION_HEIGHT))
        self.clear.setGeometry(heading.right() - size.width(), heading.bottom() + 2 - size.height(), *size.toTuple())
        # Over the list it is clipped like a row, but only assistive technology would find it below its end.
        self.clear.setVisible(self.viewport().rect().intersects(self.clear.geometry()))

    def _want(self, action: Action) -> None:
        key = self.selected_key()
        if key is not None:
            self.wanted.emit(key, action)

    def _release_focus(self, button: QWidget) -> None:
        """Take the focus to the list before a button goes, or Qt would give it to whatever comes next."""
        if button.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold_focus(self, held: Action) -> None:
        """Give the focus back to a button that was there before, or to the one that took its place."""
        for action in (held, _TURNS.get(held, held)):
            button = self.buttons[action]
            if not button.isHidden() and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def retranslate(self, name: str, clear: str, clear_name: str) -> None:
        """Set the names of the list and its buttons."""
        self._delegate.forget_heights()
        self.setAccessibleName(name)
        self.clear.setText(clear)
        self.clear.setAccessibleName(clear_name)
        for action, button in self.buttons.items():
            button.setAccessibleName(action_name(action))
            button.setToolTip(action_name(action))

    # -- events ---------------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        super().restyle()
        if self._is_built:
            self._delegate.forget_heights()
            self.place_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.place_buttons()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.place_buttons()

    def select_key(self, key: str | None) -> None:
        super().select_key(key)
        if self._is_built:
            self.place_buttons()

    def viewportSizeHint(self) -> QSize:
        return QSize(super().viewportSizeHint().width(), self.contentsSize().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._target(event) if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._target(event):
            self.wanted.emit(*pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat a double click on a button as two clicks; elsewhere it means nothing more."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._target(event))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tooltip_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and not QApplication.mouseButtons():
            self._scroll_to(watched)
        return super().eventFilter(watched, event)

    def _scroll_to(self, button: QObject) -> None:
        """Bring the row of a button into view that got the focus by the keyboard."""
        if button is self.clear:
            first = next(number for number, row in enumerate(self.jobs.rows()) if row.group == "finished")
            self.scrollTo(self.jobs.index(first))
        elif button in self.buttons.values():
            self.scrollTo(self._index_of(self.selected_key()))

    def _tooltip_at(self, place: QPoint) -> str:
        """The name of the action at a place; elsewhere the title, which may be elided."""
        target = self._target_at(place)
        if target is not None:
            return action_name(target[1])
        # Escaped, because Qt renders a tooltip that looks like HTML.
        title = escape(str(self.indexAt(place).data() or ""))
        return f"<p>{title}</p>" if title else ""

    def _hover(self, target: tuple[str, Action] | None) -> None:
        if target != self._delegate.hovered:
            self._delegate.hovered = target
            shape = Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _target(self, event: QMouseEvent) -> tuple[str, Action] | None:
        return self._target_at(event.position().toPoint())

    def _target_at(self, place: QPoint) -> tuple[str, Action] | None:
        """The row and the action whose painted button is at a place, and can be used."""
        index = self.indexAt(place)
        if not index.isValid():
            return None
        row = self.jobs.rows()[index.row()]
        action = self._delegate.layout_of(index, self.visualRect(index)).action_at(place.x(), place.y())
        return None if action is None or action in row.off else (str(index.data(RowRole.KEY)), action)
