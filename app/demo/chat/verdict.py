"""Answers requests to judge an answer: a JSON object with a question, what was sent, and the answer."""

from __future__ import annotations

import json
import re

_QUOTED = re.compile(r"[\"“'‘「]([^\"”'’」]{1,200})[\"”'’」]")
_SHORT = re.compile(r"\b(?:short|brief|one sentence)\b|简短|一句话", re.IGNORECASE)
_SHORT_LENGTH = 200
_FIELDS = {"question", "input", "answer"}


def asked_for(text: str) -> tuple[str, str] | None:
    """The question and the answer that is to be judged; None if nothing is."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        asked = json.loads(text)
    except ValueError:
        return None
    if not isinstance(asked, dict) or asked.keys() != _FIELDS:
        return None
    return str(asked["question"]), str(asked["answer"])


def written(question: str, answer: str) -> str:
    """A verdict: what the question quotes has to be in the answer, and a short answer has to be short."""
    missing = [words for words in _QUOTED.findall(question) if words.lower() not in answer.lower()]
    if not answer.strip():
        verdict, reason = "fail", "There is no answer."
    elif missing:
        verdict, reason = "fail", f"“{missing[0]}” is not in the answer."
    elif _SHORT.search(question) and len(answer) > _SHORT_LENGTH:
        verdict, reason = "fail", f"The answer has {len(answer)} characters."
    else:
        verdict, reason = "pass", "The answer does what the question asks for."
    return json.dumps({"verdict": verdict, "reason": reason}, ensure_ascii=False)
