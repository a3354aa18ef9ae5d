"""JSON answers: the shape asked for, filled with what the script has (WIRE.md section 6.6)."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

from app.demo.chat.question import Question
from app.demo.chat.script import script, table

_MAX_DEPTH = 8
_MOST_ROWS = 50
_MOST_VALUES = 2_000
_MOST_STARTS = 64  # braces of one message that are tried as the beginning of an example
_LINES = re.compile(r"lines?|script|dialog(ue)?|台词", re.IGNORECASE)
_CAST = re.compile(r"cast|characters?|speakers|roles|people|voices|角色", re.IGNORECASE)
_FIELDS = (
    (re.compile(r"speaker|who|说话人", re.IGNORECASE), "speaker"),
    (re.compile(r"^(voice_?id|builtin|built_in)$", re.IGNORECASE), "builtin"),
    (re.compile(r"voice|description|sound|声音", re.IGNORECASE), "voice"),
    (re.compile(r"name|character|名字|姓名", re.IGNORECASE), "name"),
    (re.compile(r"guidance|direction|manner|style|指导", re.IGNORECASE), "guidance"),
    (re.compile(r"role|persona|角色", re.IGNORECASE), "role"),
    (re.compile(r"scene|setting|place|场景", re.IGNORECASE), "scene"),
    (re.compile(r"title|标题", re.IGNORECASE), "title"),
    (re.compile(r"text|line|words|content|台词|文本", re.IGNORECASE), "text"),
    (re.compile(r"summary|note|comment|reason|摘要", re.IGNORECASE), "summary"),
)


def answer(question: Question, told: str = "") -> str:
    """A JSON object as text: after the schema, after an example in the messages, or `{"answer": …, "demo": true}`.

    Args:
        told: what there is to say, where it is more than the script: the results of tools, the finds of a search.
    """
    scripted = table("scene")[question.language]
    if told:
        scripted = scripted | {"text": told, "summary": told}
    if question.schema is not None:
        return _text(_Filling(question.schema).of_schema(question.schema, "", scripted))
    if (example := _example(question)) is not None:
        filling = _Filling(example)
        # A schema written out in the prompt counts as one.
        is_schema = isinstance(example.get("properties"), dict)
        return _text((filling.of_schema if is_schema else filling.like)(example, "", scripted))
    topic = script(question.language).topic_of(question.asked.text)
    said = told or ((topic.short or topic.answer).strip() if topic else scripted["summary"])
    return _text({"answer": said, "demo": True})


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _example(question: Question) -> dict[str, Any] | None:
    """The first JSON object that stands in a message, the latest message first."""
    decoder = json.JSONDecoder()
    for message in reversed(question.messages):
        if message.role not in ("system", "user"):
            continue
        for brace in itertools.islice(re.finditer(r"\{", message.text), _MOST_STARTS):
            try:
                value, _ = decoder.raw_decode(message.text, brace.start())
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict) and value:
                return value
    return None


class _Filling:
    """Fills a shape with words. Shapes may nest and repeat without end: too deep, and after too many, values are null.

    Attributes:
        root: where a schema's references begin.
    """

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self._left = _MOST_VALUES

    def of_schema(self, schema: Any, name: str, scripted: dict[str, Any], depth: int = 0) -> Any:
        """A value that fits a JSON Schema, in the words of `scripted`; a keyword of the wrong type counts as absent."""
        if not isinstance(schema, dict) or not self._goes_on(depth):
            return None
        if reference := schema.get("$ref"):
            return self.of_schema(self._referred(str(reference)), name, scripted, depth + 1)
        for choice in ("anyOf", "oneOf", "allOf"):
            if choices := _listed(schema.get(choice)):
                return self.of_schema(choices[0], name, scripted, depth + 1)
        if "const" in schema:
            return schema["const"]
        if choices := _listed(schema.get("enum")):
            return _among(choices, _said(name, scripted))
        fields = schema.get("properties")
        kind = schema.get("type")
        match next(iter(kind), None) if isinstance(kind, list) else kind:
            case "object" | None if isinstance(fields, dict):
                return {field: self.of_schema(shape, field, scripted, depth + 1) for field, shape in fields.items()}
            case "array":
                rows = _rows(name, scripted)
                fewest, most = _whole(schema.get("minItems"), 0), _whole(schema.get("maxItems"), _MOST_ROWS)
                wanted = min(max(fewest, len(rows)), most, _MOST_ROWS)
                entries = [rows[n % len(rows)] for n in range(wanted)]
                return [self.of_schema(schema.get("items", {}), name, entry, depth + 1) for entry in entries]
            case "integer" | "number":
                least = schema.get("minimum")
                return least if isinstance(least, int | float) else 1
            case "boolean":
                return True
            case "object":
                return {}
            case "null":
                return None
        return _said(name, scripted)

    def like(self, example: Any, name: str, scripted: dict[str, Any], depth: int = 0) -> Any:
        """The example's shape with the script's words."""
        if not self._goes_on(depth):
            return None
        match example:
            case dict():
                return {field: self.like(value, field, scripted, depth + 1) for field, value in example.items()}
            case list() if example:
                return [self.like(example[0], name, row, depth + 1) for row in _rows(name, scripted)]
            case str():
                return _said(name, scripted)
        return example

    def _goes_on(self, depth: int) -> bool:
        self._left -= 1
        return self._left >= 0 and depth <= _MAX_DEPTH

    def _referred(self, reference: str) -> Any:
        target: Any = self.root
        for step in reference.removeprefix("#/").split("/"):
            target = target.get(step, {}) if isinstance(target, dict) else {}
        return target


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _rows(name: str, scripted: dict[str, Any]) -> list[dict[str, Any]]:
    if _LINES.search(name) and "lines" in scripted:
        return [{**scripted, **line} for line in scripted["lines"]]
    if _CAST.search(name) and "cast" in scripted:
        return [{**scripted, **member, "text": member["voice"]} for member in scripted["cast"]]
    return [scripted]


def _said(name: str, scripted: dict[str, Any]) -> str:
    for pattern, key in _FIELDS:
        if pattern.search(name) and isinstance(scripted.get(key), str):
            return str(scripted[key])
    return str(scripted.get("summary", ""))


def _among(choices: list[Any], said: str) -> Any:
    return said if said in choices else choices[0]
