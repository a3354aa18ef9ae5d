"""Shows one cell in the side panel: everything but the difference, which may take a moment."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from app.core.cases import CaseResult, CaseVersion, Cell
from app.services.bench.case_book import CaseBook, CellState
from app.ui.bench.cases.cell_panel import CellPanel
from app.ui.texts.cases import (
    check_names,
    disagreement_text,
    figures_text,
    problem_text,
    short_version,
    state_text,
    verdict_mark,
    verdict_reason,
)
from app.ui.texts.errors import error_message
from app.ui.texts.prompts import moment_text
from app.ui.widgets.chips import Kind

_KINDS: dict[CellState, Kind] = {"failed": "bad", "lost": "warn", "broken": "warn", "incomplete": "warn"}


def fill_cell_panel(panel: CellPanel, book: CaseBook, cell: Cell, next_number: int, earlier: str = "") -> None:
    """Show a cell; `next_number` is that of the version an edit leads to, 0 if the prompt is gone.

    `earlier` is the id of an answer that is shown instead of the newest one, without checks and grade.
    """
    case, version, cases = book.case(cell.case_id), book.cases.version(cell.version_id), book.cases
    if case is None or version is None:
        return
    number = next((at for at, each in enumerate(cases.cases, 1) if each.id == cell.case_id), 0)
    state, score, result = book.state(cell), book.score(cell), book.shown(cell)
    current = result.id if result is not None else ""
    past = book.find(earlier) if earlier and earlier != current else None
    result = past or result
    title = QCoreApplication.translate("Cases", "Case {n}, {version}")
    kind, badge = _badge(state, score.state)
    panel.show_title(title.format(n=number, version=short_version(version, cases.versions)), badge, kind)
    panel.show_values([(name, case.values.get(name, "")) for name in cases.variables])
    panel.show_answers(_answers(book, cell, current), past.id if past is not None else current)
    answer = ("" if past is not None else book.writing.get(cell, "")) or (result.answer if result is not None else "")
    panel.show_answer(answer)
    names = check_names(cases.checks)
    lines = [
        (verdict_mark(each), str(each.state), names.get(each.check_id, ""), verdict_reason(each))
        for each in (score.verdicts if past is None else ())
    ]
    panel.show_checks(lines, can_judge=book.unjudged(cell, again=True) is not None)
    panel.figures.setText(figures_text(result) if result is not None else "")
    panel.figures.setVisible(result is not None)
    panel.show_grade(result.grade if result is not None else "", can_grade=state == "done" and past is None)
    panel.copy.setEnabled(bool(answer))
    panel.inspect.setEnabled(bool(call_id_of(result)))
    panel.retry.setVisible(state in ("failed", "stopped", "lost", "done", "planned"))
    panel.show_retry(is_first=state == "planned")
    panel.show_edit(next_number)
    _show_notice(panel, book, cell, state, result)
    _show_comparison(panel, book, version)


def call_id_of(result: CaseResult | None) -> str:
    """The call of an answer; empty if none is known."""
    if result is None:
        return ""
    failed = str(result.failure.params.get("call_id", "")) if result.failure is not None else ""
    return (result.reply.call_id if result.reply is not None else "") or failed


def other_version(book: CaseBook, version_id: str) -> CaseVersion | None:
    """The version that one is compared with: the one before it, or the next."""
    versions = book.cases.versions
    at = next((place for place, each in enumerate(versions) if each.id == version_id), 0)
    return versions[at - 1] if at else (versions[1] if len(versions) > 1 else None)


def compared_answers(book: CaseBook, cell: Cell) -> tuple[str, str, str]:
    """The answer of the other version, that of the cell, and a title; empty where there are no two."""
    other = other_version(book, cell.version_id)
    before = book.shown(Cell(cell.case_id, other.id)) if other is not None else None
    after = book.shown(cell)
    if other is None or before is None or after is None:
        return "", "", ""
    text = QCoreApplication.translate("Cases", "Against {version}")
    return before.answer, after.answer, text.format(version=short_version(other, book.cases.versions))


def _answers(book: CaseBook, cell: Cell, current: str) -> list[tuple[str, str]]:
    """The answers of a cell as id and words, the one that stands first; empty where nothing is earlier."""
    others = [each for each in reversed(book.all(cell)) if each.id != current and each.answer]
    if not others:
        return []
    text = QCoreApplication.translate("Cases", "Earlier: {time}, {model}")
    now = time.time()
    return [
        (current, QCoreApplication.translate("Cases", "Newest")),
        *((each.id, text.format(time=moment_text(each.created, now), model=each.model)) for each in others),
    ]


def _badge(state: CellState, verdict: str) -> tuple[Kind, str]:
    if state != "done":
        return _KINDS.get(state, "neutral"), state_text(state)
    match verdict:
        case "pass":
            return "good", QCoreApplication.translate("Cases", "passes")
        case "fail":
            return "bad", QCoreApplication.translate("Cases", "fails")
    return "neutral", QCoreApplication.translate("Cases", "not judged")


def _show_notice(panel: CellPanel, book: CaseBook, cell: Cell, state: CellState, result: CaseResult | None) -> None:
    case = book.case(cell.case_id)
    problem = case.problem if case is not None else None
    error = result.failure.error if result is not None and result.failure is not None else None
    if problem is not None:
        panel.notice.say("warn", lambda: problem_text(problem))
    elif state == "failed" and error is not None:
        panel.notice.say("bad", lambda: str(error_message(error)))
    elif state == "lost":
        panel.notice.say("warn", _lost_text)
    elif state == "stopped":
        panel.notice.say("neutral", _stopped_text)
    elif state == "incomplete":
        panel.notice.say("warn", _incomplete_text)
    else:
        panel.notice.clear()


def _show_comparison(panel: CellPanel, book: CaseBook, version: CaseVersion) -> None:
    other, versions = other_version(book, version.id), book.cases.versions
    text = ""
    if other is not None:
        first, second = (other, version) if versions.index(other) < versions.index(version) else (version, other)
        found = book.disagreement(first.id, second.id)
        text = disagreement_text(found, short_version(first, versions), short_version(second, versions))
    panel.comparison.setText(text)
    panel.comparison.setVisible(bool(text))


def _lost_text() -> str:
    return QCoreApplication.translate(
        "Cases", "The answer was lost on its way and may have been billed. Retry to ask again."
    )


def _stopped_text() -> str:
    return QCoreApplication.translate(
        "Cases", "Stopped while it was being written; what had arrived is kept. Retry asks once more."
    )


def _incomplete_text() -> str:
    return QCoreApplication.translate(
        "Cases", "There is nothing to send: a variable of the prompt has no column, or the message is empty."
    )
