"""The desk of the studio: text, voice and direction on the left, takes on the right, sessions at the side.

In a small window, sessions fold into an icon, and voice, direction and tags into fields that open over the text. A
room, such as that in which takes are compared, takes the place of the takes and of voice and direction.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.settings import STUDIO_SIDE_OPEN, Settings
from app.ui.studio.desk_fields import FieldName
from app.ui.studio.direction_panel import DirectionPanel
from app.ui.studio.takes_panel import TakesPanel
from app.ui.studio.text_panel import QWIDGETSIZE_MAX, TextPanel
from app.ui.studio.voice_panel import VoicePanel
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space
from app.ui.widgets.panel import Panel
from app.ui.widgets.reading_order import next_stop
from app.ui.widgets.scroll_area import ScrollArea

SIDE_WIDTH = 240
TAKES_WIDTH, WIDE_TAKES = 400, 470
"""Width of the takes beside a side panel, and without one."""
SIDE_FROM = 1330
"""Width from which the side panel stands beside the text instead of lying over it."""
COMPACT_BELOW = 1100
NARROW_BELOW = 800
LOW_BELOW = 740
TINY_BELOW = 420
_LOWEST = 480
_FOLD_LEFT_BELOW = 700
"""Width below which a room takes all of the desk."""
_SHORT_BELOW = 860


class DeskLayout(QWidget):
    """Places the panels for the size of the desk, and lets a room take over.

    Signals:
        field_changed: another field, or none, is open over the text.
    """

    field_changed = Signal()

    def __init__(
        self, settings: Settings, text: TextPanel, voice: VoicePanel, direction: DirectionPanel, takes: TakesPanel,
        side: tuple[Panel, ...],
    ) -> None:  # fmt: skip
        super().__init__()
        self._settings, self._text, self._takes = settings, text, takes
        self._floating: dict[FieldName, QWidget] = {
            "voice": voice, "direction": direction, "tags": text.tag_panel, "options": text.options_panel,
        }  # fmt: skip
        self._voice, self._direction = voice, direction
        self._open: FieldName | None = None
        self._is_compact = self._is_tiny = self._is_side_beside = False
        self._room: tuple[QWidget, QWidget] | None = None
        self._is_side_open = False
        """Whether the side panel lies over the text."""
        content = QWidget()
        self._side_column = QVBoxLayout(content)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(Space.S12)
        self._side_column.addWidget(side[0], 1)
        for panel in side[1:]:
            self._side_column.addWidget(panel)
        self._side = ScrollArea(content, fill="bg")
        self._lay_out()
        for name, button in text.fields.buttons.items():
            button.clicked.connect(lambda on, name=name: self.open_field(name) if on else self.close_field())
        text.side.clicked.connect(self.show_side)
        text.text.installEventFilter(self)
        theme().changed.connect(self.fit)
        direction.height_changed.connect(self.fit)

    def _lay_out(self) -> None:
        self._left = ScrollArea(self._text, fill="bg")
        self._below = QHBoxLayout()
        self._below.setSpacing(Space.S12)
        self._below.addWidget(self._voice, 1)
        self._below.addWidget(self._direction, 1)
        self._column_box = QWidget()
        self._column = QVBoxLayout(self._column_box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S12)
        self._column.addWidget(self._left, 1)
        self._column.addLayout(self._below)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        self._row.setSpacing(Space.S12)
        self._row.addWidget(self._side)
        self._row.addWidget(self._column_box, 1)
        self._row.addWidget(self._takes)

    # -- rooms ----------------------------------------------------------------------------------------------------

    def show_room(self, right: QWidget, below: QWidget) -> None:
        """Put `right` in the place of the takes, and `below` in that of voice and direction."""
        self.close_field()
        self._is_side_open = False
        self.hide_room()
        self._room = (right, below)
        # Before the room is shown, or the window would have to be as wide as both.
        self._takes.hide()
        self._side.hide()
        for widget, layout in ((right, self._row), (below, self._column)):
            if layout.indexOf(widget) < 0:
                layout.addWidget(widget)
            widget.show()
        self.fit()

    def hide_room(self) -> None:
        """Show the takes, voice and direction again. The widgets of the room stay here, hidden."""
        if self._room is not None:
            for widget in self._room:
                widget.hide()
            self._room = None
            self.fit()

    # -- fields over the text -------------------------------------------------------------------------------------

    def open_field(self, name: FieldName) -> None:
        """Open a field over the text and move the focus into it; where there are no fields, only that."""
        floating = self._floating[name]
        if self._is_compact and self._room is None:
            if self._open not in (None, name):
                self._floating[self._open].hide()
            self._is_side_open = False
            self._open = name
            self.fit()
            self._text.fields.show_open(name)
            self.field_changed.emit()
        first = {"voice": self._voice.voices, "tags": self._text.search}.get(name)
        if first is None:
            is_direction = name == "direction"
            first = self._direction.first_field() if is_direction else next_stop(floating, None, forward=True)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self, *, refocus: bool = False) -> bool:
        """Close what is open over the text. `refocus`: the focus goes to its field. False if nothing was open."""
        name, self._open = self._open, None
        if name is None:
            return False
        is_inside = self._floating[name].isAncestorOf(QApplication.focusWidget() or self)
        self._text.fields.show_open(None)
        if is_inside or refocus:
            self._text.fields.buttons[name].setFocus()
        self._floating[name].hide()
        self.field_changed.emit()
        return True

    # -- side panel -----------------------------------------------------------------------------------------------

    def show_side(self, on: bool) -> None:
        """Show or hide sessions and parameters: beside the text, or over it in a small window."""
        if self._can_be_beside():
            self._settings.set(STUDIO_SIDE_OPEN, on)
            self.fit()
            return
        self.close_field()
        self._is_side_open = on
        self.fit()
        if on:
            self._side.raise_()
            self._side_column.itemAt(0).widget().setFocus()  # type: ignore[union-attr]
        else:
            self._text.side.setFocus()

    def close_overlay(self) -> bool:
        """Close what lies over the text; false if nothing does."""
        if self._is_side_open:
            self.show_side(False)
            return True
        return self.close_field(refocus=True)

    def _can_be_beside(self) -> bool:
        return self.width() >= theme().px(SIDE_FROM) and not self._is_small() and self._room is None

    def _is_small(self) -> bool:
        px = theme().px
        return self.width() < px(COMPACT_BELOW) or self.height() < px(LOW_BELOW)

    # -- sizes ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close what lies over the text when the text gets the focus."""
        if event.type() == QEvent.Type.FocusIn and watched is self._text.text:
            if self._is_side_open:
                self._is_side_open = False
                self.fit()
            self.close_field()
        return False

    def fit(self) -> None:
        """Place everything for the present size, text size and room."""
        px, room = theme().px, self._room
        compact = self._is_small()
        self._set_compact(compact, tiny=self.height() < px(TINY_BELOW))
        self._text.set_reading(room is not None)
        self._text.set_narrow(self.width() < px(NARROW_BELOW))
        self._fit_side()
        self._takes.setVisible(room is None)
        if room is None:
            self._column_box.setFixedWidth(QWIDGETSIZE_MAX)
            self._column_box.setMinimumWidth(0)
            self._column_box.show()
            share = 0.42 if px(100) >= LARGE else 0.343
            most = px(TAKES_WIDTH if self._is_side_beside else WIDE_TAKES)
            self._takes.setFixedWidth(min(most, round(self.width() * share)))
        else:
            self._column_box.setFixedWidth(max(px(220), round(self.width() * 0.27)))
            self._column_box.setVisible(self.width() >= px(_FOLD_LEFT_BELOW))
        self._row.setStretchFactor(self._column_box, 0 if room is not None else 1)
        if room is not None:
            self._row.setStretchFactor(room[0], 1)
        for name in ("voice", "direction"):
            is_shown = room is None and (not compact or self._open == name)
            self._floating[name].setVisible(is_shown)
        self._text.tag_panel.setVisible(room is None and (not compact or self._open == "tags"))
        self._text.options_panel.setVisible(room is None and (not self._is_tiny or self._open == "options"))
        self._fit_heights(compact)
        self._place_overlays()

    def _fit_heights(self, compact: bool) -> None:
        px = theme().px
        is_low = self.height() < px(LOW_BELOW)
        self._text.set_short(is_low or self.height() < px(_SHORT_BELOW), tiny=self._is_tiny)
        self._text.set_low(is_low)
        self._takes.parts.set_max_rows(1 if self.height() < px(_LOWEST) else 2 if is_low else 4)
        needed = max(self._direction.content_height(), self._voice.wanted_height())
        for panel in (self._voice, self._direction):
            panel.setMinimumHeight(0 if compact else needed)
            panel.setMaximumHeight(QWIDGETSIZE_MAX if compact else needed)

    def _set_compact(self, compact: bool, *, tiny: bool) -> None:
        if (compact, tiny) == (self._is_compact, self._is_tiny):
            return
        self.close_field()
        self._is_compact, self._is_tiny = compact, tiny
        self._text.set_compact(compact, tiny=tiny)
        for panel in (self._voice, self._direction):
            if compact:
                self._below.removeWidget(panel)
            else:
                self._below.addWidget(panel, 1)

    def _fit_side(self) -> None:
        beside = self._can_be_beside() and bool(self._settings.get(STUDIO_SIDE_OPEN))
        if self._can_be_beside():
            self._is_side_open = False
        if beside != self._is_side_beside or (self._row.indexOf(self._side) >= 0 and not beside):
            self._is_side_beside = beside
            if beside:
                self._row.insertWidget(0, self._side)
            else:
                self._row.removeWidget(self._side)
        self._side.setFixedWidth(theme().px(SIDE_WIDTH))
        self._side.setVisible(beside or self._is_side_open)
        self._text.side.setChecked(beside or self._is_side_open)

    def _place_overlays(self) -> None:
        """Lay what is open over the text: above the row of fields, or the side panel at the left."""
        if self._open is None and not self._is_side_open:
            return
        layout = self.layout()
        assert layout is not None
        layout.activate()
        top = self._text.mapTo(self, QPoint(0, 0))
        fields = self._text.fields
        bottom = fields.mapTo(self, QPoint(0, 0)).y() + Space.S4
        if self._is_side_open:
            width = min(theme().px(SIDE_WIDTH + 40), self._text.width())
            self._side.setFixedWidth(width)
            header = self._text.panel.header_height()
            self._side.setGeometry(top.x(), top.y() + header, width, self.height() - top.y() - header - Space.S12)
            self._side.raise_()
        if self._open is not None:
            floating = self._floating[self._open]
            width = self._text.width() - 2 * Space.S8
            hint = floating.heightForWidth(width) if floating.hasHeightForWidth() else floating.sizeHint().height()
            if floating is self._direction:
                hint = self._direction.page_height(width)
            elif floating is self._voice:
                hint = self._voice.wanted_height()
            height = min(max(hint, floating.minimumSizeHint().height()), bottom - max(0, top.y()))
            area = QRect(top.x() + Space.S8, bottom - height, width, height)
            parent = floating.parentWidget()
            if parent is not None and parent is not self:
                area.moveTopLeft(parent.mapFrom(self, area.topLeft()))
            floating.setGeometry(area)
            floating.raise_()
