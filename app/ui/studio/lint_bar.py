"""Shows the tag linter's findings, with a button that fixes the selected one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QWidget

from app.core.tag_linter import Finding, TagIssue
from app.ui.texts.speech import fix_label, issue_message
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import Themed, paint_box

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 36
_MAX_ROWS = 3


class _FindingDelegate(RowDelegate):
    """Paints an icon and a sentence; the selected finding is brighter than the others."""

    MARGIN = Space.S4

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme().px(120), theme().px(_ROW_HEIGHT))

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        side = theme().px(16)
        icon_area = QRectF(row.left() + Space.S8, row.center().y() - side / 2, side, side)
        ink = "warn" if index.data(RowRole.BADGE_KIND) == "warn" else "text2"
        icon = pixmap(index.data(RowRole.ICON), ink, 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(icon_area.topLeft(), icon)
        label = QRectF(row)
        label.setLeft(icon_area.right() + Space.S8)
        self._paint_line(painter, label, theme().font(Type.CONTROL), ink, str(index.data()))


class LintBar(Themed, QWidget):
    """Lists findings. One row is always reserved, so that nothing moves when the first finding appears.

    Signals:
        text_fixed: the corrected text.
        split_requested: speak the text in parts.
    """

    text_fixed = Signal(str)
    split_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self.list = RowList("")
        self.list.setProperty("bare", True)
        self.list.setItemDelegate(_FindingDelegate(self.list))
        self._model = RowModel()
        self.list.setModel(self._model)
        self.list.row_selected.connect(lambda _key: self._show_fix())
        self.fix = GhostButton("", ink="warn")
        self.fix.weight = Type.SEMIBOLD
        self.fix.clicked.connect(self._apply_fix)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S6, 0, Space.S6, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self.list, 1)
        row.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignVCenter)
        self.follow_theme()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self._model.set_rows([_row(index, issue) for index, issue in enumerate(findings)])
        self.restyle()
        self._show_fix()

    def restyle(self) -> None:
        rows = max(1, min(len(self._findings), _MAX_ROWS))
        self.setFixedHeight(rows * theme().px(_ROW_HEIGHT) + 2 * Space.S2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._findings:
            ground = "sunken" if all(issue.hint for issue in self._findings) else "warn_soft"
            paint_box(QPainter(self), QRectF(self.rect()), Radius.ROW, theme().colour(ground))

    def _current_issue(self) -> Finding | None:
        """The selected finding, or else the first one that can be fixed."""
        key = self.list.selected_key()
        if key is not None and int(key) < len(self._findings):
            return self._findings[int(key)]
        return next((issue for issue in self._findings if is_fixable(issue)), None)

    def _show_fix(self) -> None:
        issue = self._current_issue()
        label = fix_label(issue) if issue is not None and is_fixable(issue) else ""
        self.fix.setText(label)
        self.fix.setVisible(bool(label))

    def _apply_fix(self) -> None:
        issue = self._current_issue()
        if issue is not None and issue.code is TagIssue.TOO_LONG:
            self.split_requested.emit()
        elif issue is not None and issue.fixed is not None:
            self.text_fixed.emit(issue.fixed)


def is_fixable(issue: Finding) -> bool:
    """Whether a button can resolve it. A text that is too long is not changed but spoken in parts."""
    return issue.fixed is not None or issue.code is TagIssue.TOO_LONG


def _row(index: int, issue: Finding) -> Row:
    """A row for a warning or, less prominent, for a hint."""
    if issue.hint:
        return Row(str(index), issue_message(issue), badge_kind="neutral", icon=Icon.INFO)
    return Row(str(index), issue_message(issue), badge_kind="warn", icon=Icon.WARNING)
