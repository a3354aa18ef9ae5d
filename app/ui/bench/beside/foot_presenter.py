"""Shows what a run costs and how far it is, and which runs there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.ui.bench.beside.page import BesidePage
from app.ui.texts.numbers import short_time
from app.ui.texts.side_by_side import estimate_text, progress_text, uncounted_text

if TYPE_CHECKING:
    from app.services.bench.side_by_side import SideBySide

ESTIMATE_MS = 300
"""After a change, until its cost is estimated again."""


class FootPresenter(QObject):
    """Connects the numbers of the foot and the choice of the run."""

    def __init__(self, page: BesidePage, side: SideBySide, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._side = page, side
        foot, desk = page.foot, side.desk
        self._estimate = QTimer(self)
        self._estimate.setSingleShot(True)
        self._estimate.setInterval(ESTIMATE_MS)
        self._estimate.timeout.connect(lambda: foot.estimate.setText(estimate_text(side.expected())))
        foot.repeats.spin.valueChanged.connect(lambda: desk.edit(repeats=int(foot.repeats.spin.number_in_use() or 1)))
        foot.limits.changed.connect(self._set_limit)
        page.runs.chosen.connect(side.show_run)

    def show(self) -> None:
        """Show what is prepared and how far the run is."""
        foot, desk, answers = self._page.foot, self._side.desk.desk, self._side.answers
        run = answers.run
        blocked = foot.repeats.spin.blockSignals(True)
        foot.repeats.spin.set_number(float(desk.repeats))
        foot.repeats.spin.blockSignals(blocked)
        self._show_limits()
        foot.repeats_after.setText(
            QCoreApplication.translate("Beside", "time")
            if desk.repeats == 1
            else QCoreApplication.translate("Beside", "times")
        )
        foot.set_running(answers.running)
        states = [answers.state(each) for each in (run.answers if run is not None else ())]
        foot.progress.setText(progress_text(states.count("done"), len(states)) if states else "")
        foot.progress.setVisible(bool(states))
        foot.button.set_neutral(answers.running or states.count("done") > 0)
        foot.offer_joining(states.count("done") > 1)
        foot.join.setEnabled(not answers.running)
        if not self._estimate.isActive():
            self._estimate.start()
        self._show_runs()

    def _set_limit(self, currency: str, limit: float | None) -> None:
        desk = self._side.desk
        limits = {key: value for key, value in self._limits().items() if key != currency}
        if limit is not None:
            limits[currency] = limit
        desk.edit(spend_limits=limits, spend_limit=None)

    def _limits(self) -> Mapping[str, float]:
        return self._side.desk.desk.limits(self._side.budget.usual_currency)

    def _show_limits(self) -> None:
        """Show the limits in the currencies of the columns; one that is set is never out of sight."""
        foot, limits, currencies = self._page.foot, self._limits(), self._side.currencies()
        foot.limits.show_limits((*currencies, *(each for each in limits if each not in currencies)), limits)
        text = uncounted_text(self._side.uncounted()) if limits else ""
        foot.uncounted.setText(text)
        foot.uncounted.setVisible(bool(text))

    def _show_runs(self) -> None:
        runs = self._side.answers.runs_here()
        labels: list[tuple[str, str]] = []
        for number, run in zip(range(len(runs), 0, -1), runs, strict=True):
            label = QCoreApplication.translate("Beside", "Run {n}, {time}").format(
                n=number, time=short_time(run.created)
            )
            labels.append((run.id, label))
        self._page.runs.set_choices(labels)
        self._page.runs.set_key(self._side.desk.desk.run or None)
        self._page.runs.setVisible(bool(labels))
