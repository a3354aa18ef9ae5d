"""What differs between the compared takes, as a small table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.takes import Take
from app.ui.texts.numbers import count, decimal
from app.ui.texts.speech import voice_name
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.labels import ElidedLabel, Hint
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.scroll_area import ScrollArea

_MAX_COLUMNS = 4


def _number(value: float | None) -> str:
    """A parameter of a take; the model's own value where none was sent."""
    return QCoreApplication.translate("Parameters", "Model default") if value is None else decimal(value, 2)


_FIELDS: tuple[tuple[Callable[[], str], Callable[[Take], str]], ...] = (
    (lambda: QCoreApplication.translate("Compare", "Voice"), voice_name),
    (lambda: QCoreApplication.translate("Compare", "Direction"), lambda take: " ".join(take.direction.split())),
    (
        lambda: QCoreApplication.translate("Compare", "Description"),
        lambda take: " ".join(take.voice.description.split()),
    ),
    (lambda: QCoreApplication.translate("Compare", "Text"), lambda take: " ".join((take.spoken or take.text).split())),
    (lambda: QCoreApplication.translate("Compare", "Model"), lambda take: take.model),
    (lambda: QCoreApplication.translate("Studio", "Temperature"), lambda take: _number(take.temperature)),
    (lambda: QCoreApplication.translate("Studio", "Top P"), lambda take: _number(take.top_p)),
    (
        lambda: QCoreApplication.translate("Studio", "Max tokens"),
        lambda take: count(take.max_tokens) if take.max_tokens is not None else _number(None),
    ),
    (lambda: QCoreApplication.translate("Studio", "Format"), lambda take: take.container.upper()),
)
"""The name of each field that can differ, and its value in a take. Voice and direction are always shown."""
_TEXT, _MODEL = 3, 4


class DiffersPanel(Panel):
    """A row per take with the fields that differ; above it whether text and model are the same."""

    def __init__(self) -> None:
        super().__init__()
        self._takes: Sequence[Take] = ()
        self._same = ElidedLabel(size=Type.SMALL, ink="text3")
        self._table = QWidget()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        column.addWidget(self._table)
        column.addStretch(1)
        self.body.addWidget(ScrollArea(holder))
        self._holder = column
        self.add_action(self._same)

    def show_takes(self, takes: Sequence[Take]) -> None:
        self._takes = takes
        self.retranslate()

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        title = QCoreApplication.translate("Compare", "What differs")
        self.set_title(title)
        self.setAccessibleName(title)
        values = [[value(take) for take in self._takes] for _, value in _FIELDS]
        differing = [place for place, row in enumerate(values) if len(set(row)) > 1]
        self._same.setText(_sameness(differing) if self._takes else "")
        shown = sorted({0, 1, *differing})[:_MAX_COLUMNS]
        self._fill_table([_FIELDS[place][0]() for place in shown], [values[place] for place in shown])

    def _fill_table(self, titles: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S12)
        grid.setVerticalSpacing(Space.S8)
        for place, title in enumerate(titles, 1):
            grid.addWidget(Hint(title), 0, place)
            grid.setColumnStretch(place, 1)
        for row, _ in enumerate(self._takes):
            grid.addWidget(Divider(), 2 * row + 1, 0, 1, len(titles) + 1)
            grid.addWidget(Hint(str(row + 1)), 2 * row + 2, 0)
            for place, column in enumerate(columns, 1):
                none = QCoreApplication.translate("Compare", "none")
                label = ElidedLabel(column[row] or none, size=Type.CONTROL, ink="text" if column[row] else "text2")
                grid.addWidget(label, 2 * row + 2, place)
        self._holder.replaceWidget(self._table, table)
        self._table.deleteLater()
        self._table = table


def _sameness(differing: Sequence[int]) -> str:
    """Whether text and model are the same, or what else differs."""
    if _TEXT in differing and _MODEL in differing:
        return QCoreApplication.translate("Compare", "text and model differ")
    if _TEXT in differing:
        return QCoreApplication.translate("Compare", "the text differs")
    if _MODEL in differing:
        return QCoreApplication.translate("Compare", "the model differs")
    if not differing:
        return QCoreApplication.translate("Compare", "nothing but the take")
    return QCoreApplication.translate("Compare", "text and model are the same")
