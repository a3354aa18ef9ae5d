"""The bar above the case table: which set, how far it is, what it has cost, and the button that runs and stops it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.services.bench.case_plan import RunPlan, RunProgress
from app.ui.retranslate import Retranslated
from app.ui.texts.cases import plan_text, progress_text
from app.ui.texts.numbers import money, money_sign
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton, PrimaryButton, ordinary_look
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import ElidedLabel, Hint
from app.ui.widgets.painted_button import Look
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.thin_bar import ThinBar


class RunButton(PrimaryButton):
    """Runs the cases; while they run, it is an ordinary button that stops them."""

    def __init__(self) -> None:
        self.stops = False
        super().__init__()

    def look(self) -> Look:
        return ordinary_look(self) if self.stops else super().look()

    def show_state(self, *, stops: bool) -> None:
        self.stops = stops
        run = QCoreApplication.translate("Cases", "Run cases")
        stop = QCoreApplication.translate("Cases", "Stop cases")
        self.set_glyph(Icon.STOP if stops else None)
        self.setText(stop if stops else run)
        self.setAccessibleName(stop if stops else run)
        # As wide as it may get, so that what is beside it does not move.
        widest = max(QFontMetrics(self.font()).horizontalAdvance(text) for text in (run, stop))
        self.setMinimumWidth(widest + theme().px(self.icon_size + self.gap + 2 * self.padding))


class RunBar(Retranslated):
    """Set, progress, spending and Run cases, in one row or two."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: RunPlan | None = None
        self._progress: RunProgress | None = None
        self.sets = Choice("", compact=True)
        self.more = IconButton(Icon.MORE, "")
        self.progress = ElidedLabel(size=Type.SMALL, ink="text2")
        self.plan = ElidedLabel(size=Type.SMALL, ink="text2")
        self.bar = ThinBar()
        self.spent = Hint()
        self.limit = SpinBox("", 0.0, 100_000.0, 0.05, decimals=2)
        self.run = RunButton()
        self.bar.setMaximumWidth(140)
        self._left, self._right = QWidget(), QWidget()
        left, right = QHBoxLayout(self._left), QHBoxLayout(self._right)
        for layout in (left, right):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(Space.S8)
        left.addWidget(self.sets)
        left.addWidget(self.more)
        left.addStretch(1)
        left.addWidget(self.progress, 100)
        left.addWidget(self.bar)
        right.addWidget(self.plan, 1)
        right.addWidget(self.spent)
        right.addWidget(self.limit)
        right.addWidget(self.run)
        self._rows = 0
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(Space.S12, Space.S8, Space.S12, Space.S8)
        self._cells.setHorizontalSpacing(Space.S16)
        self._cells.setVerticalSpacing(Space.S8)
        self._fit()
        self.retranslate()

    def show_run(self, plan: RunPlan | None, progress: RunProgress | None) -> None:
        """Show what the next press will do, and how far the set is."""
        self._plan, self._progress = plan, progress
        running = progress is not None and progress.is_running
        self.run.show_state(stops=running)
        self.run.setEnabled(running or (plan is not None and bool(plan.requests or plan.paused)))
        self.progress.setText(progress_text(progress) if progress is not None else self._nothing())
        self.bar.setRange(0, max(1, progress.total if progress is not None else 1))
        self.bar.setValue(progress.run if progress is not None else 0)
        self.bar.setVisible(progress is not None and progress.total > 0)
        self.plan.setText("" if running or plan is None else plan_text(plan))
        self._show_spent()

    @staticmethod
    def _nothing() -> str:
        return QCoreApplication.translate("Cases", "Progress: nothing to run")

    def show_limit(self, limit: float) -> None:
        """Show the limit of the set that is shown."""
        before = self.limit.blockSignals(True)
        self.limit.setValue(limit)
        self.limit.blockSignals(before)

    def _show_spent(self) -> None:
        progress = self._progress
        if progress is None or not (progress.spent or progress.is_running):
            self.spent.setText(QCoreApplication.translate("Cases", "at most"))
            return
        text = QCoreApplication.translate("Cases", "{cost} of")
        self.spent.setText(text.format(cost=money(progress.spent, progress.currency)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Both halves can stand below each other."""
        margins = self._cells.contentsMargins()
        widest = max(part.minimumSizeHint().width() for part in (self._left, self._right))
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def _fit(self) -> None:
        rows = 1 if self.width() > theme().px(640) else 2
        if rows == self._rows:
            return
        self._rows = rows
        for part in (self._left, self._right):
            self._cells.removeWidget(part)
        self._cells.addWidget(self._left, 0, 0)
        self._cells.addWidget(self._right, rows - 1, 1 if rows == 1 else 0)
        self._cells.setColumnStretch(0, 1)
        self._cells.setColumnStretch(1, 1 if rows == 1 else 0)
        self.updateGeometry()

    def retranslate(self) -> None:
        self.sets.set_name(QCoreApplication.translate("Cases", "Case set"))
        self.more.set_name(QCoreApplication.translate("Cases", "More about this set"))
        self.bar.setAccessibleName(QCoreApplication.translate("Cases", "Cases run"))
        self.limit.setAccessibleName(QCoreApplication.translate("Cases", "Spend limit"))
        self.limit.setSpecialValueText(QCoreApplication.translate("Cases", "no limit"))
        self.limit.setToolTip(QCoreApplication.translate("Cases", "The most that a run may cost; 0 is no limit."))
        progress = self._progress
        self.limit.setPrefix(money_sign(progress.currency) if progress is not None else "")
        self.show_run(self._plan, self._progress)
