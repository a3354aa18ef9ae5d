"""Checks answers: what can be decided without a model at once, and what a judging model said as it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.core.case_scores import Verdict
from app.core.cases import Case, CaseResult, CaseSet, Check, Judgement, fill
from app.core.json_answer import check_json_answer
from app.core.pattern_cost import search_steps
from app.core.strict_json import decode
from app.services.tools.argument_check import SchemaUnusable, schema_fault

MAX_MATCH_STEPS = 1_000_000
"""Steps of a search that is made here, about a tenth of a second in which nothing else runs."""
MAX_REASON = 300
SearchPattern = Callable[[str, str], bool | None]
"""Searches a text for a pattern, wherever that can be interrupted; None if it took too long. Blocks."""


def _no_search(pattern: str, text: str) -> bool | None:
    return None


def verdicts(
    cases: CaseSet, case: Case, result: CaseResult, judge_model: str, search: SearchPattern = _no_search
) -> tuple[Verdict, ...]:
    """What every check says about an answer. Blocks for as long as the checks take; call it in a thread."""
    return tuple(verdict(check, case.values, result, cases.variables, judge_model, search) for check in cases.checks)


def verdict(
    check: Check, values: Mapping[str, str], result: CaseResult, variables: tuple[str, ...], judge_model: str,
    search: SearchPattern = _no_search,
) -> Verdict:  # fmt: skip
    """What one check says about an answer. `code` names the reason, as `app.ui.texts.cases` words it."""
    wanted = fill(check.value, {name: values.get(name, "") for name in variables})
    if check.kind != "json" and not wanted.strip():
        return Verdict(check.id, "none", "incomplete", {})
    answer = result.answer
    match check.kind:
        case "contains":
            return _verdict(check, wanted in answer, "contains", value=wanted)
        case "equals":
            return _verdict(check, wanted.strip() == answer.strip(), "equals", value=wanted)
        case "matches":
            return _matches(check, wanted, answer, search)
        case "json":
            return _is_json(check, answer)
        case "schema":
            return _fits_schema(check, wanted, answer)
        case "shorter":
            return _is_shorter(check, wanted, answer)
        case "judge":
            return _judged(check, judgement_of(check, wanted, result, judge_model))


def question_of(check: Check, values: Mapping[str, str], variables: tuple[str, ...]) -> str:
    """The question of a check to a judging model for one case; empty while it is incomplete."""
    return fill(check.value, {name: values.get(name, "") for name in variables}).strip()


def judgement_of(check: Check, question: str, result: CaseResult, model: str) -> Judgement | None:
    """What was said about an answer to this question by this model, the last time it was asked."""
    return next(
        (
            each
            for each in reversed(result.judged)
            if each.check_id == check.id and each.question == question.strip() and each.model == model
        ),
        None,
    )


def _verdict(check: Check, passes: bool, code: str, **params: Any) -> Verdict:
    return Verdict(check.id, "pass" if passes else "fail", code, params)


def _matches(check: Check, pattern: str, answer: str, search: SearchPattern) -> Verdict:
    try:
        compiled = re.compile(pattern)
        steps = search_steps(pattern, len(answer))
    except (re.error, OverflowError, RecursionError) as error:
        return Verdict(check.id, "none", "bad-pattern", {"message": str(error), "value": pattern})
    found = compiled.search(answer) is not None if steps <= MAX_MATCH_STEPS else search(pattern, answer)
    if found is None:
        return Verdict(check.id, "none", "slow-pattern", {"value": pattern})
    return _verdict(check, found, "matches", value=pattern)


def _is_json(check: Check, answer: str) -> Verdict:
    found = check_json_answer(answer)
    if found.is_fenced:
        return _verdict(check, False, "json-fenced")
    return _verdict(check, found.is_json, "json", line=found.line, column=found.column)


def _fits_schema(check: Check, schema_text: str, answer: str) -> Verdict:
    try:
        schema = decode(schema_text)
    except (ValueError, RecursionError) as error:
        return Verdict(check.id, "none", "bad-schema", {"message": str(error)[:MAX_REASON]})
    found = check_json_answer(answer)
    if not found.is_json or found.is_fenced:
        code = "json-fenced" if found.is_fenced else "json"
        return _verdict(check, False, code, line=found.line, column=found.column)
    try:
        fault = schema_fault(schema, decode(found.part))
    except SchemaUnusable as error:
        return Verdict(check.id, "none", "bad-schema", {"message": str(error)[:MAX_REASON]})
    return _verdict(check, not fault, "schema", message=fault[:MAX_REASON])


def _is_shorter(check: Check, wanted: str, answer: str) -> Verdict:
    if not wanted.strip().isdecimal() or len(wanted.strip()) > 9:
        return Verdict(check.id, "none", "bad-number", {"value": wanted})
    return _verdict(check, len(answer) < int(wanted), "shorter", value=int(wanted), length=len(answer))


def _judged(check: Check, judgement: Judgement | None) -> Verdict:
    if judgement is None:
        return Verdict(check.id, "none", "unjudged", {})
    params = {"said": judgement.said, "error": judgement.code}
    if judgement.state != "none":
        return Verdict(check.id, judgement.state, "judged", params)
    code = judgement.code if judgement.code in ("nonsense", "lost") else "judge-failed"
    return Verdict(check.id, "none", code, params)
