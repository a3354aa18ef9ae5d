"""Test cases: rows of values for variables, the versions of prompts they are sent with, and what came back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import msgspec

from app.core.bounds import bound
from app.core.messages import Failure, Reply, new_id
from app.core.prompt_library import PromptKind
from app.core.requests import Sampling
from app.core.variables import PATTERN, variable_names

ORIGIN = "cases"
"""`Job.origin` of the jobs that run cases."""
MAX_CASES = 10_000
MAX_VARIABLES = 40
MAX_VERSIONS = 8
MAX_CHECKS = 12
MAX_VALUE_LENGTH = 100_000
"""Characters of one value, and of a check."""
USER_MESSAGE = "message"
"""The variable that holds the user's message where the prompt is a system prompt."""

CheckKind = Literal["contains", "matches", "equals", "json", "schema", "shorter", "judge"]
CHECK_KINDS: tuple[CheckKind, ...] = ("contains", "matches", "equals", "json", "schema", "shorter", "judge")
ProblemCode = Literal["too-few", "too-many", "quote", "not-json", "not-object", "too-long"]
"""Of a row that was read: fewer or more cells than columns; a quotation mark that is never closed; a line that is no
JSON, or no JSON object; a value beyond `MAX_VALUE_LENGTH`."""
Grade = Literal["", "pass", "fail"]
ResultState = Literal["done", "failed", "cut"]
"""`cut`: it was sent, and the answer did not come completely: it may have been billed."""
VerdictState = Literal["pass", "fail", "none"]
"""`none`: not judged."""


class CaseProblem(msgspec.Struct, frozen=True):
    """What was wrong with a row that was read from a file or pasted.

    Attributes:
        line: of the file, from 1.
        raw: the line as it stands there.
        found, expected: numbers of cells.
    """

    code: ProblemCode
    line: int = 0
    raw: str = ""
    found: int = 0
    expected: int = 0


class Case(msgspec.Struct, frozen=True):
    """One row: values by variable. A row with a problem is not run until it is corrected."""

    id: str
    values: dict[str, str] = {}
    problem: CaseProblem | None = None


class CaseVersion(msgspec.Struct, frozen=True):
    """One column: a version of a saved prompt, with its text, so that results can be read when the prompt is gone.

    Attributes:
        number: of the version, from 1.
        note: what was changed in it.
    """

    id: str
    prompt_id: str = ""
    name: str = ""
    number: int = 1
    kind: PromptKind = "prompt"
    text: str = ""
    note: str = ""


class Check(msgspec.Struct, frozen=True):
    """What every answer is checked for. `value` may use `{{variable}}`; it is empty for `json`."""

    id: str
    kind: CheckKind
    value: str = ""


class CaseSet(msgspec.Struct, frozen=True):
    """A named table of cases with everything that is needed to run it.

    Attributes:
        model, judge_model: empty for the chat model that is chosen.
        draft: what is being written of a prompt that is to become a column.
        spend_limit: of one run, in the currency of the service; 0 for none.
        created, updated: Unix times in seconds.
    """

    id: str
    name: str = ""
    variables: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    versions: tuple[CaseVersion, ...] = ()
    checks: tuple[Check, ...] = ()
    model: str = ""
    judge_model: str = ""
    sampling: Sampling = Sampling()
    spend_limit: float = 0.0
    draft: str = ""
    created: float = 0.0
    updated: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "updated"))
        if not 0 <= self.spend_limit < 1e9:
            msgspec.structs.force_setattr(self, "spend_limit", 0.0)

    def version(self, version_id: str) -> CaseVersion | None:
        return next((each for each in self.versions if each.id == version_id), None)


class Judgement(msgspec.Struct, frozen=True):
    """What the judging model said about an answer.

    Attributes:
        check_id: of the check; `question` and `model` as they were asked, so that an edited question is asked anew.
        state: `none` if its answer was no verdict, failed, or was lost.
        code: why there is no verdict: `nonsense`, `lost`, or a code of `app.core.errors`.
        said: its reason, or what it said instead of a verdict.
        cost: in the currency of the service; None if unknown.
        run_id: of the run in which it was put; empty for that of the answer.
    """

    check_id: str
    question: str
    model: str
    state: VerdictState = "none"
    code: str = ""
    said: str = ""
    call_id: str = ""
    cost: float | None = None
    run_id: str = ""


