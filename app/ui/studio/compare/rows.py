"""The compared takes, one row each: one time scale, one amplitude scale, one playhead through all of them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.core.takes import Take
from app.ui.studio.compare.compare_model import CompareModel, CompareRole, RowDetails, RowTexts
from app.ui.studio.compare.rating import RatingSlider, paint_rating, rating_at
from app.ui.studio.compare.row_badges import paint_bracket, paint_finding, paint_gain
from app.ui.studio.compare.row_geometry import BADGE, RowGeometry, row_geometry
from app.ui.studio.take_list import peak_pairs
from app.ui.texts.comparison import loudness_text, rating_text
from app.ui.texts.speech import gain, take_length
from app.ui.texts.takes import finding_name, findings_of
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.key_caps import caps_width, keys_of, paint_caps
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole
from app.ui.widgets.themed import paint_box
from app.ui.widgets.waveform import bar_heights

_Index = QModelIndex | QPersistentModelIndex
_LOWEST_ROW = 78
_HIGHEST_ROW = 138
_BAR, WAVE_PITCH = 2.4, 4.0
_WAVE_HEIGHT = 64
FLIP_KEYS = "Shift+Space"
_LEFT_TO_ROOM = frozenset({
    Qt.Key.Key_Space, Qt.Key.Key_S, Qt.Key.Key_Left, Qt.Key.Key_Right,
    *(Qt.Key(Qt.Key.Key_1 + place) for place in range(9)),
})  # fmt: skip


class _CompareDelegate(RowDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        shown = option.widget
        tall = shown.row_height() if isinstance(shown, CompareList) else theme().px(_LOWEST_ROW)
        return QSize(theme().px(120), tall)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        shown = self.parent()
        assert isinstance(shown, CompareList)
        geometry, take = shown.row_geometry(), index.data(CompareRole.TAKE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_badge_of(painter, row, geometry, index, selected)
        details = index.data(CompareRole.DETAILS)
        self._paint_words(painter, row, geometry, index, selected)
        self._paint_wave(painter, row, geometry, take, shown.position if selected else 0)
        self._paint_figures(painter, row, geometry, details)
        if selected and details.stretch[1]:
            left, right = (geometry.x_at(at) for at in details.stretch)
            paint_bracket(painter, left, right, row.bottom() - Space.S6)
        if geometry.rating_width:
            rating = index.data(CompareRole.RATING)
            if not selected:
                paint_rating(painter, shown.rating_area(row), rating)
            typed = shown.rating.typed if selected else ""
            painter.setFont(theme().font(Type.CONTROL))
            painter.setPen(theme().colour("soft_text" if typed else "text2" if rating is None else "text"))
            figure = QRectF(geometry.rating + geometry.rating_width, row.top(), geometry.figure_width, row.height())
            text = f"{typed}…" if typed else rating_text(rating)
            painter.drawText(figure, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _paint_badge_of(painter: QPainter, row: QRectF, geometry: RowGeometry, index: _Index, selected: bool) -> None:
        """Draw the number of a row, or the play button of the current one."""
        colours = theme()
        area = badge_area(row, geometry)
        if not selected:
            paint_box(painter, area, area.width() / 2, colours.colour("surface"), colours.colour("line"))
            painter.setFont(colours.font(Type.CONTROL, Type.MEDIUM))
            painter.setPen(colours.colour("text"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
            return
        paint_box(painter, area, area.width() / 2, colours.colour("accent"))
        side = colours.px(16)
        glyph = Icon.PAUSE if index.data(CompareRole.PLAYING) else Icon.PLAY
        ratio = painter.device().devicePixelRatioF()
        centre = area.center()
        painter.drawPixmap(
            QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side).topLeft(),
            pixmap(glyph, "on_accent", 16, ratio),
        )

    def _paint_words(
        self, painter: QPainter, row: QRectF, geometry: RowGeometry, index: _Index, selected: bool
    ) -> None:
        colours, take = theme(), index.data(CompareRole.TAKE)
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        tall, below, badge = (
            QFontMetrics(title).height(),
            QFontMetrics(small).height(),
            QFontMetrics(colours.font(Type.TINY, Type.MEDIUM)).height() + 4,
        )
        top = row.center().y() - (tall + below + badge + Space.S6) / 2
        line = QRectF(geometry.text, top, geometry.text_width, tall)
        if take.stars:
            side = colours.px(14)
            room = geometry.text_width - side - Space.S6
            wide = min(room, QFontMetrics(title).horizontalAdvance(str(index.data())))
            spot = QRectF(line.left() + wide + Space.S6, line.center().y() - side / 2, side, side)
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(spot.topLeft(), pixmap(Icon.STAR_FILLED, "accent", 14, ratio))
            line.setWidth(wide + 1)
        self._paint_line(painter, line, title, "text", str(index.data()))
        figures = " · ".join(filter(None, (loudness_text(take), take_length(take))))
        measured = QRectF(geometry.text, line.bottom() + Space.S2, geometry.text_width, below)
        self._paint_line(painter, measured, small, "soft_text" if selected else "text2", figures)
        left, middle = geometry.text, measured.bottom() + Space.S4 + badge / 2
        decibels = index.data(CompareRole.GAIN)
        if decibels is not None:
            left = paint_gain(painter, gain(decibels), left, middle, badge, selected) + Space.S8
        found = [finding for finding in findings_of(take) if finding.code != "silent"]
        if found and geometry.figures_width:
            room = geometry.wave - Space.S4 - left
            left = paint_finding(painter, finding_name(found[0]), left, middle, badge, room) + Space.S8
        keys = keys_of(FLIP_KEYS)
        if index.data(CompareRole.FLIPS) and left + caps_width(keys) <= geometry.wave - Space.S4:
            paint_caps(painter, keys, left, middle)

    def _paint_figures(self, painter: QPainter, row: QRectF, geometry: RowGeometry, details: RowDetails) -> None:
        """Draw the measured figures one below the other, and a remark in the place of a waveform."""
        font = theme().font(Type.SMALL)
        if details.remark:
            painter.setFont(font)
            painter.setPen(theme().colour("text2"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            area = QRectF(geometry.wave + Space.S12, row.top(), geometry.wave_width - Space.S12, row.height())
            painter.drawText(area, flags, details.remark)
        tall = QFontMetrics(font).height() + Space.S2
        top = row.center().y() - tall * len(details.figures) / 2
        for at, figure in enumerate(details.figures):
            area = QRectF(geometry.figures, top + at * tall, geometry.figures_width, tall)
            self._paint_line(painter, area, font, "text2", figure)

    @staticmethod
    def _paint_wave(painter: QPainter, row: QRectF, geometry: RowGeometry, take: Take, played: int) -> None:
        """Draw the waveform on the scales of all rows; what is before `played` (ms) in the accent colour."""
        length = 1000 * take.frames / take.rate
        wide = geometry.x_at(length) - geometry.wave
        tall = min(row.height() - Space.S8, float(theme().px(_WAVE_HEIGHT)))
        bars = wave_bars(take, max(1, int(wide / WAVE_PITCH)), tall)
        painter.translate(geometry.wave, row.center().y())
        done = min(geometry.x_at(played) - geometry.wave, wide)
        for left, right, ink in ((0.0, done, "accent"), (max(0.0, done), wide + 1, "wave")):
            if right > left:
                painter.save()
                painter.setClipRect(QRectF(left, -tall / 2, right - left, tall), Qt.ClipOperation.IntersectClip)
                painter.fillPath(bars, theme().colour(ink))
                painter.restore()
        painter.translate(-geometry.wave, -row.center().y())


def badge_area(row: QRectF, geometry: RowGeometry) -> QRectF:
    """The circle with the number of a row, which is its play button."""
    side = theme().px(BADGE)
    return QRectF(geometry.badge, row.center().y() - side / 2, side, side)


@lru_cache(maxsize=32)
def wave_bars(take: Take, columns: int, height: float) -> QPainterPath:
    """The bars of a waveform from 0 to the right, above and below 0."""
    path = QPainterPath()
    for column, share in enumerate(bar_heights(peak_pairs(take), columns)):
        tall = max(1.6, share * height)
        path.addRoundedRect(QRectF(column * WAVE_PITCH, -tall / 2, _BAR, tall), _BAR / 2, _BAR / 2)
    return path


class CompareList(RowList):
    """The rows. The keys of the room (Space, S, 1 to 9) are left to it.

    Attributes:
        rating: the slider of the current row; hidden while ratings are off.
        position: the playhead in milliseconds.

    Signals:
        badge_pressed: the key of the row whose number or play button was clicked.
        sought: milliseconds at which a waveform was clicked; its row is selected before.
        reshaped: the division of the rows changed.
    """

    badge_pressed = Signal(str)
    sought = Signal(int)
    reshaped = Signal()

    def __init__(self, texts: RowTexts = RowTexts(), *, figures: bool = False) -> None:  # noqa: B008
        super().__init__("")
        self._has_figures = figures
        self.setItemDelegate(_CompareDelegate(self))
        self.setUniformItemSizes(True)
        self.position = 0
        self._has_rating = False
        self.rating = RatingSlider(self)
        self.rating.hide()
        self.rating.typed_changed.connect(self.viewport().update)
        self.compared = CompareModel(texts)
        self.setModel(self.compared)
        self.compared.modelReset.connect(self.fit)
        self.verticalScrollBar().valueChanged.connect(self._place_rating)

    def put_rating_on(self, page: QWidget) -> None:
        """Have the slider lie on the page that this list is on: assistive tools find nothing but rows in a list."""
        self.rating.setParent(page)
        self._place_rating()

    def row_geometry(self) -> RowGeometry:
        longest = round(self.compared.longest * 1.02)
        return row_geometry(self.viewport().width(), longest, rating=self._has_rating, figures=self._has_figures)

    def row_height(self) -> int:
        """Rows share the height, within what can be read and what is calm."""
        rows = max(1, self.compared.rowCount())
        return min(max(self.viewport().height() // rows, theme().px(_LOWEST_ROW)), theme().px(_HIGHEST_ROW))

    def set_rating_on(self, on: bool) -> None:
        self._has_rating = on
        self.fit()

    def set_position(self, milliseconds: int) -> None:
        """Move the playhead; what lies between is painted again."""
        geometry = self.row_geometry()
        before, now = geometry.x_at(self.position), geometry.x_at(milliseconds)
        self.position = milliseconds
        left, right = int(min(before, now)) - 3, int(max(before, now)) + 3
        self.viewport().update(left, 0, right - left, self.viewport().height())

    def rating_area(self, row: QRectF) -> QRectF:
        geometry, tall = self.row_geometry(), theme().px(18)
        return QRectF(geometry.rating, row.center().y() - tall / 2, geometry.rating_width, tall)

    def row_area(self, index: QModelIndex) -> QRectF:
        """The rectangle a row is painted in, in viewport coordinates."""
        return QRectF(self.visualRect(index)).adjusted(RowDelegate.MARGIN, 1, -RowDelegate.MARGIN, -1)

    def fit(self) -> None:
        """Divide the rows again."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        self._place_rating()
        self.reshaped.emit()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "compared"):
            self.fit()

    def select_key(self, key: str | None) -> None:
        super().select_key(key)
        self._place_rating()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "compared"):
            self._place_rating()

    def _place_rating(self) -> None:
        """Put the slider over the rating of the current row, as long as all of it can be seen."""
        index, parent = self._index_of(self.selected_key()), self.rating.parentWidget()
        shown = self._has_rating and index.isValid()
        if shown and parent is not None:
            area = self.rating_area(self.row_area(index)).toAlignedRect()
            shown = self.viewport().rect().contains(area)
            self.rating.setGeometry(QRect(self.viewport().mapTo(parent, area.topLeft()), area.size()))
        self.rating.setVisible(shown)
        if shown:
            self.rating.raise_()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_rating()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rows = self.compared.rowCount()
        if not rows:
            return
        bottom = self.visualRect(self.compared.index(rows - 1)).bottom()
        painter = QPainter(self.viewport())
        x = self.row_geometry().x_at(self.position)
        painter.fillRect(QRectF(x - 0.75, 0, 1.5, min(bottom, self.viewport().height())), theme().colour("accent"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEFT_TO_ROOM:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        geometry, row, x = self.row_geometry(), self.row_area(index), event.position().x()
        if badge_area(row, geometry).contains(event.position()):
            self.badge_pressed.emit(index.data(RowRole.KEY))
        elif geometry.wave <= x <= geometry.wave + geometry.wave_width:
            self.sought.emit(geometry.time_at(x))
        elif geometry.rating_width and self.rating_area(row).contains(event.position()):
            self.rating.setValue(rating_at(self.rating_area(row), x))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no tooltip of a row: it would repeat what is in it."""
        return event.type() == QEvent.Type.ToolTip or super().viewportEvent(event)
