"""Texts of the audition grid: its columns, rows and cells, how far it is, and what filling it will take."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.core.audition_grids import AuditionGrid, CellState, GridDirection
from app.core.tags import beginning
from app.core.take_order import is_silent
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.builtin import BUILTIN
from app.services.speech.direction import read
from app.services.speech.grid_plan import FillPlan, GridProgress
from app.ui.texts.jobs import cost_text
from app.ui.texts.numbers import decimal, seconds
from app.ui.texts.speech import signed, take_failure, take_length, take_state
from app.ui.texts.takes import finding_name
from app.ui.texts.voices import builtin_name, builtin_traits

_NAME_LENGTH = 40


def column_titles(grid: AuditionGrid) -> list[str]:
    """The titles of all columns, each another one."""
    return distinct_titles(column_title(voice) for voice in grid.columns)


def row_titles(grid: AuditionGrid) -> list[str]:
    """The titles of all rows, each another one."""
    return distinct_titles(row_title(grid, row) for row in range(grid.row_count))


def distinct_titles(titles: Iterable[str]) -> list[str]:
    """Titles with a number behind those that were there before: `Mia`, `Mia (2)`."""
    distinct: dict[str, None] = {}
    for title in titles:
        number, shown = 1, title
        while shown in distinct:
            number += 1
            shown = f"{title} ({number})"
        distinct[shown] = None
    return list(distinct)


def column_title(voice: VoiceSnapshot) -> str:
    """The voice of a column; of a described one the first words of its description."""
    if voice.kind == "builtin":
        return builtin_name(voice)
    return voice.name or beginning(voice.description, _NAME_LENGTH)


def column_subtitle(voice: VoiceSnapshot) -> str:
    """What the voice is: its traits, or how it was made."""
    match voice.kind:
        case "builtin":
            return next((builtin_traits(each) for each in BUILTIN if each.id == voice.id), "")
        case "designed":
            return QCoreApplication.translate("Grid", "described")
    return QCoreApplication.translate("Grid", "from the library")


def row_title(grid: AuditionGrid, row: int) -> str:
    """The direction of a row, or its temperature."""
    if grid.axes == "temperatures":
        return QCoreApplication.translate("Grid", "Temperature {n}").format(n=decimal(grid.temperatures[row], 2))
    return direction_title(grid.directions[row])


def direction_title(direction: GridDirection) -> str:
    """The name a direction was saved under, else its first words."""
    layers = read(direction.words)
    words = next((part for part in (layers.free, layers.guidance, layers.role, layers.scene) if part.strip()), "")
    return direction.name or beginning(words, _NAME_LENGTH) or QCoreApplication.translate("Grid", "No direction")


def row_subtitle(grid: AuditionGrid, row: int) -> str:
    """What the direction consists of; with a name of its own, what it says."""
    if grid.axes == "temperatures":
        return ""
    direction = grid.directions[row]
    layers = read(direction.words)
    if not direction.words.strip():
        return QCoreApplication.translate("Grid", "the voice as it is")
    if direction.name and layers.free and not any(layers[1:]):
        return " ".join(layers.free.split())
    parts = (
        (layers.free, QCoreApplication.translate("Grid", "free words")),
        (layers.role, QCoreApplication.translate("Studio", "Role")),
        (layers.scene, QCoreApplication.translate("Studio", "Scene")),
        (layers.guidance, QCoreApplication.translate("Studio", "Guidance")),
    )
    return QCoreApplication.translate("Grid", ", ").join(name for words, name in parts if words.strip())


def cell_state_text(state: CellState) -> str:
    """The state of a cell, in a word."""
    match state:
        case "planned":
            return QCoreApplication.translate("Grid", "planned")
        case "queued":
            return QCoreApplication.translate("Grid", "queued")
        case "paused":
            return QCoreApplication.translate("Grid", "paused")
        case "waiting":
            return QCoreApplication.translate("Grid", "waiting")
        case "speaking":
            return QCoreApplication.translate("Grid", "speaking")
        case "ready":
            return QCoreApplication.translate("Grid", "ready")
        case "failed":
            return QCoreApplication.translate("Grid", "failed")


def one_block() -> str:
    """Shown while a voice is waited for whose sound comes all at once."""
    return QCoreApplication.translate("Grid", "arrives as one block")


def elapsed_text(elapsed: float) -> str:
    """How long a cell has been waited for: `3.1 s`."""
    if elapsed >= 60:
        return seconds(elapsed)
    return QCoreApplication.translate("Numbers", "{n} s").format(n=decimal(elapsed, 1))


def arrived_text(arrived: float, expected: float | None) -> str:
    """How much sound of a cell has arrived: `4.1 of ≈ 10 s`."""
    if expected is None or expected <= arrived:
        return seconds(arrived)
    text = QCoreApplication.translate("Grid", "{n} of ≈ {t}")
    return text.format(n=decimal(arrived, 1), t=seconds(float(max(1, round(expected)))))


def cell_badge(take: Take) -> str:
    """What is wrong with a take that has sound, in a word or two; empty if nothing is."""
    if take.state != "done" or is_silent(take):
        return take_state(take)
    return next((finding_name(finding) for finding in take.findings), "")


def cell_figures(take: Take, count: int) -> str:
    """Loudness, and how many takes the cell has if there are several."""
    parts = []
    if take.loudness is not None:
        parts.append(QCoreApplication.translate("Studio", "{n} LUFS").format(n=signed(take.loudness)))
    if count > 1:
        parts.append(QCoreApplication.translate("Grid", "{n} takes").format(n=count))
    return " · ".join(parts)


def cell_accessible_text(voice: str, direction: str, state: CellState, take: Take | None, count: int) -> str:
    """Voice, direction, state, length, star, and why it failed."""
    parts = [voice, direction, cell_state_text(state)]
    if take is not None and state != "planned":
        parts += [take_length(take), QCoreApplication.translate("Studio", "starred") if take.stars else ""]
        parts += [cell_badge(take), cell_figures(take, count)] if state == "ready" else []
        parts += [take_failure(take)] if state == "failed" else []
    return QCoreApplication.translate("Grid", ", ").join(part for part in parts if part)


def size_text(grid: AuditionGrid) -> str:
    """`5 voices × 4 directions`."""
    columns, rows = len(grid.columns), grid.row_count
    if grid.axes == "temperatures":
        across = (
            QCoreApplication.translate("Grid", "1 description")
            if columns == 1
            else QCoreApplication.translate("Grid", "{n} descriptions").format(n=columns)
        )
        down = (
            QCoreApplication.translate("Grid", "1 temperature")
            if rows == 1
            else QCoreApplication.translate("Grid", "{n} temperatures").format(n=rows)
        )
    else:
        across = (
            QCoreApplication.translate("Grid", "1 voice")
            if columns == 1
            else QCoreApplication.translate("Grid", "{n} voices").format(n=columns)
        )
        down = (
            QCoreApplication.translate("Grid", "1 direction")
            if rows == 1
            else QCoreApplication.translate("Grid", "{n} directions").format(n=rows)
        )
    return f"{across} × {down}"


def plan_text(plan: FillPlan, progress: GridProgress, *, has_line: bool) -> str:
    """What the next press will take, known before: `Plan: 4 more takes · ≈ 7 s · free`."""
    if progress.is_running:
        left = progress.asked - progress.ready - progress.failed - progress.paused
        if left == 1:
            return QCoreApplication.translate("Grid", "Plan: 1 take in the queue")
        return QCoreApplication.translate("Grid", "Plan: {n} takes in the queue").format(n=left)
    if plan.kind == "loading":
        return QCoreApplication.translate("Grid", "Plan: reading the takes")
    if not has_line:
        return QCoreApplication.translate("Grid", "Plan: write the line first")
    if not progress.cells:
        return QCoreApplication.translate("Grid", "Plan: no cells yet")
    if plan.estimate is None:
        return QCoreApplication.translate("Grid", "Plan: nothing left to make")
    estimate = plan.estimate
    parts = [_planned(plan, is_first=not progress.asked)]
    if estimate.seconds is not None:
        parts.append(QCoreApplication.translate("Jobs", "≈ {t}").format(t=seconds(estimate.seconds)))
    parts.append(cost_text(estimate.cost, estimate.currency))
    if estimate.free is not None and estimate.free < estimate.requests:
        parts.append(QCoreApplication.translate("Jobs", "{n} of them now").format(n=estimate.free))
    return " · ".join(parts)


def _planned(plan: FillPlan, *, is_first: bool) -> str:
    n = len(plan.cells)
    match plan.kind:
        case "resume" if n == 1:
            text = QCoreApplication.translate("Grid", "Plan: resume 1 take")
        case "resume":
            text = QCoreApplication.translate("Grid", "Plan: resume {n} takes")
        case "retry" if n == 1:
            text = QCoreApplication.translate("Grid", "Plan: retry 1 failed take")
        case "retry":
            text = QCoreApplication.translate("Grid", "Plan: retry {n} failed takes")
        case "redo" if n == 1:
            text = QCoreApplication.translate("Grid", "Plan: speak 1 stopped take again")
        case "redo":
            text = QCoreApplication.translate("Grid", "Plan: speak {n} stopped takes again")
        case _ if n == 1:
            text = QCoreApplication.translate("Grid", "Plan: 1 take")
        case _ if is_first:
            text = QCoreApplication.translate("Grid", "Plan: {n} takes")
        case _:
            text = QCoreApplication.translate("Grid", "Plan: {n} more takes")
    return text.format(n=n)


def fill_text(plan: FillPlan, *, is_running: bool, is_first: bool) -> str:
    """The caption of the button that fills and stops."""
    n = len(plan.cells)
    if is_running:
        return stop_name()
    match plan.kind:
        case "resume":
            return QCoreApplication.translate("Grid", "Resume {n}").format(n=n)
        case "retry":
            return QCoreApplication.translate("Grid", "Retry {n}").format(n=n)
        case "redo":
            return QCoreApplication.translate("Grid", "Redo {n}").format(n=n)
        case "fill" if not is_first:
            return QCoreApplication.translate("Grid", "Fill {n} more").format(n=n)
    return fill_name()


def fill_name() -> str:
    """The name of the button that fills the grid, whatever its caption is."""
    return QCoreApplication.translate("Grid", "Fill grid")


def stop_name() -> str:
    """The name and caption of that button while the grid is being filled."""
    return QCoreApplication.translate("Grid", "Stop grid")


def progress_text(progress: GridProgress) -> str:
    """`10 of 16 ready · ≈ 9 s left`."""
    if not progress.asked:
        return ""
    parts = [QCoreApplication.translate("Grid", "{n} of {total} ready").format(n=progress.ready, total=progress.asked)]
    if progress.is_running and progress.seconds_left is not None:
        left = seconds(float(max(1, round(progress.seconds_left))))
        parts.append(QCoreApplication.translate("Jobs", "≈ {t} left").format(t=left))
    if progress.paused:
        parts.append(QCoreApplication.translate("Grid", "{n} paused").format(n=progress.paused))
    if progress.failed:
        parts.append(QCoreApplication.translate("Jobs", "{n} failed").format(n=progress.failed))
    return " · ".join(parts)


def cell_name(voice: str, direction: str) -> str:
    """`白桦 · 敬佩，娓娓道来`."""
    return f"{voice} · {direction}"
