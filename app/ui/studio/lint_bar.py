"""Shows findings about a text, each that can be fixed with a button that does so."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QWidget

from app.core.sentence_joiner import join_sentences
from app.core.tag_linter import Finding, TagIssue
from app.ui.texts.lint import fix_label, issue_message, more_findings, too_long_briefly
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.list_overlay import ListOverlay
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import Themed, paint_box

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 36
_MAX_ROWS = 3
_MAX_FINDINGS = 200
"""Findings that are listed; more are named in a last row, and come up as these are fixed."""


def _button_area(row: QRect, button: QWidget) -> QRect:
    """The right end of a row, as wide as the label of the button."""
    width = min(button.sizeHint().width(), row.width() // 2)
    return QRect(row.right() + 1 - width, row.top(), width, row.height())


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
        view = self.parent()
        button = view.button_of(index.row()) if isinstance(view, _FindingList) else None
        if button is not None:
            label.setRight(button.geometry().left() - Space.S8)
        self._paint_line(painter, label, theme().font(Type.CONTROL), ink, str(index.data()))


class _FindingList(RowList):
    """A list of findings, each with a button if it can be fixed; Enter on the row does the same.

    Only rows in sight have their button, because a text may have thousands of findings.

    Attributes:
        overlay: holds the buttons; to be given the parent of the list.

    Signals:
        fix_pressed: number of the row.
    """

    fix_pressed = Signal(int)

    def __init__(self) -> None:
        self._buttons: dict[int, GhostButton] = {}
        self.labels: list[str] = []
        self.hints: list[str] = []
        super().__init__("")
        self.overlay = ListOverlay(self)

    def set_labels(self, labels: list[str], hints: list[str]) -> None:
        """Set label and tooltip of the button of each row, empty for none. Called after the rows were set."""
        self.labels, self.hints = labels, hints
        self.executeDelayedItemsLayout()
        self.place_buttons()

    def buttons(self) -> list[GhostButton]:
        """The buttons of the rows in sight, from the top down."""
        return [self._buttons[row] for row in sorted(self._buttons)]

    def button_of(self, row: int) -> GhostButton | None:
        """The button of a row; None if it can't be fixed, or is out of sight."""
        return self._buttons.get(row)

    def place_buttons(self) -> None:
        """Show the buttons of the rows in sight in their places, and remove the others."""
        rows = [row for row in self._rows_in_sight() if self.labels[row]]
        for row in self._buttons.keys() - set(rows):
            self._remove(self._buttons.pop(row))
        before: QWidget = self
        for row in rows:
            button = self._buttons.get(row) or self._buttons.setdefault(row, self._button(row))
            self._name(button, row)
            button.setGeometry(_button_area(self._row_area(row), button))
            button.show()
            QWidget.setTabOrder(before, button)
            before = button
        self.overlay.cover(self.buttons())

    def restyle(self) -> None:
        super().restyle()
        if self._buttons:
            self.place_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place_buttons()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.place_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= row < len(self.labels) and self.labels[row]:
            self.fix_pressed.emit(row)
        else:
            super().keyPressEvent(event)

    def _row_area(self, row: int) -> QRect:
        height = theme().px(_ROW_HEIGHT)
        return QRect(0, row * height - self.verticalScrollBar().value(), self.viewport().width(), height)

    def _rows_in_sight(self) -> range:
        height = theme().px(_ROW_HEIGHT)
        first = self.verticalScrollBar().value() // height
        last = (self.verticalScrollBar().value() + max(self.viewport().height(), height) - 1) // height
        return range(first, min(last + 1, self.model().rowCount(), len(self.labels)))

    def _button(self, row: int) -> GhostButton:
        button = GhostButton("", ink="warn", parent=self.overlay)
        button.weight = Type.SEMIBOLD
        button.restyle()
        button.clicked.connect(lambda: self.fix_pressed.emit(row))
        return button

    def _name(self, button: GhostButton, row: int) -> None:
        label = self.labels[row]
        if button.text() != label:
            button.setText(label)
        button.setToolTip(self.hints[row])
        button.setAccessibleName(
            QCoreApplication.translate("Studio", "Fix {n}: {label}").format(n=row + 1, label=label)
        )

    def _remove(self, button: GhostButton) -> None:
        """Take the focus to the list before a button goes, or Qt would give it to whatever comes next."""
        if button.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        button.hide()
        button.deleteLater()


class LintBar(Themed, QWidget):
    """Lists findings. One row is always reserved, so that nothing moves when the first finding appears.

    Signals:
        fix_pressed: the finding, and the text it is about.
        finding_chosen: a finding whose place in the text is to be shown.
        split_requested: speak the text in parts.
    """

    fix_pressed = Signal(Finding, str)
    finding_chosen = Signal(Finding)
    split_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._text = ""
        self._max_rows = _MAX_ROWS
        self._plan = ""
        self.list = _FindingList()
        self.list.setProperty("bare", True)
        self.list.setItemDelegate(_FindingDelegate(self.list))
        self._model = RowModel()
        self.list.setModel(self._model)
        self.list.fix_pressed.connect(self._apply_fix)
        self.list.row_selected.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S6, 0, Space.S6, 0)
        row.addWidget(self.list, 1)
        self.list.overlay.setParent(self)
        self.follow_theme()

    def show_findings(self, findings: tuple[Finding, ...], text: str) -> None:
        """Show the findings about a text, a row each."""
        self._text = text
        shown, left = findings[:_MAX_FINDINGS], len(findings) - _MAX_FINDINGS
        rows = [_row(index, issue, self._plan) for index, issue in enumerate(shown)]
        labels = [fix_label(issue) if is_fixable(issue) else "" for issue in shown]
        hints = [self._plan if issue.code is TagIssue.TOO_LONG else "" for issue in shown]
        if left > 0:
            rows.append(Row(str(len(rows)), more_findings(left), badge_kind="neutral", icon=Icon.MORE))
            labels.append("")
            hints.append("")
        self._findings = findings
        if rows != list(self._model.rows()) or labels != self.list.labels or hints != self.list.hints:
            self._model.set_rows(rows)
            self.restyle()
            self.list.set_labels(labels, hints)

    def show_plan(self, plan: str) -> None:
        """Show what speaking in parts will take; empty if that is not known yet."""
        if plan != self._plan:
            self._plan = plan
            self.show_findings(self._findings, self._text)

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
        elif issue.edits:
            self.fix_pressed.emit(issue, self._text)

    def _choose(self, key: str) -> None:
        shown = self._findings[:_MAX_FINDINGS]
        if int(key) < len(shown) and shown[int(key)].code is not TagIssue.TOO_LONG:
            self.finding_chosen.emit(shown[int(key)])


def is_fixable(issue: Finding) -> bool:
    """Whether a button can resolve it. A text that is too long is not changed but spoken in parts."""
    return bool(issue.edits) or issue.code is TagIssue.TOO_LONG


def _row(index: int, issue: Finding, plan: str) -> Row:
    """A row for a warning or, less prominent, for a hint."""
    if issue.code is TagIssue.TOO_LONG and plan:
        text = join_sentences(too_long_briefly(), plan)
        return Row(str(index), text, badge_kind="warn", icon=Icon.WARNING)
    if issue.hint:
        return Row(str(index), issue_message(issue), badge_kind="neutral", icon=Icon.INFO)
    return Row(str(index), issue_message(issue), badge_kind="warn", icon=Icon.WARNING)
