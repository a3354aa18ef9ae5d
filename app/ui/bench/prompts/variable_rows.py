"""The variables found in a text, each with a value for trying and how often it is used."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.texts.prompts import used_text
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space, Type
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import ElidedLabel, Hint, Label
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.scroll_area import ScrollArea

MAX_FIELDS = 20
"""Variables that get a field."""
MAX_ROWS = 3
"""Rows that are shown at once; more are scrolled."""
_NAME_WIDTH = 120
_FRAME = 3
"""Logical pixels around the fields for their focus rings."""


class _Row:
    """The parts of one variable's row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.caption = ElidedLabel("{{" + name + "}}", size=Type.SMALL, ink="tool")
        self.caption.setFixedWidth(theme().px(_NAME_WIDTH))
        self.value = LineField("")
        self.used = Hint()

    def retranslate(self) -> None:
        shown = presentation_cover().mask(self.name)
        self.value.setAccessibleName(QCoreApplication.translate("Prompts", "Variable {name}").format(name=shown))
        self.value.setPlaceholderText(QCoreApplication.translate("Prompts", "Value"))

    def parts(self) -> tuple[QWidget, QWidget, QWidget]:
        return self.caption, self.value, self.used


class VariableRows(Retranslated):
    """The rows; hidden while the text has no variables.

    Signals:
        changed: name and value of a variable whose value was changed by the user.
    """

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, _Row] = {}
        self._used: Mapping[str, int] = {}
        self._title, self._hint = Label(weight=Type.SEMIBOLD, size=Type.CONTROL), Hint()
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self._title)
        head.addWidget(self._hint)
        head.addStretch(1)
        self._more = Hint(wrap=True)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        self._grid.setHorizontalSpacing(Space.S12)
        self._grid.setVerticalSpacing(Space.S6)
        self._grid.setColumnStretch(1, 1)
        self._area = ScrollArea(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(head)
        column.addWidget(self._area)
        column.addWidget(self._more)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._fit)
        presentation_cover().changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._shown)

    def show_variables(self, used: Mapping[str, int], values: Mapping[str, str]) -> None:
        """Show the first `MAX_FIELDS` variables with how often they are used, and their values. Emits no signal."""
        self._used = dict(list(used.items())[:MAX_FIELDS])
        if tuple(self._used) != self.names:
            self._arrange()
        for name, row in self._shown.items():
            value = values.get(name, "")
            if row.value.text() != value:
                blocked = row.value.blockSignals(True)
                row.value.setText(value)
                row.value.setCursorPosition(0)
                row.value.blockSignals(blocked)
        self._more.setVisible(len(used) > MAX_FIELDS)
        self.setVisible(bool(used))
        self.retranslate()
        self._fit()

    def _arrange(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        before, self._shown = self._shown, {}
        previous: QWidget | None = None
        for place, name in enumerate(self._used):
            row = self._shown[name] = before.pop(name) if name in before else self._new(name)
            for column, part in enumerate(row.parts()):
                self._grid.addWidget(part, place, column)
                part.show()
            if previous is not None:
                QWidget.setTabOrder(previous, row.value)
            previous = row.value
        for row in before.values():
            for part in row.parts():
                part.hide()
                part.deleteLater()

    def _new(self, name: str) -> _Row:
        row = _Row(name)
        row.value.textChanged.connect(lambda text: self.changed.emit(name, text))
        return row

    def _fit(self) -> None:
        rows = min(len(self._shown), MAX_ROWS)
        self._area.setFixedHeight(rows * (theme().px(CONTROL_HEIGHT) + Space.S6) + 2 * _FRAME - Space.S6)
        for row in self._shown.values():
            row.caption.setFixedWidth(theme().px(_NAME_WIDTH))

    def retranslate(self) -> None:
        self._title.setText(QCoreApplication.translate("Prompts", "Variables"))
        self._hint.setText(QCoreApplication.translate("Prompts", "found in the text; values here are for trying"))
        self._more.setText(
            QCoreApplication.translate("Prompts", "The first {n} variables have a field.").format(n=MAX_FIELDS)
        )
        for name, row in self._shown.items():
            row.retranslate()
            row.used.setText(used_text(self._used.get(name, 0)))
