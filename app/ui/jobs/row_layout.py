"""Where the parts of a row are: for painting, for the pointer, and for the buttons of the selected row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from app.ui.jobs.actions import STYLES, Action, action_text
from app.ui.jobs.rows import JobRow
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type

SECTION_HEIGHT = 30
BUTTON_HEIGHT = 28
GLYPH = 16
_PADDING = 10
_INDENT = 32
_BAR_HEIGHT = 4
_BADGE_PADDING = 7
_BADGE_GLYPH = 12
_BUTTON_PADDING = 10
_BUTTON_GAP = 6
_BUTTON_SHARE = 0.6
"""Buttons that need more of the width than this have a line of their own."""


class RowLayout(NamedTuple):
    """The areas of a row. Those of parts it has not are empty. `buttons` holds one area for each action."""

    box: QRectF
    icon: QRectF
    title: QRectF
    mark: QRectF
    bar: QRectF
    line: QRectF
    cost: QRectF
    reason: QRectF
    buttons: dict[Action, QRectF]

    def action_at(self, x: float, y: float) -> Action | None:
        return next((action for action, area in self.buttons.items() if area.contains(x, y)), None)


def title_font() -> QFont:
    return theme().font(Type.CONTROL, Type.MEDIUM)


def line_font() -> QFont:
    return theme().font(Type.SMALL)


def mark_font() -> QFont:
    return theme().font(Type.TINY, Type.MEDIUM)


def button_font() -> QFont:
    return theme().font(Type.SMALL, Type.MEDIUM)


def row_layout(row: JobRow, area: QRectF) -> RowLayout:
    """Lay a row out from the top of `area` at its width; the height of the result's box is what the row needs."""
    px = theme().px
    padding, indent, tall = px(_PADDING), px(_INDENT), px(BUTTON_HEIGHT)
    box = QRectF(area.left() + Space.S8, area.top(), area.width() - 2 * Space.S8, 0)
    left, right = box.left() + Space.S12, box.right() - Space.S12
    text_left = left + indent
    top = box.top() + padding
    buttons: dict[Action, QRectF] = {}
    wide = _buttons_width(row, row.actions)
    stacked = wide > (right - text_left) * _BUTTON_SHARE
    answers = (*row.actions, *row.answers) if stacked else row.answers
    title_right = right
    if row.actions and not stacked:
        buttons |= _placed(row, row.actions, right, top)
        title_right = right - wide - Space.S8
    icon = QRectF(left, top + (tall - px(GLYPH)) / 2, px(GLYPH), px(GLYPH))
    title, mark = _title(row, QRectF(text_left, top, max(0.0, title_right - text_left), tall))
    bottom = top + tall
    bar = QRectF()
    if row.parts:
        bar = QRectF(text_left, bottom + px(7), right - text_left, px(_BAR_HEIGHT))
        bottom = bar.bottom() + px(5)
    line, cost = QRectF(), QRectF()
    metrics = QFontMetrics(line_font())
    if row.line or row.cost:
        cost_wide = metrics.horizontalAdvance(row.cost)
        cost = QRectF(right - cost_wide, bottom + 1, cost_wide, metrics.height())
        line_right = cost.left() - Space.S12 if row.cost else right
        line = QRectF(text_left, bottom + 1, max(0.0, line_right - text_left), metrics.height())
        bottom = line.bottom()
    reason = QRectF()
    if row.reason:
        room = right - text_left
        height = wrapped_text(row.reason, room).boundingRect().height()
        reason = QRectF(text_left, bottom + Space.S4, room, height)
        bottom = reason.bottom()
    if answers:
        lines = _wrapped(row, answers, right - text_left)
        for each in lines:
            buttons |= _placed(row, each, text_left + _buttons_width(row, each), bottom + Space.S6)
            bottom += Space.S6 + tall
    box.setBottom(bottom + padding)
    return RowLayout(box, icon, title, mark, bar, line, cost, reason, buttons)


def row_height(row: JobRow, width: int, *, opens_section: bool) -> int:
    """The height of a row in pixels, with the heading above it if it has one."""
    tall = row_layout(row, QRectF(QRect(0, 0, width, 0))).box.height() + 2
    return round(tall) + (theme().px(SECTION_HEIGHT) if opens_section else 0)


def _title(row: JobRow, area: QRectF) -> tuple[QRectF, QRectF]:
    """The areas of title and mark. The mark follows the title, which is elided so that both fit."""
    metrics = QFontMetrics(title_font())
    wanted = metrics.horizontalAdvance(" ".join(row.title.split())) + 2
    if row.mark is None:
        return area, QRectF()
    small = QFontMetrics(mark_font())
    wide = small.horizontalAdvance(row.mark.text) + 2.0 * theme().px(_BADGE_PADDING)
    if row.mark.icon is not None:
        wide += theme().px(_BADGE_GLYPH + 4)
    # A long mark gives way too, so that something of the title is left.
    wide = min(wide, area.width() * 0.65)
    title = QRectF(area)
    title.setWidth(min(float(wanted), max(0.0, area.width() - wide - Space.S8)))
    tall = max(small.height() + 4, theme().px(19))
    return title, QRectF(title.right() + Space.S8, area.center().y() - tall / 2, wide, tall)


def _button_width(row: JobRow, action: Action) -> int:
    text, (style, glyph) = action_text(action, row.failed), STYLES[action]
    if style == "icon":
        return theme().px(BUTTON_HEIGHT)
    wide = QFontMetrics(button_font()).horizontalAdvance(text) + 2 * theme().px(_BUTTON_PADDING)
    return wide + (theme().px(GLYPH) + theme().px(_BUTTON_GAP) if glyph is not None else 0)


def _buttons_width(row: JobRow, actions: Sequence[Action]) -> int:
    return sum(_button_width(row, action) for action in actions) + Space.S4 * max(0, len(actions) - 1)


def _placed(row: JobRow, actions: Sequence[Action], right: float, top: float) -> dict[Action, QRectF]:
    """The areas of buttons in a line that ends at `right`."""
    areas: dict[Action, QRectF] = {}
    for action in reversed(actions):
        wide = _button_width(row, action)
        areas[action] = QRectF(right - wide, top, wide, theme().px(BUTTON_HEIGHT))
        right -= wide + Space.S4
    return {action: areas[action] for action in actions}


def _wrapped(row: JobRow, actions: Sequence[Action], room: float) -> list[list[Action]]:
    lines: list[list[Action]] = []
    for action in actions:
        if lines and _buttons_width(row, [*lines[-1], action]) <= room:
            lines[-1].append(action)
        else:
            lines.append([action])
    return lines


def wrapped_text(text: str, width: float) -> QTextLayout:
    """Lay out a text in the font of lines; a word longer than the width is broken, such as an address."""
    layout = QTextLayout(text, line_font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout
