"""Prompts as Markdown files: a round trip is exact, files of other programs are read, hostile ones do nothing."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Code, InputError
from app.core.prompt_files import prompt_file, read_prompt
from app.core.prompt_library import MAX_TEXT_LENGTH, MAX_VERSIONS, PromptVersion, SavedPrompt

NASTY = (
    "Take orders.",
    "---\nname: not this one\n---\nText\n---\n",
    "line\r\nline\rline\n",
    "trailing \t \n  \n\n\n",
    "\n\nbegins with empty lines",
    "  indented\n\tby a tab\n: - # [ { \" ' | > & * ! %",
    "\x00\x07\x1b\x85\u2028\u2029\ufeff\ud83d bell",
    "三号站台广播词 🚄\u00a0e\u0301",
    "",
    "...\nend",
    " ",
)


def saved(*texts: str, **fields: object) -> SavedPrompt:
    versions = tuple(
        PromptVersion(text, f"note {number}" if number else "", 1_764_000_000.123456 + number)
        for number, text in enumerate(texts)
    )
    prompt = SavedPrompt(
        "1", "Order intake", "prompt", ("json", "orders"), versions, versions[0].created, versions[-1].created
    )
    return msgspec.structs.replace(prompt, **fields)


def read(content: str, stem: str = "file") -> SavedPrompt:
    return read_prompt(content, stem, 5.0).prompt


def round_trip(prompt: SavedPrompt) -> None:
    assert msgspec.structs.replace(read(prompt_file(prompt)), id=prompt.id) == prompt


def test_every_version_comes_back_exactly() -> None:
    round_trip(saved(*NASTY, "last"))
    for text in NASTY:
        round_trip(saved("first", text) if text.strip() else saved("first", text, "x"))
    round_trip(saved("You are kind.", kind="system", tags=()))
    round_trip(saved("first", "half a character \ud83d\n"))


@pytest.mark.parametrize("name", ["no", "2024-01-01", "- a", "a: b", "# x", "'q'", '"q"', "true", "{x}", "x #y", "é中"])
def test_names_notes_and_tags_stay_the_texts_they_are(name: str) -> None:
    version = PromptVersion("Text", name, 1.5)
    round_trip(saved("x", name=name, tags=(name.lstrip("# "),), versions=(version, version), updated=1.5))


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.lists(TEXT, min_size=1, max_size=4), st.text(" \t\r\n-.|>#:a", max_size=20))
def test_any_text_comes_back_exactly(texts: list[str], last: str) -> None:
    round_trip(saved(*texts, last, "end" if not last.strip() else last))


def test_a_file_of_another_program_is_read() -> None:
    prompt = read(
        "---\r\ntitle: 'It''s a guide'  # the name\r\nTags:\r\n  - voice\r\n  - \"z,h\"\r\nmodel: gpt\r\nconfig:\r\n"
        "  nested: {a: [1, 2]}\r\nrole: system\r\ndescription: >\r\n  folded\r\n  words\r\ndate: 2025-03-04\r\n---\r\n"
        "You guide.\r\nKindly.\r\n"
    )
    assert (prompt.name, prompt.kind, prompt.tags) == ("It's a guide", "system", ("voice", "z h"))
    assert prompt.text == "You guide.\nKindly.\n"
    assert prompt.versions[0].created == 1_741_046_400.0


def test_a_file_without_front_matter_is_named_after_itself() -> None:
    prompt = read("Critique the image.\n", stem="Critique an image")
    assert (prompt.name, prompt.text, prompt.tags, prompt.versions[0].created) == (
        "Critique an image", "Critique the image.\n", (), 5.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("[a, \"b c\", 'd']", ("a", "b c", "d")), ("[\n  a,\n  b\n]", ("a", "b")), ("a, b", ("a", "b")),
        ("\n- a\n- b", ("a", "b")), ("", ()), ("[]", ()), ("a, A", ("a",)),
    ],
)  # fmt: skip
def test_tags_are_read_in_every_usual_form(tags: str, expected: tuple[str, ...]) -> None:
    assert read(f"---\ntags: {tags}\n---\nText").tags == expected


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("---\nname: x\n", Code.PROMPT_FILE_OPEN, None),
        ("---\nname: x\nno key here\n---\nText", Code.PROMPT_FILE_LINE, 3),
        ('---\nname: "open\n---\nText', Code.PROMPT_FILE_LINE, 2),
        ("---\ntags: [a, b\n---\nText", Code.PROMPT_FILE_LINE, 2),
        ("---\nversions:\n  - note: a\n   text: b\n---\nText", Code.PROMPT_FILE_LINE, 4),
        ("---\nname: x\n---\n \n", Code.PROMPT_FILE_EMPTY, None),
        ("", Code.PROMPT_FILE_EMPTY, None),
        ("x" * (MAX_TEXT_LENGTH + 1), Code.PROMPT_TOO_LONG, None),
        ("---\nversions:\n" + "  - note: a\n" * (MAX_VERSIONS + 1) + "---\nText", Code.PROMPT_VERSIONS_FULL, None),
    ],
    ids=lambda value: value if isinstance(value, Code) else "",
)
def test_a_broken_file_is_refused_with_the_reason(content: str, code: Code, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read(content)
    assert (caught.value.code, caught.value.params.get("line")) == (code, line)


@pytest.mark.parametrize(
    "header",
    [
        "a: &a [x, x]\nb: &b [*a, *a, *a]\nname: *b",
        "name: !!python/object/apply:os.system ['touch /tmp/owned']",
        "x: " + "[" * 50_000,
        "x: " + "{a: " * 50_000,
        "name: " + "a" * 500_000,
        "tags: [" + "a," * 100_000 + "]",
        "<<: *missing\nname: x",
        "name: " + "\\" * 50_000,
        "x:\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 2_000)),
    ],
)
def test_hostile_front_matter_is_only_text(header: str) -> None:
    begun = time.process_time()
    try:
        prompt = read(f"---\n{header}\n---\nText")
    except InputError as error:
        assert error.code is Code.PROMPT_FILE_LINE
    else:
        assert prompt.text == "Text" and len(prompt.name) <= 80 and len(prompt.tags) <= 12
    assert time.process_time() - begun < 5


def test_a_file_edited_by_hand_gives_its_text_to_the_newest_version() -> None:
    content = prompt_file(saved("one", "two"))
    assert [version.text for version in read(content.replace("\ntwo", "\nthree")).versions] == ["one", "three"]
    assert read(content.replace("\n", "\r\n")).versions == read(content).versions


@pytest.mark.parametrize(
    ("header", "cuts"),
    [
        (f"name: {'n' * 80}\nnote: {'o' * 200}\ntags: [{'t' * 30}]", ()),
        (f"name: {'n' * 81}", ("name",)),
        (f"note: {'o' * 201}", ("note",)),
        (f"versions:\n  - note: {'o' * 201}\n    text: First\n  - note: short", ("note",)),
        (f"tags: [{'t' * 31}, short]", ("tag",)),
        (f"tags: [{', '.join(f'tag{number}' for number in range(13))}]", ("tags",)),
        (f"tags: [{', '.join(['same', 'Same'] * 9)}]", ()),
    ],
)
def test_what_is_longer_than_the_library_keeps_is_said(header: str, cuts: tuple[str, ...]) -> None:
    assert read_prompt(f"---\n{header}\n---\nText", "stem", 5.0).cuts == cuts
