"""Shows the connection tests of a service, their times, and what to do about failures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout

from app.core.profiles import TOKEN_PLAN_HOSTS, ServiceKind
from app.ui.retranslate import Retranslated
from app.ui.settings.page import head
from app.ui.texts.services import kind_name
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.chips import KIND_ICONS, Kind, kind_tokens
from app.ui.widgets.field_message import PageMessage
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Heading
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import paint_box

_ROW_HEIGHT = 38
_NAME_WIDTH = 150
"""Width of the column with the test names."""


class ResultExplanation(NamedTuple):
    """The explanation of a test result, and the address of a page that helps (may be empty)."""

    kind: Kind
    words: str
    address: str


class _ResultDelegate(QStyledItemDelegate):
    """Paints an icon, the name of the test and its result in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().px(200), theme().px(_ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        colours = theme()
        row = QRectF(option.rect).adjusted(Space.S8, 1, -Space.S8, -1)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, row, Radius.CONTROL, colours.colour("soft"))
        elif index.row():
            painter.fillRect(QRectF(row.left() + Space.S8, row.top() - 1, row.width() - 16, 1), colours.colour("line"))
        if state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False):
            paint_box(painter, row, Radius.CONTROL, None, colours.colour("accent"), 2)
        kind: Kind = index.data(RowRole.BADGE_KIND) or "neutral"
        icon = Icon.CLOCK if kind == "neutral" else KIND_ICONS[kind]
        side = colours.px(14)
        ratio = painter.device().devicePixelRatioF()
        spot = QRectF(row.left() + Space.S8, row.center().y() - side / 2, side, side)
        painter.drawPixmap(spot.topLeft(), pixmap(icon, kind_tokens(kind)[0], 14, ratio))
        left = spot.right() + Space.S8
        name = QRectF(left, row.top(), colours.px(_NAME_WIDTH), row.height())
        facts = QRectF(name.right() + Space.S8, row.top(), 0, row.height())
        facts.setRight(row.right() - Space.S8)
        for area, font, ink, words in (
            (name, colours.font(Type.CONTROL), "text", index.data(Qt.ItemDataRole.DisplayRole)),
            (facts, colours.font(Type.SMALL), "text2", index.data(RowRole.SUBTITLE)),
        ):
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            shown = QFontMetrics(font).elidedText(str(words or ""), Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class ConnectionSection(Retranslated):
    """Shows the tests of the service on the page.

    Signals:
        test_requested: run the tests, or stop them.
        use_requested: make the shown service the active one.
        result_selected: name of the test whose result is to be explained.
        cluster_chosen: kind of the Token Plan cluster to switch to and test.
        address_opened: open this address in the browser.
    """

    test_requested = Signal()
    use_requested = Signal()
    result_selected = Signal(str)
    address_opened = Signal(str)
    cluster_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._is_testing = False
        self._shown_explanation: ResultExplanation | None = None
        self._address = ""
        self._heading = Heading()
        self.test, self.use = Button(), PrimaryButton()
        self.test.clicked.connect(self.test_requested)
        self.use.clicked.connect(self.use_requested)
        self._model = RowModel()
        self.results = RowList("")
        self.results.setModel(self._model)
        self.results.setItemDelegate(_ResultDelegate(self.results))
        self.results.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.row_selected.connect(self.result_selected)
        self.explanation = PageMessage()
        self.explanation.acted.connect(lambda: self.address_opened.emit(self._address))
        self.clusters: dict[ServiceKind, Button] = {kind: Button() for kind in TOKEN_PLAN_HOSTS}
        cluster_row = FlowLayout(gap=Space.S8)
        for kind, button in self.clusters.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self.cluster_chosen.emit(kind))
            button.hide()
            cluster_row.addWidget(button)
        frame = Panel(radius=Radius.ROW)
        frame.body.setContentsMargins(0, Space.S4, 0, Space.S4)
        frame.body.addWidget(self.results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S8, 0, 0)
        column.setSpacing(Space.S8)
        column.addWidget(head(self._heading, self.test, self.use))
        column.addWidget(frame)
        column.addWidget(self.explanation)
        column.addLayout(cluster_row)
        theme().changed.connect(self._fit)
        self.retranslate()

    def set_used(self, use_requested: bool) -> None:
        self.use.setEnabled(not use_requested)

    def show_results(self, rows: Sequence[Row]) -> None:
        self._model.set_rows(rows)
        self._fit()

    def show_explanation(self, explanation: ResultExplanation | None) -> None:
        """Show an explanation below the list, with its address in plain text before the button opens it.

        An explanation that is already shown is not announced again.
        """
        if explanation == self._shown_explanation:
            return
        self._shown_explanation = explanation
        if explanation is None:
            self.explanation.clear()
            return
        self._address = explanation.address
        words, action = explanation.words, ""
        if explanation.address:
            words = words if explanation.address in words else f"{words} {explanation.address}"
            action = QCoreApplication.translate("Services", "Open this page")
        notice_kind = explanation.kind if explanation.kind in ("good", "warn", "bad") else "neutral"
        self.explanation.say(notice_kind, words, action)

    def offer_clusters(self, kinds: Collection[str]) -> None:
        """Offer to switch to these clusters of the Token Plan and test there; none hides the buttons."""
        for kind, button in self.clusters.items():
            button.setVisible(kind in kinds)

    def show_testing(self, testing: bool) -> None:
        """Make the button stop the test while one runs."""
        self._is_testing = testing
        self._show_test_name()

    def _show_test_name(self) -> None:
        name = QCoreApplication.translate("Services", "Test connection")
        name = QCoreApplication.translate("Services", "Stop test") if self._is_testing else name
        self.test.setText(name)
        self.test.setAccessibleName(name)

    def _fit(self) -> None:
        self.results.setFixedHeight(max(1, self._model.rowCount()) * theme().px(_ROW_HEIGHT))

    def retranslate(self) -> None:
        self.results.setAccessibleName(QCoreApplication.translate("Services", "Test results"))
        for kind, button in self.clusters.items():
            name = QCoreApplication.translate("Services", "Switch to {cluster} and test").format(
                cluster=kind_name(kind)
            )
            button.setText(name)
            button.setAccessibleName(name)
        self.use.setText(QCoreApplication.translate("Services", "Use this service"))
        self._heading.setText(QCoreApplication.translate("Services", "Connection"))
        self._show_test_name()
