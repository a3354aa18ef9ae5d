"""Shows findings about a text, each that can be fixed with a button that does so."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStyleOptionViewItem, QWidget

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


def button_area(row: QRect, button: QWidget) -> QRect:
    """The right end of a row, as wide as the label of the button."""
    width = min(button.sizeHint().width(), row.width() // 2)
    return QRect(row.right() + 1 - width, row.top(), width, row.height())


class _FindingDelegate(RowDelegate):
    """Paints an icon and a sentence; the selected finding is brighter than the others."""

    MARGIN = Space.S4

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme().px(120), theme().px(_ROW_HEIGHT))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        """Lay out the button of a row, which is a widget of its index."""
        area = QRect(option.rect)
        viewport = editor.parentWidget()
        if viewport is not None:
            area.setWidth(viewport.width())
        editor.setGeometry(button_area(area, editor))

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        side = theme().px(16)
        icon_area = QRectF(row.left() + Space.S8, row.center().y() - side / 2, side, side)
        ink = "warn" if index.data(RowRole.BADGE_KIND) == "warn" else "text2"
        icon = pixmap(index.data(RowRole.ICON), ink, 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(icon_area.topLeft(), icon)
        label = QRectF(row)
        label.setLeft(icon_area.right() + Space.S8)
        view = self.parent()
        button = view.indexWidget(index) if isinstance(view, QAbstractItemView) else None
        if button is not None:
            label.setRight(button.geometry().left() - Space.S8)
        self._paint_line(painter, label, theme().font(Type.CONTROL), ink, str(index.data()))


class _FindingList(RowList):
    """A list of findings. Only rows in sight have their button, because a text may have thousands of findings."""

    fix_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__("")
        self.labels: list[str] = []
        self.hints: list[str] = []
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._add_buttons())

    def set_labels(self, labels: list[str], hints: list[str]) -> None:
        """Set label and tooltip of the button of each row, empty for none. Called after the rows were set."""
        before, now = zip(self.labels, self.hints, strict=True), zip(labels, hints, strict=True)
        for row, (former, latter) in enumerate(zip(before, now, strict=False)):
            if former != latter:
                self.setIndexWidget(self.model().index(row, 0), None)  # type: ignore[arg-type]
        self.labels, self.hints = labels, hints
        self._add_buttons()

    def buttons(self) -> list[GhostButton]:
        """The buttons of the rows in sight, from the top down."""
        model = self.model()
        found = (self.indexWidget(model.index(row, 0)) for row in self._rows_in_sight())
        return [button for button in found if isinstance(button, GhostButton)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._add_buttons()
        for row in range(len(self.labels)):
            button = self.indexWidget(self.model().index(row, 0))
            if button is not None:
                button.move(self.viewport().width() - button.width(), button.y())

    def _rows_in_sight(self) -> range:
        height = theme().px(_ROW_HEIGHT)
        first = self.verticalScrollBar().value() // height
        last = (self.verticalScrollBar().value() + max(self.viewport().height(), height) - 1) // height
        return range(first, min(last + 1, self.model().rowCount(), len(self.labels)))

    def _add_buttons(self) -> None:
        for row in self._rows_in_sight():
            index = self.model().index(row, 0)
            if self.labels[row] and self.indexWidget(index) is None:
                button = self._button(row, self.labels[row])
                self.setIndexWidget(index, button)
                button.setGeometry(button_area(self.visualRect(index), button))
            if self.labels[row]:
                self.indexWidget(index).setToolTip(self.hints[row])

    def _button(self, row: int, label: str) -> GhostButton:
        button = GhostButton(label, ink="warn")
        button.weight = Type.SEMIBOLD
        button.setAccessibleName(
            QCoreApplication.translate("Studio", "Fix {n}: {label}").format(n=row + 1, label=label)
        )
        button.clicked.connect(lambda: self.fix_pressed.emit(row))
        return button


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
        self._max_rows = _MAX_ROWS
        self._plan = ""
        self.list = _FindingList()
        self.list.setProperty("bare", True)
        self.list.setItemDelegate(_FindingDelegate(self.list))
        self._model = RowModel()
        self.list.setModel(self._model)
        self.list.fix_pressed.connect(self._apply_fix)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S6, 0, Space.S6, 0)
        row.addWidget(self.list, 1)
        self.follow_theme()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        rows = [_row(index, issue, self._plan) for index, issue in enumerate(findings)]
        labels = [fix_label(issue) if is_fixable(issue) else "" for issue in findings]
        hints = [self._plan if issue.code is TagIssue.TOO_LONG else "" for issue in findings]
        self._findings = findings
        if rows != list(self._model.rows()) or labels != self.list.labels or hints != self.list.hints:
            self._model.set_rows(rows)
            self.restyle()
            self.list.set_labels(labels, hints)

    def show_plan(self, plan: str) -> None:
        """Show what speaking in parts will take; empty if that is not known yet."""
        if plan != self._plan:
            self._plan = plan
            self.show_findings(self._findings)

    def set_max_rows(self, rows: int) -> None:
        """Set how many findings are shown without scrolling."""
        if rows != self._max_rows:
            self._max_rows = rows
            self.restyle()

    def restyle(self) -> None:
        rows = max(1, min(len(self._findings), self._max_rows))
        self.setFixedHeight(rows * theme().px(_ROW_HEIGHT) + 2 * Space.S2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._findings:
            ground = "sunken" if all(issue.hint for issue in self._findings) else "warn_soft"
            paint_box(QPainter(self), QRectF(self.rect()), Radius.ROW, theme().colour(ground))

    def _apply_fix(self, row: int) -> None:
        issue = self._findings[row]
        if issue.code is TagIssue.TOO_LONG:
            self.split_requested.emit()
        elif issue.fixed is not None:
            self.text_fixed.emit(issue.fixed)


def is_fixable(issue: Finding) -> bool:
    """Whether a button can resolve it. A text that is too long is not changed but spoken in parts."""
    return issue.fixed is not None or issue.code is TagIssue.TOO_LONG


def _row(index: int, issue: Finding, plan: str) -> Row:
    """A row for a warning or, less prominent, for a hint."""
    if issue.code is TagIssue.TOO_LONG and plan:
        return Row(str(index), f"{issue_message(issue)} {plan}", badge_kind="warn", icon=Icon.WARNING)
    if issue.hint:
        return Row(str(index), issue_message(issue), badge_kind="neutral", icon=Icon.INFO)
    return Row(str(index), issue_message(issue), badge_kind="warn", icon=Icon.WARNING)
