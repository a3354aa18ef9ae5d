"""JSON answers: the requested structure filled with text from the script (WIRE.md section 6.6)."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

from app.demo.chat.question import Question
from app.demo.chat.script import load_script, load_table

_MAX_DEPTH = 8
_MAX_ROWS = 50
_MAX_VALUES = 2_000
_MAX_STARTS = 64  # braces per message that are tried as the start of an example
_LINES_FIELD = re.compile(r"lines?|script|dialog(ue)?|台词", re.IGNORECASE)
_CAST_FIELD = re.compile(r"cast|characters?|speakers|roles|people|voices|角色", re.IGNORECASE)
_TEXT_FIELDS = (
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


def answer(question: Question, text: str = "") -> str:
    """A JSON object as text: by the schema, by an example in the messages, or `{"answer": …, "demo": true}`.

    Args:
        text: text to use instead of the script's, such as the results of tools or of a search.
    """
    scripted = load_table("scene")[question.language]
    if text:
        scripted = scripted | {"text": text, "summary": text}
    if question.schema is not None:
        return _to_json(_StructureFiller(question.schema).from_schema(question.schema, "", scripted))
    if (example := _example(question)) is not None:
        filler = _StructureFiller(example)
        # The example may itself be a JSON Schema.
        is_schema = isinstance(example.get("properties"), dict)
        return _to_json((filler.from_schema if is_schema else filler.from_example)(example, "", scripted))
    topic = load_script(question.language).topic_of(question.user_message.text)
    text = text or ((topic.short or topic.answer).strip() if topic else scripted["summary"])
    return _to_json({"answer": text, "demo": True})


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _example(question: Question) -> dict[str, Any] | None:
    """Find the first JSON object in the messages, starting with the latest message."""
    decoder = json.JSONDecoder()
    for message in reversed(question.messages):
        if message.role not in ("system", "user"):
            continue
        for brace in itertools.islice(re.finditer(r"\{", message.text), _MAX_STARTS):
            try:
                value, _ = decoder.raw_decode(message.text, brace.start())
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict) and value:
                return value
    return None


class _StructureFiller:
    """Fills a JSON structure with text.

    Structures may be recursive: beyond a depth and a number of values, everything is null.

    Attributes:
        root: the schema that references are resolved against.
    """

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self._values_left = _MAX_VALUES

    def from_schema(self, schema: Any, name: str, scripted: dict[str, Any], depth: int = 0) -> Any:
        """A value for a JSON Schema, with text from `scripted`. A keyword with a value of the wrong type is ignored."""
        if not isinstance(schema, dict) or not self._has_room(depth):
            return None
        if reference := schema.get("$ref"):
            return self.from_schema(self._resolve(str(reference)), name, scripted, depth + 1)
        for choice in ("anyOf", "oneOf", "allOf"):
            if choices := _as_list(schema.get(choice)):
                return self.from_schema(choices[0], name, scripted, depth + 1)
        if "const" in schema:
            return schema["const"]
        if choices := _as_list(schema.get("enum")):
            return _one_of(choices, _text_for(name, scripted))
        fields = schema.get("properties")
        kind = schema.get("type")
        match next(iter(kind), None) if isinstance(kind, list) else kind:
            case "object" | None if isinstance(fields, dict):
                return {
                    field: self.from_schema(field_schema, field, scripted, depth + 1)
                    for field, field_schema in fields.items()
                }
            case "array":
                rows = _rows(name, scripted)
                min_items, max_items = _as_int(schema.get("minItems"), 0), _as_int(schema.get("maxItems"), _MAX_ROWS)
                count = min(max(min_items, len(rows)), max_items, _MAX_ROWS)
                items = [rows[n % len(rows)] for n in range(count)]
                return [self.from_schema(schema.get("items", {}), name, entry, depth + 1) for entry in items]
            case "integer" | "number":
                minimum = schema.get("minimum")
                return minimum if isinstance(minimum, int | float) else 1
            case "boolean":
                return True
            case "object":
                return {}
            case "null":
                return None
        return _text_for(name, scripted)

    def from_example(self, example: Any, name: str, scripted: dict[str, Any], depth: int = 0) -> Any:
        """A value with the structure of `example` and text from `scripted`."""
        if not self._has_room(depth):
            return None
        match example:
            case dict():
                return {field: self.from_example(value, field, scripted, depth + 1) for field, value in example.items()}
            case list() if example:
                return [self.from_example(example[0], name, row, depth + 1) for row in _rows(name, scripted)]
            case str():
                return _text_for(name, scripted)
        return example

    def _has_room(self, depth: int) -> bool:
        self._values_left -= 1
        return self._values_left >= 0 and depth <= _MAX_DEPTH

    def _resolve(self, reference: str) -> Any:
        target: Any = self.root
        for step in reference.removeprefix("#/").split("/"):
            target = target.get(step, {}) if isinstance(target, dict) else {}
        return target


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _as_int(value: Any, default: int) -> int:
    return value if isinstance(value, int) else default


def _rows(name: str, scripted: dict[str, Any]) -> list[dict[str, Any]]:
    if _LINES_FIELD.search(name) and "lines" in scripted:
        return [{**scripted, **line} for line in scripted["lines"]]
    if _CAST_FIELD.search(name) and "cast" in scripted:
        return [{**scripted, **member, "text": member["voice"]} for member in scripted["cast"]]
    return [scripted]


def _text_for(name: str, scripted: dict[str, Any]) -> str:
    for pattern, key in _TEXT_FIELDS:
        if pattern.search(name) and isinstance(scripted.get(key), str):
            return str(scripted[key])
    return str(scripted.get("summary", ""))


def _one_of(choices: list[Any], text: str) -> Any:
    return text if text in choices else choices[0]
