"""A prompt as a Markdown file: front matter with its name, kind, tags and versions, then the text of the newest one.

    ---
    name: Order intake
    kind: message
    tags: [json, orders]
    created: "2026-11-12T09:30:00.000000Z"
    versions:
      - saved: "2026-11-12T09:30:00.000000Z"
        note: from a conversation
        text: |2-
          Take orders.
      - saved: "2026-11-20T14:21:00.000000Z"
        note: first with a schema
    ---
    Take orders as JSON.

The last version has no text in the list, unless it can't be written as it is: it is what follows. Files of other
programs are read too, with whatever they have of this, under the names they use.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from app.core import front_matter
from app.core.errors import Code, InputError
from app.core.front_matter import Lines
from app.core.messages import new_id
from app.core.prompt_library import (
    MAX_NAME_LENGTH,
    MAX_NOTE_LENGTH,
    MAX_TAG_LENGTH,
    MAX_TAGS,
    MAX_TEXT_LENGTH,
    MAX_VERSIONS,
    PromptKind,
    PromptVersion,
    SavedPrompt,
    one_line,
    prompt_name,
    prompt_note,
    prompt_tags,
    whole_tag,
)

SUFFIX = ".md"
SUFFIXES = (".md", ".markdown", ".txt", ".prompt")
"""Of the files that a folder is searched for."""
_NAMES, _KINDS, _TAGS = ("name", "title"), ("kind", "type", "role"), ("tags", "tag", "keywords", "labels")
_OTHERS = ("created", "date", "note", "versions")
_KIND_WORDS: dict[PromptKind, str] = {"prompt": "message", "system": "system"}

Cut = Literal["name", "note", "tag", "tags"]
"""What is shorter in the library than in the file: its name, notes, single tags, or the number of its tags."""


class ReadPrompt(NamedTuple):
    """The prompt of a file, and what of it was longer than the library keeps."""

    prompt: SavedPrompt
    cuts: tuple[Cut, ...]


def prompt_file(prompt: SavedPrompt) -> str:
    """The content of the file of a prompt, which `read_prompt` reads back exactly."""
    *earlier, newest = prompt.versions or (PromptVersion(""),)
    records = [{**_head(version), "text": version.text} for version in earlier]
    text = newest.text
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a character can't stand in a file; with escapes it can.
        records.append({**_head(newest), "text": text})
        text = ""
    else:
        records.append(_head(newest))
    values = {
        "name": prompt.name,
        "kind": _KIND_WORDS[prompt.kind],
        "tags": prompt.tags,
        "created": _moment_text(prompt.created),
    }
    return front_matter.written(values, {"versions": records}) + text


def read_prompt(content: str, stem: str, now: float) -> ReadPrompt:
    """The prompt of a file under a new id. `stem` names one that has no name; `now` dates what has no date.

    Raises InputError: PROMPT_FILE_OPEN, PROMPT_FILE_LINE, PROMPT_FILE_EMPTY, PROMPT_TOO_LONG, PROMPT_VERSIONS_FULL.
    """
    found = front_matter.split(content)
    if found is None:
        lines: Lines = ()
        text = content.removeprefix("\ufeff").replace("\r\n", "\n")
    else:
        lines, text = found
    fields = front_matter.fields(lines, (*_NAMES, *_KINDS, *_TAGS, *_OTHERS))
    versions, notes = _versions(fields, text, now)
    if not any(version.text.strip() for version in versions):
        raise InputError(Code.PROMPT_FILE_EMPTY)
    longest = max(len(version.text) for version in versions)
    if longest > MAX_TEXT_LENGTH:
        raise InputError(Code.PROMPT_TOO_LONG, most=MAX_TEXT_LENGTH, length=longest)
    if len(versions) > MAX_VERSIONS:
        raise InputError(Code.PROMPT_VERSIONS_FULL, most=MAX_VERSIONS)
    given = next((one for one in (_first(fields, _NAMES), stem) if prompt_name(one)), "")
    name = prompt_name(given) or prompt_name(versions[-1].text)
    if not name:
        raise InputError(Code.PROMPT_FILE_EMPTY)
    tags = next((front_matter.list_of(fields[key]) for key in _TAGS if key in fields), [])
    created = _moment(_first(fields, ("created",))) or versions[0].created
    prompt = SavedPrompt(
        new_id(), name, _kind(_first(fields, _KINDS)), prompt_tags(tags), versions, created, versions[-1].created
    )
    return ReadPrompt(prompt, _cuts(given, notes, tags))


def _cuts(name: str, notes: Sequence[str], tags: Sequence[str]) -> tuple[Cut, ...]:
    whole = {tag.casefold(): tag for tag in map(whole_tag, tags) if prompt_name(tag)}
    is_cut: dict[Cut, bool] = {
        "name": len(one_line(name)) > MAX_NAME_LENGTH,
        "note": any(len(one_line(note)) > MAX_NOTE_LENGTH for note in notes),
        "tag": any(len(tag) > MAX_TAG_LENGTH for tag in whole.values()),
        "tags": len(whole) > MAX_TAGS,
    }
    return tuple(cut for cut, holds in is_cut.items() if holds)


def _versions(fields: dict[str, Lines], text: str, now: float) -> tuple[tuple[PromptVersion, ...], list[str]]:
    """The versions, and their notes as they are in the file."""
    listed = front_matter.records_of(fields["versions"]) if "versions" in fields else []
    records = [record for record in listed if record.keys() & {"text", "saved", "note"}]
    *earlier, newest = records or [
        {"note": _first(fields, ("note",)), "saved": _first(fields, ("date", "created"))},
    ]
    versions = [_version(record, record.get("text", ""), now) for record in earlier]
    last = newest["text"] if newest.get("text") and not text.strip() else text
    notes = [record.get("note", "") for record in (*earlier, newest)]
    return (*versions, _version(newest, last, now)), notes


def _version(record: dict[str, str], text: str, now: float) -> PromptVersion:
    return PromptVersion(text, prompt_note(record.get("note", "")), _moment(record.get("saved", "")) or now)


def _head(version: PromptVersion) -> dict[str, str]:
    return {"saved": _moment_text(version.created), "note": version.note}


def _first(fields: dict[str, Lines], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if key in fields and (text := front_matter.text_of(fields[key]).strip())), "")


def _kind(word: str) -> PromptKind:
    return "system" if "system" in word.casefold() else "prompt"


def _moment_text(moment: float) -> str:
    if not moment:
        return ""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _moment(text: str) -> float:
    """A date of a file as Unix time; 0 if it is none."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
