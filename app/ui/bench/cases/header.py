"""The titles of the case table: variables, and versions with what passed, failed and was not run."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.core.case_scores import VersionScore
from app.core.cases import CaseVersion
from app.ui.texts.cases import version_title
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, paint_box

_BAR = 4


class VersionTitle(NamedTuple):
    """What is shown above a column of answers; `checks` are the lines per check."""

    version: CaseVersion
    score: VersionScore
    checks: str


class CaseHeader(Themed, QHeaderView):
    """Paints a title above each column."""

    ring_radius = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._variables: tuple[str, ...] = ()
        self._versions: tuple[VersionTitle, ...] = ()
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.follow_theme()

    def show_titles(self, variables: tuple[str, ...], versions: tuple[VersionTitle, ...]) -> None:
        self._variables, self._versions = variables, versions
        self.viewport().update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        control, small = (QFontMetrics(theme().font(size)).height() for size in (Type.CONTROL, Type.SMALL))
        return QSize(0, 2 * Space.S8 + control + small + theme().px(_BAR) + 2 * Space.S6)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        colours = theme()
        painter.fillRect(rect, colours.colour("raised"))
        painter.setPen(colours.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inside = rect.adjusted(Space.S12, Space.S8, -Space.S12, -Space.S8)
        place = section - len(self._variables)
        if section < len(self._variables):
            text = presentation_cover().mask(f"{{{{{self._variables[section]}}}}}")
            self._line(painter, inside, Type.SMALL, Type.REGULAR, "tool", text, mono=True)
        elif place < len(self._versions):
            self._paint_version(painter, inside, self._versions[place])
        painter.restore()

    def _paint_version(self, painter: QPainter, area: QRect, title: VersionTitle) -> None:
        score, colours = title.score, theme()
        said = passed_text(score)
        metrics = QFontMetrics(colours.font(Type.SMALL, Type.MEDIUM))
        right = QRect(area)
        right.setLeft(max(area.left(), area.right() - metrics.horizontalAdvance(said)))
        self._line(painter, right, Type.SMALL, Type.MEDIUM, "text", said)
        left = area.adjusted(0, 0, -(right.width() + Space.S8), 0)
        mask = presentation_cover().mask
        used = self._line(painter, left, Type.CONTROL, Type.SEMIBOLD, "text", mask(version_title(title.version)))
        note = left.adjusted(used + Space.S8, 0, 0, 0)
        if note.width() > Space.S24:
            self._line(painter, note, Type.SMALL, Type.REGULAR, "text2", mask(title.version.note), base=Type.CONTROL)
        top = area.top() + QFontMetrics(colours.font(Type.CONTROL)).height() + Space.S6
        self._paint_bar(painter, QRect(area.left(), top, area.width(), theme().px(_BAR)), score)
        below = area.adjusted(0, top - area.top() + theme().px(_BAR) + Space.S6, 0, 0)
        self._line(painter, below, Type.TINY, Type.REGULAR, "text2", title.checks)

    @staticmethod
    def _paint_bar(painter: QPainter, area: QRect, score: VersionScore) -> None:
        """Parts of one bar: passed, failed, and the rest."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parts = ((score.passed, "good"), (score.failed, "bad"), (max(0, score.total - score.passed - score.failed), ""))
        left, gap = float(area.left()), 2.0
        total = max(1, sum(number for number, _ in parts))
        for number, ink in parts:
            if number:
                wide = area.width() * number / total
                box = area.toRectF()
                box.setLeft(left)
                box.setWidth(max(2.0, wide - gap))
                paint_box(painter, box, area.height() / 2, theme().colour(ink or "line"))
                left += wide

    @staticmethod
    def _line(
        painter: QPainter,
        area: QRect,
        size: int,
        weight: int,
        ink: str,
        text: str,
        *,
        mono: bool = False,
        base: int = 0,
    ) -> int:
        font = theme().font(size, weight, mono)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
        ascent = QFontMetrics(theme().font(base or size)).ascent()
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        painter.drawText(area.left(), area.top() + ascent, shown)
        return metrics.horizontalAdvance(shown)


class NumberHeader(Themed, QHeaderView):
    """Paints the number of each case at the left of its row."""

    ring_radius = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # All of it is painted here, so that what is scrolled need not be painted again.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        self._face = theme().font(Type.SMALL)
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        digits = max(2, len(str(self.count())))
        wide = QFontMetrics(theme().font(Type.SMALL)).horizontalAdvance("0" * digits)
        return QSize(wide + Space.S12 + Space.S8, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("surface"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.setPen(theme().colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(self._face)
        painter.setPen(theme().colour("text2"))
        number = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        area = rect.adjusted(0, Space.S8, -Space.S8, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, number)
        painter.restore()


def passed_text(score: VersionScore) -> str:
    """How many of the judged answers of a version pass, or how many there are."""
    judged = score.passed + score.failed
    if judged:
        return QCoreApplication.translate("Cases", "{n} of {m} pass").format(n=score.passed, m=judged)
    if score.run:
        return QCoreApplication.translate("Cases", "{n} run").format(n=score.run)
    return QCoreApplication.translate("Cases", "not run")
