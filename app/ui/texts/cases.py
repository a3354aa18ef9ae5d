"""Texts about test cases: states, verdicts, problems of rows, plans and comparisons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.case_scores import GRADE, Disagreement, Verdict
from app.core.cases import Case, CaseProblem, CaseResult, CaseVersion, Check, CheckKind
from app.core.sentence_joiner import join_sentences
from app.services.bench.case_book import CellState
from app.services.bench.case_plan import RunPlan, RunProgress
from app.ui.texts.jobs import cost_text
from app.ui.texts.numbers import count, decimal, money, seconds

_SHOWN = 60
"""Characters of a value that are quoted."""


def check_name(kind: CheckKind) -> str:
    """The word for a check in a cell."""
    return {
        "contains": QCoreApplication.translate("Cases", "contains"),
        "matches": QCoreApplication.translate("Cases", "matches"),
        "equals": QCoreApplication.translate("Cases", "equals"),
        "json": QCoreApplication.translate("Cases", "JSON"),
        "schema": QCoreApplication.translate("Cases", "schema"),
        "shorter": QCoreApplication.translate("Cases", "shorter"),
        "judge": QCoreApplication.translate("Cases", "judge"),
    }[kind]


def check_names(checks: tuple[Check, ...]) -> dict[str, str]:
    """The words for the checks of a set by id; numbered where several are of one kind."""
    names: dict[str, str] = {}
    for check in checks:
        same = [each for each in checks if each.kind == check.kind]
        number = f" {same.index(check) + 1}" if len(same) > 1 else ""
        names[check.id] = check_name(check.kind) + number
    return names


def shown_names(checks: tuple[Check, ...]) -> dict[str, str]:
    """As `check_names`, with what stands for a grade by hand."""
    return {GRADE: QCoreApplication.translate("Cases", "your grade"), **check_names(checks)}


def check_kind_label(kind: CheckKind) -> str:
    """A kind of check in a list of all."""
    return {
        "contains": QCoreApplication.translate("Cases", "Contains a text"),
        "matches": QCoreApplication.translate("Cases", "Matches a pattern"),
        "equals": QCoreApplication.translate("Cases", "Equals a text"),
        "json": QCoreApplication.translate("Cases", "Is valid JSON"),
        "schema": QCoreApplication.translate("Cases", "Fits a JSON Schema"),
        "shorter": QCoreApplication.translate("Cases", "Is shorter than"),
        "judge": QCoreApplication.translate("Cases", "A model judges"),
    }[kind]


def check_value_hint(kind: CheckKind) -> str:
    """What to type for a check."""
    return {
        "contains": QCoreApplication.translate(
            "Cases", "The text that has to be in the answer. {{name}} stands for a value of the case."
        ),
        "matches": QCoreApplication.translate("Cases", "A regular expression that is found in the answer."),
        "equals": QCoreApplication.translate("Cases", "The whole answer, except for spaces around it."),
        "json": "",
        "schema": QCoreApplication.translate("Cases", "The JSON Schema that the answer fits."),
        "shorter": QCoreApplication.translate("Cases", "The number of characters that the answer stays below."),
        "judge": QCoreApplication.translate(
            "Cases", "A question about the answer, such as: Is every item of {{message}} in the order?"
        ),
    }[kind]


def version_title(version: CaseVersion) -> str:
    """A column, such as `Order intake v3`."""
    return QCoreApplication.translate("Cases", "{name} v{n}").format(name=version.name, n=version.number)


def short_version(version: CaseVersion, versions: tuple[CaseVersion, ...]) -> str:
    """A column in a sentence: `v3`, with the name where columns are of several prompts."""
    if len({each.prompt_id for each in versions}) > 1:
        return version_title(version)
    return QCoreApplication.translate("Cases", "v{n}").format(n=version.number)


def state_text(state: CellState) -> str:
    """The state of a cell without an answer."""
    return {
        "planned": QCoreApplication.translate("Cases", "not run"),
        "broken": QCoreApplication.translate("Cases", "row to correct"),
        "incomplete": QCoreApplication.translate("Cases", "nothing to send"),
        "queued": QCoreApplication.translate("Cases", "queued"),
        "paused": QCoreApplication.translate("Cases", "paused"),
        "writing": QCoreApplication.translate("Cases", "writing"),
        "done": QCoreApplication.translate("Cases", "answered"),
        "failed": QCoreApplication.translate("Cases", "failed"),
        "stopped": QCoreApplication.translate("Cases", "stopped"),
        "lost": QCoreApplication.translate("Cases", "answer lost"),
    }[state]


def problem_text(problem: CaseProblem) -> str:
    """What is wrong with a row that was read."""
    values: dict[str, Any] = {"line": problem.line, "n": problem.found, "m": problem.expected}
    text = {
        "too-few": QCoreApplication.translate("Cases", "The number of cells in line {line} is {n}, not {m}."),
        "too-many": QCoreApplication.translate("Cases", "The number of cells in line {line} is {n}, not {m}."),
        "quote": QCoreApplication.translate("Cases", "Line {line} has a quotation mark that is never closed."),
        "not-json": QCoreApplication.translate("Cases", "Line {line} is not valid JSON."),
        "not-object": QCoreApplication.translate("Cases", "Line {line} is not a JSON object."),
        "too-long": QCoreApplication.translate("Cases", "Line {line} has a value of {n} characters; {m} are kept."),
    }[problem.code]
    return text.format(**values)


def verdict_mark(verdict: Verdict) -> str:
    """The outcome of a check as one sign."""
    return {"pass": "✓", "fail": "✗", "none": "–"}[verdict.state]


def verdict_word(verdict: Verdict) -> str:
    """The outcome of a check, as a screen reader says it."""
    return {
        "pass": QCoreApplication.translate("Cases", "passes"),
        "fail": QCoreApplication.translate("Cases", "fails"),
        "none": QCoreApplication.translate("Cases", "not judged"),
    }[verdict.state]


def verdict_reason(verdict: Verdict) -> str:
    """Why a check has this outcome, as a sentence."""
    params = {
        name: _shortened(value) if isinstance(value, str) and name == "value" else value
        for name, value in verdict.params.items()
    }
    text = _passed(verdict.code) if verdict.state == "pass" else _not_passed(verdict)
    return text.format(**params)


def _passed(code: str) -> str:
    return {
        "contains": QCoreApplication.translate("Cases", "“{value}” is in the answer."),
        "equals": QCoreApplication.translate("Cases", "The answer is the expected text."),
        "matches": QCoreApplication.translate("Cases", "The pattern is found."),
        "json": QCoreApplication.translate("Cases", "The answer is valid JSON."),
        "schema": QCoreApplication.translate("Cases", "The answer fits the schema."),
        "shorter": QCoreApplication.translate("Cases", "{length} characters, below {value}."),
        "judged": "{said}",
    }[code]


def _not_passed(verdict: Verdict) -> str:
    return {
        "contains": QCoreApplication.translate("Cases", "“{value}” is not in the answer."),
        "equals": QCoreApplication.translate("Cases", "The answer is not “{value}”."),
        "matches": QCoreApplication.translate("Cases", "The pattern “{value}” is not found."),
        "json": QCoreApplication.translate("Cases", "No valid JSON from line {line}, column {column} on."),
        "json-fenced": QCoreApplication.translate("Cases", "The JSON is in a code fence."),
        "schema": QCoreApplication.translate("Cases", "The schema is not met: {message}"),
        "shorter": QCoreApplication.translate("Cases", "{length} characters, not below {value}."),
        "judged": "{said}",
        "incomplete": QCoreApplication.translate("Cases", "The check has no value for this case."),
        "bad-pattern": QCoreApplication.translate("Cases", "“{value}” is not a regular expression: {message}"),
        "slow-pattern": QCoreApplication.translate(
            "Cases", "Not checked: to search for this pattern takes too long. Simplify it."
        ),
        "bad-schema": QCoreApplication.translate("Cases", "The schema can't be used: {message}"),
        "bad-number": QCoreApplication.translate(
            "Cases", "“{value}” is not a number of characters. Enter a whole number."
        ),
        "unjudged": QCoreApplication.translate("Cases", "The judge was not asked yet."),
        "nonsense": QCoreApplication.translate("Cases", "The judge gave no verdict. It said: {said}"),
        "lost": QCoreApplication.translate("Cases", "The judge's answer was lost. It may have been billed."),
        "judge-failed": QCoreApplication.translate("Cases", "The judge could not be asked ({error})."),
    }[verdict.code]


def cell_text(
    title: str, number: int, state: CellState, answer: str, verdicts: tuple[Verdict, ...], names: dict[str, str]
) -> str:
    """A cell as a screen reader says it: column, case, state, the checks and the answer."""
    checks = ", ".join(f"{names.get(each.check_id, '')} {verdict_word(each)}" for each in verdicts)
    text = QCoreApplication.translate("Cases", "{title}, case {n}: {state}")
    parts = [text.format(title=title, n=number, state=state_text(state)), checks, " ".join(answer.split())[:300]]
    return ". ".join(filter(None, parts))


def value_text(name: str, case: Case, number: int) -> str:
    """A cell with a value as a screen reader says it."""
    text = QCoreApplication.translate("Cases", "{name}, case {n}: {value}")
    said = text.format(name=name, n=number, value=case.values.get(name, "") or empty_value())
    return join_sentences(f"{said}.", problem_text(case.problem)) if case.problem is not None else said


def empty_value() -> str:
    return QCoreApplication.translate("Cases", "empty")


def figures_text(result: CaseResult) -> str:
    """First token, tokens and cost of an answer, as far as they are known."""
    reply = result.reply
    parts = []
    if reply is not None and reply.first_event is not None:
        parts.append(QCoreApplication.translate("Cases", "first token {t}").format(t=seconds(reply.first_event)))
    if reply is not None and reply.usage is not None:
        parts.append(QCoreApplication.translate("Cases", "{n} tokens").format(n=count(reply.usage.completion)))
    if result.state == "done":
        parts.append(cost_text(result.cost, result.currency))
    return "   ".join(parts)


def progress_text(progress: RunProgress) -> str:
    """How far a set is: `Progress: 14 of 24 run · ≈ 8 s left`."""
    text = QCoreApplication.translate("Cases", "Progress: {n} of {total} run")
    parts = [text.format(n=count(progress.run), total=count(progress.total))]
    if progress.is_running and progress.seconds_left is not None:
        parts.append(QCoreApplication.translate("Cases", "≈ {t} left").format(t=seconds(progress.seconds_left)))
    elif progress.is_paused:
        parts.append(QCoreApplication.translate("Cases", "paused"))
    return " · ".join(parts)


def plan_text(plan: RunPlan) -> str:
    """What the next press will do: requests, time and cost."""
    if not plan.requests and not plan.paused:
        return ""
    number = plan.requests + plan.paused
    one, many = (
        QCoreApplication.translate("Cases", "1 request"),
        QCoreApplication.translate("Cases", "{n} requests").format(n=count(number)),
    )
    parts = [one if number == 1 else many]
    if plan.seconds is not None:
        parts.append(QCoreApplication.translate("Cases", "≈ {t}").format(t=seconds(plan.seconds)))
    if plan.requests:
        cost = cost_text(plan.cost, plan.currency)
        parts.append(f"≈ {cost}" if plan.cost else cost)
    return " · ".join(parts)


def stopped_text(plan: RunPlan) -> str:
    """Answers that were stopped, and what the next run does about them; empty if none was."""
    if not plan.stopped:
        return ""
    if plan.stopped == 1:
        return QCoreApplication.translate(
            "Cases", "One answer was stopped; what had arrived is kept. Run cases asks for it once more."
        )
    return QCoreApplication.translate(
        "Cases", "{n} answers were stopped; what had arrived is kept. Run cases asks for them once more."
    ).format(n=count(plan.stopped))


def left_out_text(plan: RunPlan) -> str:
    """Cells that are left out by a run, and why; empty if none is."""
    parts = []
    if plan.lost:
        one, many = (
            QCoreApplication.translate(
                "Cases", "One answer was lost. It may have been billed, so it is not asked for again by itself."
            ),
            QCoreApplication.translate(
                "Cases",
                "{n} answers were lost. They may have been billed, so they are not asked for again by themselves.",
            ),
        )
        parts.append(one if len(plan.lost) == 1 else many.format(n=len(plan.lost)))
    if plan.broken:
        one, many = (
            QCoreApplication.translate("Cases", "1 cell is in a broken row. Correct that row first."),
            QCoreApplication.translate("Cases", "{n} cells are in broken rows. Correct those rows first."),
        )
        parts.append(one if plan.broken == 1 else many.format(n=plan.broken))
    if plan.incomplete:
        one, many = (
            QCoreApplication.translate("Cases", "1 cell has nothing to send."),
            QCoreApplication.translate("Cases", "{n} cells have nothing to send."),
        )
        parts.append(one if plan.incomplete == 1 else many.format(n=plan.incomplete))
    return join_sentences(*parts)


def paused_text(progress: RunProgress, limit: float) -> str:
    """Why a run is paused, and what to do."""
    if progress.error == "spend-limit":
        text = QCoreApplication.translate(
            "Cases", "Paused before the spend limit of {limit} would be passed. Raise it, then run the cases again."
        )
        return text.format(limit=money(limit, progress.currency))
    return QCoreApplication.translate(
        "Cases", "The run is paused; {n} requests wait. Run cases goes on with it."
    ).format(n=count(progress.queued))


def disagreement_text(found: Disagreement, first: str, second: str) -> str:
    """Whether two columns differ by more than chance, as a plain sentence; empty if they can't be compared."""
    if not found.both:
        return ""
    if not found.only_first and not found.only_second:
        text = QCoreApplication.translate("Cases", "{a} and {b} agree in all {n} cases.")
        return text.format(a=first, b=second, n=count(found.both))
    more, less, better, worse = found.only_second, found.only_first, second, first
    if found.only_first > found.only_second:
        more, less, better, worse = found.only_first, found.only_second, first, second
    text = QCoreApplication.translate(
        "Cases", "{a} passes where {b} fails in {n} cases, and the other way round in {m}."
    ).format(a=better, b=worse, n=count(more), m=count(less))
    share = float(found.chance)
    percent = decimal(100 * share, 1) if share < 0.1 else count(round(100 * share))
    if share < 0.05:
        verdict = QCoreApplication.translate("Cases", "Chance alone does that {p} % of the time: a real difference.")
    else:
        verdict = QCoreApplication.translate("Cases", "Chance alone does that {p} % of the time: no proof yet.")
    return join_sentences(text, verdict.format(p=percent))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
