"""The compared takes as rows of a model, with their gains, ratings and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.core.takes import Take
from app.ui.texts.comparison import loudness_text, rating_text
from app.ui.texts.speech import gain, take_name
from app.ui.texts.takes import take_accessible_text
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex


class CompareRole(IntEnum):
    """Item roles in addition to those of `RowRole`."""

    TAKE = RowRole.MARKS + 1
    GAIN = RowRole.MARKS + 2
    PLAYING = RowRole.MARKS + 3
    FLIPS = RowRole.MARKS + 4
    RATING = RowRole.MARKS + 5
    DETAILS = RowRole.MARKS + 6


class RowTexts(NamedTuple):
    """How takes are called in the rows: name and spoken text of a take with its number, or with its place."""

    name: Callable[[Take, int], str] = take_name
    spoken: Callable[[Take, int], str] = take_accessible_text
    by_place: bool = False


class RowDetails(NamedTuple):
    """More about a take.

    Attributes:
        figures: measured figures, one below the other.
        stretch: the part that is marked, in milliseconds; empty for none.
        remark: how far it is, or why it has no sound; in the place of loudness and length.
    """

    figures: tuple[str, ...] = ()
    stretch: tuple[int, int] = (0, 0)
    remark: str = ""


class CompareModel(QAbstractListModel):
    """The compared takes in their order."""

    def __init__(self, texts: RowTexts = RowTexts()) -> None:  # noqa: B008
        super().__init__()
        self._texts = texts
        self._details: Mapping[str, RowDetails] = {}
        self._takes: list[Take] = []
        self._gains: Mapping[str, float] = {}
        self._ratings: Mapping[str, int | None] | None = None
        self._playing = self._flips = ""

    @property
    def longest(self) -> int:
        """Milliseconds of the longest take."""
        return max((round(1000 * take.frames / take.rate) for take in self._takes), default=0)

    def set_takes(self, takes: Sequence[Take]) -> None:
        self.beginResetModel()
        self._takes = list(takes)
        self.endResetModel()

    def show_take(self, take: Take) -> None:
        """Update a take that is compared."""
        for row, shown in enumerate(self._takes):
            if shown.id == take.id:
                self._takes[row] = take
                self.dataChanged.emit(self.index(row), self.index(row))

    def set_gains(self, gains: Mapping[str, float]) -> None:
        """Set the gains in decibels by take id; empty as delivered."""
        self._gains = gains
        self._changed()

    def set_ratings(self, ratings: Mapping[str, int | None] | None) -> None:
        """Set the ratings by take id; None while they are not asked for."""
        self._ratings = ratings
        self._changed()

    def set_details(self, details: Mapping[str, RowDetails]) -> None:
        """Set more about takes, by their ids."""
        if details != self._details:
            self._details = details
            self._changed()

    def set_marks(self, playing: str, flips: str) -> None:
        """Mark by id which take plays, and which one a flip goes to."""
        if (playing, flips) != (self._playing, self._flips):
            self._playing, self._flips = playing, flips
            self._changed()

    def _changed(self) -> None:
        if self._takes:
            self.dataChanged.emit(self.index(0), self.index(len(self._takes) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._takes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        take, place = self._takes[index.row()], index.row() + 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return presentation_cover().mask(self._texts.name(take, self._number(take, place)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(self._spoken(take, place))
            case RowRole.KEY:
                return take.id
            case CompareRole.TAKE:
                return take
            case CompareRole.GAIN:
                return self._gains.get(take.id)
            case CompareRole.PLAYING:
                return take.id == self._playing
            case CompareRole.FLIPS:
                return take.id == self._flips
            case CompareRole.RATING:
                return self._ratings.get(take.id) if self._ratings is not None else None
            case CompareRole.DETAILS:
                return self._details.get(take.id, RowDetails())
        return None

    def _number(self, take: Take, place: int) -> int:
        return place if self._texts.by_place else take.number or place

    def _spoken(self, take: Take, place: int) -> str:
        """The text of a row: place, take, loudness, gain and rating."""
        decibels = self._gains.get(take.id)
        details = self._details.get(take.id, RowDetails())
        parts = [
            "" if self._texts.by_place else str(place),
            self._texts.spoken(take, self._number(take, place)),
            details.remark,
            loudness_text(take),
            gain(decibels) if decibels is not None else "",
            *details.figures,
        ]
        if self._ratings is not None:
            parts.append(rating_text(self._ratings.get(take.id)))
        return ", ".join(part for part in parts if part)
