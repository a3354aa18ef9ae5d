"""The list model of takes: filtered, sorted, and grouped under headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.core.take_order import Arrangement, grouped_by, matches, ordered
from app.core.takes import Take, TakeProgress
from app.ui.texts.speech import take_content, take_cut_advice, take_failure, take_name, voice_name
from app.ui.texts.takes import (
    finding_advice,
    findings_of,
    heading_name,
    lineage,
    progress_text,
    take_accessible_text,
)
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole

_Index = QModelIndex | QPersistentModelIndex
_READ = Qt.ItemFlag.ItemNeverHasChildren
_TAKE = _READ | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_DRAGGED = _TAKE | Qt.ItemFlag.ItemIsDragEnabled
_DISPLAY, _SIZE = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.SizeHintRole


class Heading(NamedTuple):
    """The row above the takes of one text."""

    text: str
    takes: int

    @property
    def id(self) -> str:
        return f"heading {self.text}"


class ShownTake(NamedTuple):
    """What a row shows of a take.

    Attributes:
        gain: in decibels; None if it is played as delivered.
        played: the played share of the sound, 0 to 1; None for a take that is not loaded.
    """

    take: Take
    name: str
    content: str
    gain: float | None
    is_playing: bool
    played: float | None
    lineage: str
    progress: str


class TakeModel(QAbstractListModel):
    """Takes, newest first unless arranged otherwise. A take keeps its number when others are deleted.

    Signals:
        settled: the takes that changed together are listed; see `changing`.
    """

    settled = Signal()

    def __init__(self, *, by_description: bool = False) -> None:
        """`by_description` keeps the takes of one description together: newest description and number first."""
        super().__init__()
        self._by_description = by_description
        self._arrangement = Arrangement()
        self._takes: dict[str, Take] = {}
        self._sorted: tuple[Take, ...] | None = None
        self._items: list[Take | Heading] = []
        self._rows: dict[str, int] = {}
        self._changes = 0
        self._newcomers: set[str] = set()
        """Takes that came after the filter was chosen: they are listed whatever it is, or they would seem lost."""
        self._gains: Mapping[str, float] = {}
        self._progress: Mapping[str, TakeProgress] = {}
        self._playing: str | None = None
        self._played: tuple[str, float] = ("", 0.0)

    # -- takes ----------------------------------------------------------------------------------------------------

    def takes(self) -> tuple[Take, ...]:
        """All takes, newest first, whatever the arrangement."""
        if self._sorted is None:
            takes = ordered(self._takes.values(), "newest", voice_name)
            if self._by_description:
                groups = grouped_by(takes, lambda take: take.voice.description)
                takes = [take for _, group in groups for take in group]
            self._sorted = tuple(takes)
        return self._sorted

    def take(self, take_id: str | None) -> Take | None:
        return None if take_id is None else self._takes.get(take_id)

    def listed(self) -> list[Take]:
        """The takes that pass the filter, in the order of the rows."""
        return [item for item in self._items if isinstance(item, Take)]

    def row_of(self, take_id: str | None) -> int | None:
        """The row of a take; None if it is not listed."""
        return None if take_id is None else self._rows.get(take_id)

    def item(self, row: int) -> Take | Heading:
        """What a row shows. For painting, which asks too often for `data`."""
        return self._items[row]

    def shown(self, row: int) -> ShownTake:
        """What the row of a take shows. Raises TypeError for a heading."""
        take = self._items[row]
        if isinstance(take, Heading):
            raise TypeError("a heading is no take")
        mask = presentation_cover().mask
        return ShownTake(
            take, mask(take_name(take, self._number(take, row))), mask(take_content(take)), self._gains.get(take.id),
            take.id == self._playing, self._played[1] if take.id == self._played[0] else None,
            lineage(take, self._takes.get(take.parent or "")), progress_text(take, self._progress.get(take.id)),
        )  # fmt: skip

    def set_takes(self, takes: Sequence[Take]) -> None:
        self._newcomers.clear()
        self._takes, self._sorted = {take.id: take for take in takes}, None
        self._reset(self._arranged())

    def show_take(self, take: Take) -> None:
        """Add a take, or update the one with the same id."""
        before = self._takes.get(take.id)
        self._takes[take.id], self._sorted = take, None
        if before is None:
            if self._arrangement.is_filtered:
                self._newcomers.add(take.id)
            self._rearrange()
        elif self._can_move(before, take):
            self._rearrange()
        elif (row := self._rows.get(take.id)) is not None:
            self._items[row] = take
            same_height = bool(take_failure(before)) == bool(take_failure(take))
            self.dataChanged.emit(self.index(row), self.index(row), [_DISPLAY] if same_height else [_SIZE])

    def remove(self, take_id: str) -> None:
        if self._takes.pop(take_id, None) is not None:
            self._sorted = None
            self._newcomers.discard(take_id)
            self._rearrange()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """While many takes come, change or go, list them anew only once, at the end.

        Each of a thousand rows that goes by itself would make Qt go through all others.
        """
        self._changes += 1
        try:
            yield
        finally:
            self._changes -= 1
            if not self._changes:
                self._rearrange()
                self.settled.emit()

    @property
    def is_changing(self) -> bool:
        """Whether takes are changing together, and `settled` is still to come."""
        return self._changes > 0

    # -- arrangement ----------------------------------------------------------------------------------------------

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    def arrange(self, arrangement: Arrangement) -> None:
        """Filter, sort and group the takes."""
        if arrangement != self._arrangement:
            self._arrangement = arrangement
            self._newcomers.clear()
            self._rearrange()

    def _can_move(self, before: Take, take: Take) -> bool:
        """Whether a change may list a take elsewhere, or not at all. One that is being made stays where it is."""
        arrangement = self._arrangement
        plain = not arrangement.is_filtered and arrangement.order in ("newest", "oldest") and not arrangement.by_text
        return not plain and take.has_ended and take != before

    def _arranged(self) -> list[Take | Heading]:
        arrangement = self._arrangement
        if self._by_description:
            return list(self.takes())
        takes = [take for take in self.takes() if take.id in self._newcomers or matches(take, arrangement, voice_name)]
        if arrangement.order != "newest":
            takes = ordered(takes, arrangement.order, voice_name)
        if not arrangement.by_text:
            return list(takes)
        items: list[Take | Heading] = []
        for text, group in grouped_by(takes, lambda take: " ".join(take.text.split())):
            items += [Heading(text, len(group)), *group]
        return items

    def _rearrange(self) -> None:
        """List what is to be listed now; rows that stand together come or go without the others being touched."""
        if self._changes:
            return
        items = self._arranged()
        headings = {item for item in self._items if isinstance(item, Heading)}
        before, after = [item.id for item in self._items], [item.id for item in items]
        pairs = enumerate(zip(before, after, strict=False))
        at = next((row for row, (old, new) in pairs if old != new), min(len(before), len(after)))
        if before == after:
            self._items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1), [_DISPLAY])
        elif (count := len(after) - len(before)) > 0 and before[at:] == after[at + count :]:
            self.beginInsertRows(QModelIndex(), at, at + count - 1)
            self._set_items(items)
            self.endInsertRows()
            self._show_counts(headings)
        elif count < 0 and before[at - count :] == after[at:]:
            self.beginRemoveRows(QModelIndex(), at, at - count - 1)
            self._set_items(items)
            self.endRemoveRows()
            self._show_counts(headings)
        else:
            self._reset(items)

    def _show_counts(self, before: set[Heading]) -> None:
        """Say which headings count other takes than `before`: rows came or went below them."""
        for row, item in enumerate(self._items):
            if isinstance(item, Heading) and item not in before:
                self.dataChanged.emit(self.index(row), self.index(row), [_DISPLAY])

    def _reset(self, items: list[Take | Heading]) -> None:
        self.beginResetModel()
        self._set_items(items)
        self.endResetModel()

    def _set_items(self, items: list[Take | Heading]) -> None:
        self._items = items
        self._rows = {item.id: row for row, item in enumerate(items) if isinstance(item, Take)}

    # -- what is shown of them ------------------------------------------------------------------------------------

    def set_gains(self, gains: Mapping[str, float]) -> None:
        """Set the gains in decibels by take id; empty to play takes as delivered."""
        before, self._gains = self._gains, gains
        self._show_changed([take_id for take_id in self._rows if before.get(take_id) != gains.get(take_id)])

    def set_progress(self, progress: Mapping[str, TakeProgress]) -> None:
        """Set how far the takes are that are being made, by take id."""
        before, self._progress = self._progress, progress
        self._show_changed([take_id for take_id in {**before, **progress} if take_id in self._rows])

    def set_playing(self, take_id: str | None) -> None:
        """Mark the take that is playing, None for none."""
        if take_id != self._playing:
            before, self._playing = self._playing, take_id
            self._show_changed([changed for changed in (before, take_id) if changed in self._rows])

    def set_played(self, take_id: str, share: float) -> None:
        """Set which share of a take was played, 0 to 1; an empty id if none is loaded."""
        if (take_id, share) != self._played:
            before, self._played = self._played[0], (take_id, share)
            self._show_changed([changed for changed in {before, take_id} if changed in self._rows])

    def _show_changed(self, take_ids: Sequence[str | None]) -> None:
        rows = [self._rows[take_id] for take_id in take_ids if take_id is not None]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)), [_DISPLAY])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading is read, and passed over by keys and clicks."""
        item = self._items[index.row()] if index.isValid() else None
        if not isinstance(item, Take):
            return _READ
        return _DRAGGED if item.has_ended and item.frames else _TAKE

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        return self._of_heading(item, role) if isinstance(item, Heading) else self._of_take(item, index.row(), role)

    @staticmethod
    def _of_heading(heading: Heading, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return presentation_cover().mask(heading_name(heading.text, heading.takes))
            case RowRole.KEY:
                return ""
        return None

    def _of_take(self, take: Take, row: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return presentation_cover().mask(take_name(take, self._number(take, row)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(take_accessible_text(take, self._number(take, row)))
            case Qt.ItemDataRole.ToolTipRole:
                text = presentation_cover().mask("\n".join(filter(None, self._sentences(take))))
                # Escaped, because Qt renders a tooltip that looks like HTML.
                return f"<p>{escape(text)}</p>".replace("\n", "<br>") if text else ""
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return presentation_cover().mask(" · ".join(filter(None, self._sentences(take))))
            case RowRole.SUBTITLE:
                return presentation_cover().mask(take_content(take))
            case RowRole.KEY:
                return take.id
        return None

    def _number(self, take: Take, row: int) -> int:
        return take.number or len(self._items) - row

    def _sentences(self, take: Take) -> list[str]:
        """What is to be known about a take beside its name: advice first, then what it speaks."""
        advice = [finding_advice(finding) for finding in findings_of(take)]
        made_from = lineage(take, self._takes.get(take.parent or ""))
        progress = progress_text(take, self._progress.get(take.id))
        return [progress, take_cut_advice(take), *advice, made_from, take_content(take), take.note]
