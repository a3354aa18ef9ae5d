"""One field for the value of each variable in the message and the system prompt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space, Type
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Hint, Silent
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.ui.widgets.scroll_area import ScrollArea

MAX_FIELDS = 20
"""Variables that get a field; the others are sent as they are typed."""
FIELD_WIDTH = 150
"""Logical pixels, before text scaling."""
MAX_ROWS = 3
"""Rows that are shown at once; more are scrolled."""
_FRAME = 3
"""Logical pixels around the fields for their focus rings."""


class _Field(QWidget):
    """A value with the name of its variable before it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.value = LineField("")
        caption = Silent("{{" + name + "}}", size=Type.SMALL)
        caption.set_ink("tool")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S6)
        row.addWidget(caption)
        row.addWidget(self.value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        presentation_cover().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        shown = presentation_cover().mask(self.name)
        self.value.setAccessibleName(QCoreApplication.translate("Composer", "Variable {name}").format(name=shown))
        self.value.setPlaceholderText(QCoreApplication.translate("Composer", "Value"))

    def sizeHint(self) -> QSize:
        self.value.setFixedWidth(theme().px(FIELD_WIDTH))
        return super().sizeHint()


class VariableFields(Retranslated):
    """Fields in rows that wrap, as many as there are variables; hidden while there are none.

    Signals:
        changed: name and value of a variable whose value was changed by the user.
        submitted: Enter was pressed while every field has a value.
    """

    changed = Signal(str, str)
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
        self._area: ScrollArea | None = None
        self._rows = QWidget()
        self._hint = Hint(wrap=True)
        self._hint.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables that have a field, in order."""
        return tuple(self._fields)

    def show_variables(self, names: tuple[str, ...], values: Mapping[str, str]) -> None:
        """Show a field for each of the first `MAX_FIELDS` names, with its value. Emits no signal."""
        shown = names[:MAX_FIELDS]
        if shown != self.names:
            self._arrange(shown)
        self._hint.setVisible(len(names) > MAX_FIELDS)  # It has a parent now; without one it would be a window.
        for name, field in self._fields.items():
            value = values.get(name, "")
            if field.value.text() != value:
                blocked = field.value.blockSignals(True)
                field.value.setText(value)
                field.value.blockSignals(blocked)
        self.setVisible(bool(shown))
        self._fit()

    def focus(self, name: str) -> None:
        """Focus the field of a variable."""
        self._fields[name].value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, names: tuple[str, ...]) -> None:
        if self._area is None:
            self._area = self._build()
        layout = self._rows.layout()
        assert layout is not None
        while layout.count():
            layout.takeAt(0)
        before, self._fields = self._fields, {}
        previous: QWidget | None = None
        for name in names:
            field = self._fields[name] = before.pop(name) if name in before else self._new_field(name)
            layout.addWidget(field)
            field.show()
            if previous is not None:
                QWidget.setTabOrder(previous, field.value)
            previous = field.value
        for field in before.values():
            field.hide()
            field.setParent(None)
            field.deleteLater()

    def _build(self) -> ScrollArea:
        # Imported here: not needed before the first paint.
        from app.ui.widgets.flow_layout import FlowLayout
        from app.ui.widgets.scroll_area import ScrollArea

        flow = FlowLayout(self._rows, gap=Space.S16, line_gap=Space.S6)
        flow.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        area = ScrollArea(self._rows)
        self._column.addWidget(area)
        self._column.addWidget(self._hint)
        theme().changed.connect(self._fit)
        return area

    def _new_field(self, name: str) -> _Field:
        field = _Field(name)
        field.value.textChanged.connect(lambda text: self.changed.emit(name, text))
        field.value.returnPressed.connect(self._enter)
        return field

    def _enter(self) -> None:
        """Go on to the next field without a value, or submit."""
        empty = next((name for name, field in self._fields.items() if not field.value.text()), None)
        if empty is None:
            self.submitted.emit()
        else:
            self.focus(empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        layout = self._rows.layout()
        if self._area is None or layout is None:
            return
        row = theme().px(CONTROL_HEIGHT) + Space.S6
        needed = layout.heightForWidth(self._area.viewport().width() or self.width())
        self._area.setFixedHeight(min(needed + _FRAME, MAX_ROWS * row + _FRAME - Space.S6 // 2))

    def retranslate(self) -> None:
        for field in self._fields.values():
            field.retranslate()
        self._hint.setText(
            QCoreApplication.translate(
                "Composer", "The first {n} variables have a field. The others are sent as they are typed."
            ).format(n=MAX_FIELDS)
        )
