"""Shows the spend on a service by period, model and day, and the use of the plan's quota."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.core.settings import QUOTA, QUOTA_DAY
from app.ui.retranslate import Retranslated
from app.ui.settings.debounced_number import DebouncedSpinField
from app.ui.settings.page import field
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.settings.spend_chart import DayBar, SpendChart
from app.ui.texts.setting_labels import setting_label
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Heading, Hint, Label
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel

MAX_QUOTA_MILLIONS = 1_000_000.0
"""The largest quota, in millions of credits."""
_ROW_HEIGHT = 50
_MAX_ROWS = 5


class SpendSection(Retranslated):
    """Shows the sums and edits the quota.

    Signals:
        plan_chosen: id of a Token Plan.
        quota_entered: millions of credits, 0 for no quota.
        day_entered: day of the month on which the credits renew.
    """

    plan_chosen = Signal(str)
    quota_entered = Signal(float)
    day_entered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._heading, self._remark = Heading(), Hint(wrap=True)
        self._names = [Caption() for _ in range(3)]
        self._sums = [Label(size=Type.BODY, weight=Type.SEMIBOLD) for _ in range(3)]
        self._unpriced = Hint(wrap=True)
        self.chart, self._chart_words = SpendChart(), Hint(wrap=True)
        self._model = RowModel()
        self.models = RowList("")
        self.models.setModel(self._model)
        self.models.setItemDelegate(RowDelegate(self.models, height=_ROW_HEIGHT))
        self._plan_caption = Caption()
        self.plan = Choice("")
        self.quota = DebouncedSpinField(0, MAX_QUOTA_MILLIONS, 100)
        self.day = DebouncedSpinField(1, 31, 1)
        self._shown: dict[DebouncedSpinField, float | None] = {}
        self.plan.chosen.connect(self.plan_chosen)
        self.quota.committed.connect(self.quota_entered)
        self.day.committed.connect(lambda day: self.day_entered.emit(round(day)))
        self.full = QProgressBar()
        self.full.setTextVisible(False)
        self.full.setRange(0, 100)
        self._full_words = Label(size=Type.CONTROL, ink="text2", wrap=True)
        self._credits = QWidget()
        self._frame = Panel(radius=Radius.ROW)
        self._lay_out()
        theme().changed.connect(self._fit)
        self.retranslate()

    def _lay_out(self) -> None:
        sums = []
        for name, amount in zip(self._names, self._sums, strict=True):
            part = QVBoxLayout()
            part.setSpacing(Space.S2)
            part.addWidget(name)
            part.addWidget(amount)
            sums.append(part)
        credits_ = QVBoxLayout(self._credits)
        credits_.setContentsMargins(0, 0, 0, 0)
        credits_.setSpacing(Space.S8)
        credits_.addWidget(ResponsiveRow(field(self._plan_caption, self.plan), self.quota, self.day))
        credits_.addWidget(self.full)
        credits_.addWidget(self._full_words)
        self._frame.body.setContentsMargins(0, Space.S4, 0, Space.S4)
        self._frame.body.addWidget(self.models)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S8, 0, 0)
        column.setSpacing(Space.S8)
        column.addWidget(self._heading)
        column.addWidget(self._remark)
        column.addWidget(self._credits)
        column.addWidget(ResponsiveRow(*sums, gap=Space.S24))
        column.addWidget(self._unpriced)
        column.addWidget(self.chart)
        column.addWidget(self._chart_words)
        column.addWidget(self._frame)

    def show_sums(self, run: str, today: str, month: str, unpriced: str) -> None:
        """Show the sums, and a remark about requests without a price (may be empty)."""
        for label, words in zip(self._sums, (run, today, month), strict=True):
            label.setText(words)
        self._unpriced.setText(unpriced)
        self._unpriced.setVisible(bool(unpriced))

    def show_days(self, bars: Sequence[DayBar], words: str) -> None:
        """Show the chart and its summary."""
        self.chart.show_bars(bars)
        self.chart.setVisible(any(bar.value for bar in bars))
        self._chart_words.setText(words)

    def show_models(self, rows: Sequence[Row]) -> None:
        self._model.set_rows(rows)
        self._frame.setVisible(bool(rows))
        self._fit()

    def show_plans(self, plans: Sequence[tuple[str, str]], chosen: str) -> None:
        self.plan.set_choices(plans)
        self.plan.set_key(chosen)

    def show_quota(self, millions: float, day: int, per_cent: float, words: str) -> None:
        """Show the use of the quota, also as the text `words`; a number being typed stays."""
        self._credits.show()
        self._show_number(self.quota, millions)
        self._show_number(self.day, day)
        self.full.setVisible(millions > 0)
        self.full.setValue(min(100, round(per_cent)))
        self._full_words.setText(words)

    def _show_number(self, number: DebouncedSpinField, value: float) -> None:
        typed = number.value() != self._shown.get(number, number.value())
        if not typed or round(value, number.number.decimals()) == number.value():
            number.show_value(value)
            self._shown[number] = number.value()

    def hide_quota(self) -> None:
        """Hide the quota, because the shown service has no credits."""
        self._credits.hide()

    def _fit(self) -> None:
        count = self._model.rowCount()
        self.models.setFixedHeight(min(max(count, 1), _MAX_ROWS) * theme().px(_ROW_HEIGHT))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if count > _MAX_ROWS else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.models.setVerticalScrollBarPolicy(policy)
        self.full.setFixedHeight(theme().px(8))

    def retranslate(self) -> None:
        self._heading.setText(QCoreApplication.translate("Spend", "Spend"))
        self._remark.setText(
            QCoreApplication.translate(
                "Spend",
                "Estimates that count only this workbench's requests. The platform does not report an account's usage.",
            )
        )
        words = (
            QCoreApplication.translate("Spend", "This run"),
            QCoreApplication.translate("Spend", "Today"),
            QCoreApplication.translate("Spend", "This month"),
        )
        for caption, name in zip(self._names, words, strict=True):
            caption.setText(name)
        self.chart.setAccessibleName(QCoreApplication.translate("Spend", "Spend by day"))
        self.models.setAccessibleName(QCoreApplication.translate("Spend", "Spend by model"))
        plan = QCoreApplication.translate("Spend", "Plan")
        self._plan_caption.setText(plan)
        self.plan.set_name(plan)
        self.quota.set_name(setting_label(QUOTA.key))
        self.day.set_name(setting_label(QUOTA_DAY.key))
        self.full.setAccessibleName(QCoreApplication.translate("Spend", "Quota used"))
