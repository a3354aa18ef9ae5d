"""The rows of the command palette: what a query found, in groups, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.core.fuzzy import has_words, match
from app.ui.commands import Commands, Found, Thing, ThingSource
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import IconSide, Space, Type
from app.ui.views import VIEWS
from app.ui.widgets.key_caps import caps_width, keys_of, paint_caps
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import Row, RowRole

MAX_THINGS = 6
"""Rows of one kind of things."""
MAX_LOOSE = 300
"""Things of one kind that are also compared by their letters; that takes ten times as long."""
_Index = QModelIndex | QPersistentModelIndex


class PaletteRow(NamedTuple):
    """A row, what Enter does with it, and what the right arrow plays, if anything."""

    row: Row
    run: Callable[[], object]
    play: Callable[[], object] | None = None


def palette_rows(commands: Commands, typed: str, contents: Mapping[str, Sequence[Thing]]) -> list[PaletteRow]:
    """What a query finds: commands that do something, those that lead somewhere, then things by kind.

    `contents` has the things that a search of their content found, by the key of their source.
    """
    found = commands.find(typed)
    do, go = (
        QCoreApplication.translate("Palette", "Do"),
        QCoreApplication.translate("Palette", "Go to"),
    )
    rows = [_command_row(each, do, commands) for each in found if not each.command.goes]
    rows += [_command_row(each, go, commands) for each in found if each.command.goes]
    if typed.strip():
        for source in commands.sources():
            rows += _thing_rows(source, typed, contents.get(source.key, ()), only_exact=bool(rows))
    return rows


def _command_row(found: Found, section: str, commands: Commands) -> PaletteRow:
    command = found.command
    details = [found.other_name, _view_name(command.view)]
    row = Row(
        command.key,
        command.label(),
        " · ".join(detail for detail in details if detail),
        badge="+".join(keys_of(command.shortcut)) if command.shortcut else "",
        section=section,
        icon=command.icon or Icon.COMMAND,
        marks=() if found.other_name else found.match.positions,
    )
    return PaletteRow(row, lambda: commands.run(command.key))


def _view_name(name: str) -> str:
    return next((view.label() for view in VIEWS if view.name == name), "")


def _thing_rows(source: ThingSource, typed: str, contents: Sequence[Thing], *, only_exact: bool) -> list[PaletteRow]:
    heading = source.heading()
    ranked: list[tuple[float, Thing, tuple[int, ...]]] = []
    listed = source.listed()
    loose = not only_exact and len(listed) <= MAX_LOOSE
    for thing in listed:
        if not loose and not has_words(typed, thing.searched):
            continue
        own = match(typed, thing.title, loose=loose)
        if own is None or not own.is_exact:
            wider = match(typed, thing.searched, loose=False)
            if wider is not None:
                own = wider._replace(
                    rank=wider.rank + 1, positions=tuple(at for at in wider.positions if at < len(thing.title))
                )
        if own is not None:
            ranked.append((round(own.rank), thing, own.positions))
    ranked.sort(key=lambda each: each[0])
    known = {thing.key for _, thing, _ in ranked}
    ranked += [(0, thing, ()) for thing in contents if thing.key not in known]
    return [
        PaletteRow(
            Row(
                f"{source.key}:{thing.key}",
                thing.title,
                thing.detail,
                section=heading,
                icon=thing.icon,
                marks=marks,
            ),
            thing.run,
            thing.play,
        )
        for _, thing, marks in ranked[:MAX_THINGS]
    ]


class PaletteDelegate(RowDelegate):
    """Paints a row on one line: icon, name with the found letters underlined, detail, and the shortcut at the right.

    Attributes:
        chosen: key of the row that is painted as the selected one.
    """

    def __init__(self, parent: QWidget, *, height: int) -> None:
        super().__init__(parent, height=height)
        self.chosen = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        marked = QStyleOptionViewItem(option)
        if index.data(RowRole.KEY) == self.chosen:
            marked.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, marked, index)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        colours = theme()
        inner = row.adjusted(Space.S12, 0, -Space.S12, 0)
        icon = index.data(RowRole.ICON)
        side = colours.px(IconSide.USUAL)
        if icon:
            ratio = painter.device().devicePixelRatioF()
            corner = QRectF(inner.left(), inner.center().y() - side / 2, side, side).topLeft()
            painter.drawPixmap(corner, pixmap(Icon(icon), "soft_text" if selected else "text2", IconSide.USUAL, ratio))
            inner.setLeft(inner.left() + side + Space.S12)
        keys = keys_of(str(index.data(RowRole.BADGE) or ""))
        if keys:
            left = inner.right() - caps_width(keys)
            paint_caps(painter, keys, left, inner.center().y())
            inner.setRight(left - Space.S12)
        ink = "soft_text" if selected else "text"
        title = " ".join(str(index.data(Qt.ItemDataRole.DisplayRole) or "").split())
        marks = frozenset(index.data(RowRole.MARKS) or ())
        used = self._paint_title(painter, inner, title, marks, ink)
        detail = " ".join(str(index.data(RowRole.SUBTITLE) or "").split())
        inner.setLeft(inner.left() + used + Space.S12)
        if detail and inner.width() > 0:
            font = colours.font(Type.SMALL)
            painter.setFont(font)
            painter.setPen(colours.colour("soft_text" if selected else "text3"))
            shown = QFontMetrics(font).elidedText(detail, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_title(self, painter: QPainter, area: QRectF, title: str, marks: frozenset[int], ink: str) -> float:
        """Draw the name in runs of marked and other letters; return its width in pixels."""
        plain = theme().font(Type.BODY)
        marked = QFont(theme().font(Type.BODY, Type.SEMIBOLD))
        marked.setUnderline(True)
        painter.setPen(theme().colour(ink))
        left, start = area.left(), 0
        while start < len(title) and left < area.right():
            end = start
            while end < len(title) and (end in marks) == (start in marks):
                end += 1
            font = marked if start in marks else plain
            metrics = QFontMetrics(font)
            room = area.right() - left
            run = metrics.elidedText(title[start:end], Qt.TextElideMode.ElideRight, int(room) + 1)
            painter.setFont(font)
            painter.drawText(
                QRectF(left, area.top(), room, area.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                run,
            )
            left += metrics.horizontalAdvance(run)
            start = end
        return left - area.left()