class CaseResult(msgspec.Struct, frozen=True):
    """One answer to a case. Answers are never overwritten: the newest that fits what would be sent now is shown.

    Attributes:
        id: names set, case, version, run and attempt; see `result_id`.
        sent: identifies the texts that were sent; see `sent_key`.
        first_token, seconds: see `Reply`.
        cost: in `currency`, without what its judgements cost; None if unknown.
        grade: by hand.
    """

    id: str
    state: ResultState = "done"
    answer: str = ""
    sent: str = ""
    model: str = ""
    sampling: Sampling = Sampling()
    service: str = ""
    reply: Reply | None = None
    failure: Failure | None = None
    cost: float | None = None
    currency: str = ""
    judged: tuple[Judgement, ...] = ()
    grade: Grade = ""
    created: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",))

    @property
    def was_stopped(self) -> bool:
        """Whether somebody stopped it while it was being written."""
        return self.state == "cut" and self.reply is not None and self.reply.finish == "stopped"

    def spent_in(self, run_id: str) -> float:
        """What is known to have been spent on it by one run: later ones may have judged it."""
        own = result_key(self.id).run_id
        asked = (self.cost or 0.0) if own == run_id else 0.0
        return asked + sum(each.cost or 0.0 for each in self.judged if (each.run_id or own) == run_id)

    @property
    def spent(self) -> float:
        """What is known to have been spent on it."""
        return (self.cost or 0.0) + sum(each.cost or 0.0 for each in self.judged)


class CaseTally(msgspec.Struct, frozen=True):
    """How many answers of each version pass, for lists that do not open the set. `id` is that of the set.

    Attributes:
        counts: prompt, number of the version, passed, run.
    """

    id: str
    counts: tuple[tuple[str, int, int, int], ...] = ()
    updated: float = 0.0


class ResultKey(NamedTuple):
    """What the id of a result names."""

    set_id: str
    case_id: str
    version_id: str
    run_id: str
    attempt: str


class Cell(NamedTuple):
    """A case and a version, by their ids."""

    case_id: str
    version_id: str


def result_id(set_id: str, cell: Cell, run_id: str) -> str:
    """A new id for the answer of a cell; no other answer has the same."""
    return "/".join((set_id, cell.case_id, cell.version_id, run_id, new_id()))


def result_key(subject: str) -> ResultKey:
    """What an id names; parts that are missing in a damaged one are empty."""
    parts = (*subject.split("/"), "", "", "", "", "")[:5]
    return ResultKey(*parts)


class SentTexts(NamedTuple):
    """What is sent for a cell. `missing` are variables of the prompt without a column."""

    system: str
    message: str
    missing: tuple[str, ...]


def sent_texts(version: CaseVersion, values: Mapping[str, str], variables: tuple[str, ...]) -> SentTexts:
    """The texts of a cell. An empty value is an empty value: unlike in a chat, a table has said what is meant."""
    missing = tuple(name for name in needed_variables(version) if name not in variables)
    text = fill(version.text, {name: values.get(name, "") for name in variables})
    if version.kind == "system":
        return SentTexts(text, values.get(USER_MESSAGE, ""), missing)
    return SentTexts("", text, missing)


def needed_variables(version: CaseVersion) -> tuple[str, ...]:
    """The variables a version needs a column for."""
    names = variable_names(version.text)
    return names if version.kind == "prompt" else tuple(dict.fromkeys((*names, USER_MESSAGE)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill in variables, also with empty values; those without a value stay as they are."""
    if "{{" not in text:
        return text
    return PATTERN.sub(lambda match: match[0][1:] if match[1] else values.get(match[2], match[0]), text)


def sent_key(texts: SentTexts) -> str:
    """Identifies texts that are sent."""
    content = json.dumps([texts.system, texts.message], ensure_ascii=True)
    return hashlib.blake2b(content.encode(), digest_size=12).hexdigest()


def with_version(cases: CaseSet, version: CaseVersion) -> CaseSet:
    """The set with a further column, and with the variables that it needs."""
    names = [name for name in needed_variables(version) if name not in cases.variables]
    return msgspec.structs.replace(
        cases, versions=(*cases.versions, version), variables=(*cases.variables, *names)[:MAX_VARIABLES]
    )


def with_value(case: Case, name: str, value: str) -> Case:
    """The case with another value. An edit mends what was wrong with its row."""
    return msgspec.structs.replace(case, values={**case.values, name: value[:MAX_VALUE_LENGTH]}, problem=None)


def renamed_variable(cases: CaseSet, name: str, to: str) -> CaseSet:
    """The set with a variable renamed in its rows and checks. The texts of versions never change."""

    def moved(case: Case) -> Case:
        if name not in case.values:
            return case
        values = {to if each == name else each: value for each, value in case.values.items()}
        return msgspec.structs.replace(case, values=values)

    def rewritten(check: Check) -> Check:
        value = PATTERN.sub(
            lambda found: f"{{{{{to}}}}}" if found[2] == name and not found[1] else found[0], check.value
        )
        return msgspec.structs.replace(check, value=value)

    return msgspec.structs.replace(
        cases,
        variables=tuple(to if each == name else each for each in cases.variables),
        cases=tuple(map(moved, cases.cases)),
        checks=tuple(map(rewritten, cases.checks)),
    )


def copied(cases: CaseSet, name: str, moment: float) -> CaseSet:
    """A copy under another name. Its rows are its own: what was run stays with the original."""
    fields: dict[str, Any] = {"id": new_id(), "name": name, "created": moment, "updated": moment}
    return msgspec.structs.replace(cases, **fields)
