"""Paints the cells of the case table: values, answers with their checks, and states."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.case_scores import Verdict
from app.services.bench.case_book import CellState
from app.ui.bench.cases.model import CaseModel, PaintedCell
from app.ui.texts.cases import state_text
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.fields import LineField
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_MARKS = {"pass": (Icon.CHECK, "good"), "fail": (Icon.CLOSE, "bad"), "none": (None, "text3")}
_STATE_ICONS = {
    "queued": Icon.CLOCK, "paused": Icon.PAUSE, "failed": Icon.ERROR, "lost": Icon.WARNING, "broken": Icon.WARNING,
    "stopped": Icon.STOP,
}  # fmt: skip
_STATE_INKS = {"failed": "bad", "lost": "warn", "broken": "warn"}
_TURN_SECONDS = 0.75
_FAR = 1 << 24
"""Pixels beyond every view."""
TYPING_PAUSE_MS = 400
"""What is typed in a cell is kept after so long without a key, so that a kill takes no more than that."""


def row_height() -> int:
    """Pixels of a row: a line, and one of checks below it."""
    fonts = theme().font(Type.CONTROL), theme().font(Type.SMALL)
    return sum(QFontMetrics(font).height() for font in fonts) + Space.S4 + 2 * Space.S8


class _CellEditor(LineField):
    """Edits a value in its cell. Line breaks are shown as a sign; the side panel edits them."""

    paused = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent=parent)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.paused)
        self.textEdited.connect(lambda _text: self._pause.start())


class CaseDelegate(QStyledItemDelegate):
    """Paints cells without widgets of their own; there may be fifty thousand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._metrics: dict[tuple[int, int, bool], tuple[QFont, QFontMetrics]] = {}
        self._elided: dict[tuple[str, int, bool], str] = {}
        self._top, self._bottom = -_FAR, _FAR
        self._colours: dict[str, QColor] = {}
        self._strips: dict[tuple[tuple[tuple[str, str], ...], float], QPixmap] = {}

    def restyle(self) -> None:
        """The theme, or the size of its text, is another one."""
        self._metrics.clear()
        self._elided.clear()
        self._strips.clear()
        self._colours.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, row_height())

    # -- editing --------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = _CellEditor(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)), parent)
        editor.paused.connect(lambda: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, LineField)
        if not editor.isModified():
            editor.setText(_in_one_line(str(index.data(Qt.ItemDataRole.EditRole) or "")))

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        assert isinstance(editor, LineField)
        typed, before = editor.text(), str(index.data(Qt.ItemDataRole.EditRole) or "")
        if typed != _in_one_line(before):
            index.model().setData(index, _with_breaks(typed))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        # The whole cell, so that the ring of the cell is not seen below that of the editor.
        editor.setGeometry(QRect(option.rect))

    # -- painting -------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._top, self._bottom = -_FAR, _FAR
        self.draw(painter, option.rect, index, selected=selected, current=False)

    def set_damaged(self, area: QRect) -> None:
        """Nothing above or below this area has to be painted by the next calls of `draw`."""
        self._top, self._bottom = area.top(), area.bottom()

    def draw(self, painter: QPainter, area: QRect, index: _Index, *, selected: bool, current: bool) -> None:
        """Paint a cell."""
        colours = theme()
        if selected:
            painter.fillRect(area, colours.colour("soft"))
        if selected and current:
            box = QRectF(area).adjusted(1, 1, -1, -1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_box(painter, box, Radius.BADGE, colours.colour("soft"), colours.colour("accent"), RING)
        inside = area.adjusted(Space.S12, Space.S8, -Space.S12, -Space.S8)
        model = index.model()
        assert isinstance(model, CaseModel)
        shown = model.painted(index.row(), index.column())
        if shown.state is None:
            self._paint_value(painter, inside, shown, is_first=index.column() == 0)
        else:
            self._paint_answer(painter, inside, shown, shown.state, model.names)

    def _paint_value(self, painter: QPainter, area: QRect, shown: PaintedCell, *, is_first: bool) -> None:
        top = self._text(painter, area, Type.CONTROL, "text", shown.line)
        if is_first and shown.is_broken:
            below = area.adjusted(0, top + Space.S4, 0, 0)
            self._badge(painter, below, Icon.WARNING, "warn", state_text("broken"))

    def _paint_answer(
        self, painter: QPainter, area: QRect, shown: PaintedCell, state: CellState, names: dict[str, str]
    ) -> None:
        line = shown.line
        if state in ("done", "writing", "stopped", "lost") and line:
            top = self._text(painter, area, Type.SMALL, "text" if state == "done" else "text2", line, mono=True)
            area = area.adjusted(0, top + Space.S4, 0, 0)
        if state == "done":
            self._paint_checks(painter, area, shown.score.shown, names)
        elif state == "writing":
            self._paint_spinner(painter, area)
            self._text(painter, area.adjusted(theme().px(20), 0, 0, 0), Type.SMALL, "text2", state_text(state))
        elif state == "planned":
            self._text(painter, area, Type.SMALL, "text3", state_text(state))
        else:
            self._badge(painter, area, _STATE_ICONS.get(state), _STATE_INKS.get(state, "text2"), state_text(state))

    def _paint_checks(
        self, painter: QPainter, area: QRect, verdicts: tuple[Verdict, ...], names: dict[str, str]
    ) -> None:
        """Paint the checks, of which most cells have the same ones with the same outcome: as one picture."""
        key = tuple((each.state, names.get(each.check_id, "")) for each in verdicts)
        if not key:
            return
        if not self._is_damaged(area.top(), area.height()):
            return
        ratio = painter.device().devicePixelRatioF()
        strip = self._strips.get((key, ratio))
        if strip is None:
            strip = self._strips[key, ratio] = self._strip(key, ratio)
        wide = min(area.width(), round(strip.width() / ratio))
        if strip.width() / ratio > area.width():
            self._paint_fitting(painter, area, key, ratio)
            return
        painter.drawPixmap(area.left(), area.top(), strip, 0, 0, round(wide * ratio), strip.height())

    def _paint_fitting(self, painter: QPainter, area: QRect, checks: tuple[tuple[str, str], ...], ratio: float) -> None:
        """Paint the checks there is room for, those that fail first, and how many there are besides."""
        order = {"fail": 0, "none": 1, "pass": 2}
        ranked = sorted(checks, key=lambda each: order[each[0]])
        font, metrics = self._face(Type.SMALL, Type.REGULAR)
        for number in range(len(ranked) - 1, -1, -1):
            key = tuple(ranked[:number])
            more = f"+{len(ranked) - number}"
            strip = self._strips.get((key, ratio)) if number else None
            if strip is None and number:
                strip = self._strips[key, ratio] = self._strip(key, ratio)
            wide = round(strip.width() / ratio) if strip is not None else 0
            if wide + metrics.horizontalAdvance(more) > area.width() and number:
                continue
            if strip is not None:
                painter.drawPixmap(area.left(), area.top(), strip)
            painter.setFont(font)
            painter.setPen(self._colour("text3"))
            painter.drawText(area.left() + wide, area.top() + metrics.ascent(), more)
            return

    def _strip(self, checks: tuple[tuple[str, str], ...], ratio: float) -> QPixmap:
        """The signs and words of checks beside each other."""
        side, space = theme().px(12), Space.S4
        faces = [self._face(Type.SMALL, Type.SEMIBOLD if state == "fail" else Type.REGULAR) for state, _ in checks]
        widths = [face[1].horizontalAdvance(word) for face, (_, word) in zip(faces, checks, strict=True)]
        high = faces[0][1].height()
        wide = sum(widths) + len(checks) * (side + space + Space.S12)
        strip = QPixmap(round(wide * ratio), round(high * ratio))
        strip.setDevicePixelRatio(ratio)
        strip.fill(Qt.GlobalColor.transparent)
        painter, left = QPainter(strip), 0
        for (state, word), (font, metrics), width in zip(checks, faces, widths, strict=True):
            icon, ink = _MARKS[state]
            painter.setPen(theme().colour(ink))
            if icon is not None:
                painter.drawPixmap(left, (high - side) // 2, pixmap(icon, ink, 12, ratio))
            else:
                painter.drawText(left + side // 4, metrics.ascent(), "–")
            painter.setFont(font)
            painter.setPen(theme().colour("text2" if state == "pass" else ink))
            painter.drawText(left + side + space, metrics.ascent(), word)
            left += side + space + width + Space.S12
        painter.end()
        return strip

    def _is_damaged(self, top: int, height: int) -> bool:
        """Whether something has to be painted between these heights: a frame of scrolling shows parts of rows anew."""
        return top <= self._bottom and top + height >= self._top

    def _face(self, size: int, weight: int, mono: bool = False) -> tuple[QFont, QFontMetrics]:
        found = self._metrics.get((size, weight, mono))
        if found is None:
            font = theme().font(size, weight, mono)
            found = self._metrics[size, weight, mono] = (font, QFontMetrics(font))
        return found

    def _text(self, painter: QPainter, area: QRect, size: int, ink: str, text: str, *, mono: bool = False) -> int:
        """Paint one line, elided; return its height."""
        font, metrics = self._face(size, Type.REGULAR, mono)
        if not self._is_damaged(area.top(), metrics.height()):
            return metrics.height()
        key = (text, area.width(), mono)
        shown = self._elided.get(key)
        if shown is None:
            if len(self._elided) > 4_000:
                self._elided.clear()
            shown = self._elided[key] = _fitted(" ".join(text.split()), metrics, max(0, area.width()), mono=mono)
        painter.setFont(font)
        painter.setPen(self._colour(ink))
        painter.drawText(area.left(), area.top() + metrics.ascent(), shown)
        return metrics.height()

    def _colour(self, token: str) -> QColor:
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = theme().colour(token)
        return found

    def _badge(self, painter: QPainter, area: QRect, icon: Icon | None, ink: str, words: str) -> None:
        font, metrics = self._face(Type.TINY, Type.MEDIUM)
        side, inset = theme().px(12), theme().px(6)
        wide = metrics.horizontalAdvance(words) + 2 * inset + (side + Space.S4 if icon is not None else 0)
        box = QRectF(area.left(), area.top(), min(area.width(), wide), metrics.height() + 4)
        fill = f"{ink}_soft" if ink in ("bad", "warn") else "sunken"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, box, Radius.BADGE, theme().colour(fill))
        left = box.left() + inset
        if icon is not None:
            drawn = pixmap(icon, ink, 12, painter.device().devicePixelRatioF())
            painter.drawPixmap(round(left), round(box.center().y() - side / 2), drawn)
            left += side + Space.S4
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(box.right() - left)))
        painter.drawText(round(left), round(box.top() + 2 + metrics.ascent()), shown)

    @staticmethod
    def _paint_spinner(painter: QPainter, area: QRect) -> None:
        colours, side = theme(), theme().px(12)
        spot = QRectF(area.left() + 1, area.top() + 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("line"), 1.7))
        painter.drawEllipse(spot)
        turn = 0.0 if colours.reduced_motion else time.monotonic() / _TURN_SECONDS % 1.0
        painter.setPen(QPen(colours.colour("text2"), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(spot, round(-turn * 360 * 16), 100 * 16)


def _fitted(line: str, metrics: QFontMetrics, width: int, *, mono: bool) -> str:
    """What of a line has room. Qt would lay out all of it several times, which takes most of a frame."""
    if not mono:
        # No letter that is read is narrower than this.
        return metrics.elidedText(line[: width // 3 + 1], Qt.TextElideMode.ElideRight, width)
    # Of ten, because the advance of one letter is rounded.
    room = 10 * width // max(1, metrics.horizontalAdvance("0" * 10))
    if line.isascii():
        return line if len(line) <= room else f"{line[: max(0, room - 1)]}…"
    used = 0
    for place, character in enumerate(line):
        # Chinese letters are twice as wide.
        used += 1 if character < "\u1100" else 2
        if used > room - 1:
            rest = line[place:]
            return line if len(rest) == 1 and used <= room else f"{line[:place]}…"
    return line


_BREAK = "⏎"
"""Stands for a line break while a value is edited in one line."""


def _in_one_line(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\n", _BREAK)


def _with_breaks(typed: str) -> str:
    return typed.replace(_BREAK, "\n")
