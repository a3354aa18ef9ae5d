"""Shows the figures of all columns together: what is fastest, and what is only so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.ui.bench.beside.column import ColumnView
from app.ui.bench.beside.column_presenter import ColumnPresenter
from app.ui.bench.beside.figures import Figure
from app.ui.texts.side_by_side import AnswerFigures, fastest

if TYPE_CHECKING:
    from app.services.bench.side_by_side import SideBySide

REFRESH_MS = 500


class FiguresPresenter(QObject):
    """Refreshes the figures, at most twice a second while answers are written."""

    def __init__(
        self, columns: Sequence[tuple[ColumnView, ColumnPresenter]], side: SideBySide, parent: QObject
    ) -> None:
        """`columns` grows and shrinks with the page."""
        super().__init__(parent)
        self._columns, self._side = columns, side
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def soon(self) -> None:
        """Refresh in a moment."""
        if not self._timer.isActive():
            self._timer.start()

    def refresh(self) -> None:
        """Show the figures as they are now."""
        self._timer.stop()
        figures = [self._figures(presenter.answer_id) for _, presenter in self._columns]
        # One that failed or was stopped is no measure for the others.
        counts = [presenter.state in ("waiting", "running", "done") for _, presenter in self._columns]
        first = fastest([each.first if ok else None for each, ok in zip(figures, counts, strict=True)], is_lowest=True)
        speed = fastest(
            [each.speed if ok and each.is_ended else None for each, ok in zip(figures, counts, strict=True)],
            is_lowest=False,
        )
        for at, ((view, _), each) in enumerate(zip(self._columns, figures, strict=True)):
            self._show(view, each, is_first=at == first, is_fastest=at == speed)

    def _figures(self, answer_id: str) -> AnswerFigures:
        answers, budget = self._side.answers, self._side.budget
        message = answers.message(answer_id) if answer_id else None
        if message is None:
            return AnswerFigures(None, None, is_ended=True, first=None)
        made = answers.answer_run(answer_id)
        if made is not None:
            step = made.step
            cost = budget.spent([made]) if made.state != "waiting" else None
            return AnswerFigures(
                message, cost, is_ended=not made.is_active, first=step.first_event if step is not None else None
            )
        cost = budget.cost_of_message(self._side.profile_of(answer_id), message)
        return AnswerFigures(message, cost, is_ended=True, first=None)

    @staticmethod
    def _show(view: ColumnView, figures: AnswerFigures, *, is_first: bool, is_fastest: bool) -> None:
        translate = QCoreApplication.translate
        best = translate("Beside", "fastest")
        so_far = "" if figures.is_ended else translate("Beside", "so far")
        cells = [
            Figure(translate("Beside", "first token"), figures.first_text, best if is_first else "", is_first),
            Figure(translate("Beside", "speed"), figures.speed_text, best if is_fastest else "", is_fastest),
            Figure(translate("Beside", "tokens"), figures.tokens_text, so_far if figures.tokens is not None else ""),
            Figure(
                translate("Beside", "cost"),
                figures.cost_text,
                so_far if figures.cost is not None and not figures.cost.unknown else "",
            ),
        ]
        said = ", ".join(" ".join(part for part in (each.caption, each.value, each.remark) if part) for each in cells)
        view.figures.show_figures(cells, translate("Beside", "Usage: {figures}").format(figures=said))
