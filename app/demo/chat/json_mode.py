"""JSON answers: the shape asked for, filled with what the script has (mimo-api 6.6)."""

from __future__ import annotations

import json
import re
from typing import Any

from app.demo.chat.question import Question
from app.demo.chat.script import script, table

_MAX_DEPTH = 8
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


def answer(question: Question) -> str:
    """A JSON object as text: after the schema, after an example in the messages, or `{"answer": …, "demo": true}`."""
    scripted = table("scene")[question.language]
    if question.schema is not None:
        return _text(_of_schema(question.schema, "", scripted, question.schema, 0))
    if (example := _example(question)) is not None:
        return _text(_like(example, "", scripted))
    words = script(question.language)
    topic = words.topic_of(question.asked.text)
    return _text({"answer": (topic.short or topic.answer).strip() if topic else scripted["summary"], "demo": True})


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _example(question: Question) -> dict[str, Any] | None:
    """The first JSON object that stands in a message, the latest message first."""
    for message in reversed(question.messages):
        if message.role not in ("system", "user"):
            continue
        for start in (found.start() for found in re.finditer(r"\{", message.text)):
            try:
                value, _ = json.JSONDecoder().raw_decode(message.text, start)
            except ValueError:
                continue
            if isinstance(value, dict) and value:
                # A schema written out in the prompt counts as one.
                return _of_schema(value, "", {}, value, 0) if "properties" in value else value
    return None


def _of_schema(schema: Any, name: str, scripted: dict[str, Any], root: dict[str, Any], depth: int) -> Any:
    """A value that fits a JSON Schema; `scripted` supplies the words."""
    if not isinstance(schema, dict) or depth > _MAX_DEPTH:
        return None
    if reference := schema.get("$ref"):
        target: Any = root
        for step in str(reference).removeprefix("#/").split("/"):
            target = target.get(step, {}) if isinstance(target, dict) else {}
        return _of_schema(target, name, scripted, root, depth + 1)
    for choice in ("anyOf", "oneOf", "allOf"):
        if schema.get(choice):
            return _of_schema(schema[choice][0], name, scripted, root, depth + 1)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return _among(schema["enum"], _said(name, scripted))
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    match kind:
        case "object" | None if "properties" in schema:
            return {
                field: _of_schema(shape, field, scripted, root, depth + 1)
                for field, shape in schema["properties"].items()
            }
        case "array":
            rows = _rows(name, scripted)
            wanted = min(max(schema.get("minItems", 0), len(rows)), schema.get("maxItems", 50))
            entries = [rows[n % len(rows)] for n in range(wanted)]
            return [_of_schema(schema.get("items", {}), name, entry, root, depth + 1) for entry in entries]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "object":
            return {}
        case "null":
            return None
    return _said(name, scripted)


def _like(example: Any, name: str, scripted: dict[str, Any]) -> Any:
    """The example's shape with the script's words."""
    match example:
        case dict():
            return {field: _like(value, field, scripted) for field, value in example.items()}
        case list() if example:
            return [_like(example[0], name, row) for row in _rows(name, scripted)]
        case str():
            return _said(name, scripted)
    return example


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
