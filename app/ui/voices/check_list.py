"""The checks of a sample as a table: name, verdict, one sentence, and the fix with what it gives."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from app.services.speech.sample_checks import OPTIONAL_CHECKS, Check, Finding, Fix
from app.ui.texts.sample_checks import check_name, check_sentence, fix_control_name, fix_label, grade_name
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Radius, Space, Type
from app.ui.widgets.chips import KIND_ICONS, Kind, kind_tokens
from app.ui.widgets.labels import Hint
from app.ui.widgets.painted_button import Look, PaintedButton
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import Themed, paint_box

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 36
_NAME_WIDTH = 106
_BADGE_WIDTH = 114
_KINDS: dict[str, Kind] = {"good": "good", "warn": "warn", "bad": "bad", "unmeasured": "neutral"}


class FixButton(PaintedButton):
    """A fix: what it does, and in a quieter colour what it gives. It can be the one action that goes on."""

    base_height = 28
    padding = 10
    text_size = Type.SMALL
    fades = False

    def __init__(self, parent: QWidget) -> None:
        self._effect = ""
        self._is_primary = self._is_undo = False
        super().__init__("", None, parent)

    def show_fix(self, words: str, effect: str, *, primary: bool, undo: bool) -> None:
        self._effect, self._is_primary, self._is_undo = effect, primary, undo
        self.set_glyph(Icon.UNDO if undo else None)
        self.setText(words)
        self.updateGeometry()
        self.update()

    @property
    def effect(self) -> str:
        """What the fix gives, as shown behind its name."""
        return self._effect

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + self._effect_width(), size.height())

    def _effect_width(self) -> int:
        if not self._effect:
            return 0
        return QFontMetrics(theme().font(self.text_size)).horizontalAdvance(self._effect) + theme().px(Space.S6)

    def look(self) -> Look:
        colours = theme()
        if self._is_primary:
            return Look(colours.mixed("accent", "text", 0.1 if self.hot() else 0.0), None, "on_accent")
        if self._is_undo:
            return Look(colours.colour("sunken") if self.hot() else None, None, "text2")
        line = colours.colour("wave" if self.hot() else "line")
        return Look(colours.colour("raised" if self.hot() else "surface"), line, "text")

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        extra = self._effect_width()
        super().paint_content(painter, area.adjusted(0, 0, -extra, 0), ink)
        if extra:
            painter.setFont(theme().font(self.text_size))
            painter.setPen(theme().colour("on_accent" if self._is_primary else "text2"))
            place = area.adjusted(0, 0, -theme().px(self.padding), 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._effect)


class _CheckDelegate(RowDelegate):
    """Paints a row with a line below it; `reserved` pixels at the right are those of its button."""

    MARGIN = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, height=_ROW_HEIGHT)
        self.reserved: dict[str, int] = {}

    def paint_background(self, painter: QPainter, row: QRectF, option: QStyleOptionViewItem) -> None:
        super().paint_background(painter, row, option)
        painter.fillRect(QRectF(row.left(), row.bottom(), row.width(), 1), theme().colour("line"))

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        px = theme().px
        name = QRectF(row.left(), row.top(), px(_NAME_WIDTH), row.height())
        self._paint_line(painter, name, theme().font(Type.CONTROL), "text", str(index.data()))
        left = name.right()
        kind: Kind = index.data(RowRole.BADGE_KIND) or "neutral"
        self._paint_verdict(painter, QRectF(left, row.top(), px(_BADGE_WIDTH), row.height()), kind, index)
        line = QRectF(left + px(_BADGE_WIDTH), row.top(), 0, row.height())
        line.setRight(row.right() - self.reserved.get(str(index.data(RowRole.KEY)), 0) - Space.S8)
        painter.setFont(theme().font(Type.CONTROL))
        painter.setPen(theme().colour("soft_text" if selected else "text2"))
        sentence = str(index.data(RowRole.SUBTITLE))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, int(flags) | int(Qt.TextFlag.TextWordWrap), sentence)

    def _paint_verdict(self, painter: QPainter, area: QRectF, kind: Kind, index: _Index) -> None:
        font = theme().font(Type.TINY, Type.MEDIUM)
        metrics, side, word = QFontMetrics(font), theme().px(12), str(index.data(RowRole.BADGE))
        wide = metrics.horizontalAdvance(word) + side + theme().px(4) + 2 * theme().px(7)
        tall = metrics.height() + 4
        box = QRectF(area.left(), area.center().y() - tall / 2, wide, tall)
        ink, fill = kind_tokens(kind)
        paint_box(
            painter, box, Radius.BADGE, theme().colour(fill), theme().colour("line") if kind == "neutral" else None
        )
        left = box.left() + theme().px(7)
        icon = Icon.CLOSE if kind == "bad" else KIND_ICONS[kind]
        spot = QRectF(left, box.center().y() - side / 2, side, side)
        painter.drawPixmap(spot.topLeft(), pixmap(icon, ink, 12, painter.device().devicePixelRatioF()))
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        words = QRectF(left + side + theme().px(4), box.top(), wide, box.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, word)


class CheckList(RowList):
    """The checks as a list always tall enough for all of them, so that none is cut off and nothing jumps."""

    def __init__(self, delegate_parent: QWidget) -> None:
        super().__init__("", delegate_parent)
        self.rows = RowModel()
        self.delegate = _CheckDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self.rows)

    def restyle(self) -> None:
        super().restyle()
        self.fit()

    def fit(self) -> None:
        """Be as tall as the usual checks, or as all rows if there are more."""
        rows = self.model().rowCount() if self.model() is not None else 0
        self.setFixedHeight(max(rows, len(Check) - len(OPTIONAL_CHECKS)) * theme().px(_ROW_HEIGHT) + 2)


class CheckTable(Themed, QWidget):
    """The list of the checks with the button of a fix in each row that has one.

    The buttons lie over the list and are not inside it: assistive tools find only rows there.

    Signals:
        fix_pressed: a fix, and whether it is to be applied; else it is to be undone.
    """

    fix_pressed = Signal(str, bool)
    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self.checks = CheckList(self)
        self._findings: tuple[Finding, ...] = ()
        self.hint = Hint("", self, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.checks)
        self.buttons: dict[Check, FixButton] = {}
        for check in Check:
            button = FixButton(self)
            button.hide()
            button.clicked.connect(partial(self._press, check))
            self.buttons[check] = button
        self.follow_theme()

    def show_findings(self, findings: tuple[Finding, ...], *, blocked: bool = False) -> None:
        """Show the results of the checks; `blocked` if nothing can be done before the sample is made smaller."""
        self._findings = findings
        shown = {found.check: found for found in findings}
        for check, button in self.buttons.items():
            found = shown.get(check)
            has_button = found is not None and (found.fix is not None or found.used is not None)
            button.setVisible(has_button)
            if found is None or not has_button:
                self.checks.delegate.reserved.pop(check, None)
                continue
            words, effect = fix_label(found)
            button.setAccessibleName(fix_control_name(found))
            is_primary = blocked and found.fix is Fix.SHRINK
            if found.used is not None:
                words = QCoreApplication.translate("Voices", "Undo")
            button.show_fix(words, effect, primary=is_primary, undo=found.used is not None)
        self._place_buttons()
        self.checks.rows.set_rows(
            [
                Row(found.check, check_name(found.check), check_sentence(found), grade_name(found), _KINDS[found.grade])
                for found in findings
            ]
        )
        self.hint.setVisible(not findings)
        self.checks.fit()

    def restyle(self) -> None:
        self._place_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def _place_buttons(self) -> None:
        tall = theme().px(_ROW_HEIGHT)
        for place, found in enumerate(self._findings):
            button = self.buttons[found.check]
            if button.isHidden():
                continue
            size = button.sizeHint()
            self.checks.delegate.reserved[found.check] = size.width()
            top = place * tall + (tall - size.height()) // 2
            button.setGeometry(self.width() - size.width(), top, size.width(), size.height())
            button.raise_()
        self.hint.setGeometry(0, Space.S8, self.width(), self.hint.heightForWidth(self.width()))
        self.checks.viewport().update()

    def _press(self, check: Check) -> None:
        found = next((one for one in self._findings if one.check is check), None)
        if found is not None and found.used is not None:
            self.fix_pressed.emit(found.used, False)
        elif found is not None and found.fix is not None:
            self.fix_pressed.emit(found.fix, True)
