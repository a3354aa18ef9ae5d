"""The Prompts page through its accessibility tree: write, save, compare, use in Chat, export and import a prompt."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.e2e.window import Window

PATIENCE_SECONDS = 20.0
PROMPTS = [
    ("list", "Prompt library"), ("list", "Prompt versions"), ("text", "Prompt text"), ("text", "Search prompts"),
    ("text", "Version note"), ("text", "Prompt differences"), ("push button", "New prompt"),
    ("push button", "Save version"), ("push button", "Use in Chat"), ("push button", "Use in Bench"),
    ("push button", "Import prompts"), ("push button", "Export prompt"),
]  # fmt: skip
FIRST = "Take orders from {{channel}}.\nAnswer with JSON."
SECOND = "Take orders from {{channel}}.\nAnswer with JSON only.\n不确定就问。"


def open_prompts(window: Window) -> None:
    window.find("Bench", "check box", timeout=PATIENCE_SECONDS).press()
    window.find("Prompts", "page tab", timeout=PATIENCE_SECONDS).press()
    window.find("Prompt text", "text", timeout=PATIENCE_SECONDS)


def test_a_prompt_is_written_saved_compared_used_exported_and_imported(
    start_workbench: Callable[..., Window], tmp_path: Path
) -> None:
    window = start_workbench()
    open_prompts(window)
    tree = window.dump()
    assert [name for kind, name in PROMPTS if f"[{kind}] {name!r}" not in tree] == []

    begin(window)
    text = window.find("Prompt text", "text")
    text.set_text(FIRST)
    window.find("Variable channel", "text").set_text("mail")
    window.find("Prompt library", "list").find(beginning="Untitled prompt, v1, not saved")
    window.find("Save version", "push button").press()
    window.find(beginning="Saved as v1 of Take orders from {{channel}}", timeout=PATIENCE_SECONDS)
    window.find("Rename prompt", "push button").press()
    window.find("Prompt name", "text").set_text("Order intake")
    window.key("Return")
    window.find("Prompt library", "list").find(beginning="Order intake, v1")

    text.set_text(SECOND)
    window.find("Version note", "text").set_text("asks when unsure")
    window.find("Prompt versions", "list").find(beginning="v2, asks when unsure, now, not saved")
    difference = window.find("Prompt differences")
    difference.wait_for(lambda node: "Answer with JSON only." in node.text and "不确定就问。" in node.text)
    assert "1 lines the same" not in difference.text
    window.find("Save version", "push button").press()
    window.find(beginning="Saved as v2 of Order intake", timeout=PATIENCE_SECONDS)
    window.find("Save version", "push button").press()
    window.find(beginning="Order intake already has this text", timeout=PATIENCE_SECONDS)

    window.find("Export prompt", "push button").press()
    exported = tmp_path / "order intake.md"
    window.find(beginning="File name", role="text", timeout=PATIENCE_SECONDS).set_text(str(exported))
    window.find("Save", "push button").press()
    window.find(beginning="“Order intake” was exported", timeout=PATIENCE_SECONDS)
    content = exported.read_text(encoding="utf-8")
    assert content.endswith(f"---\n{SECOND}") and "Answer with JSON." in content

    window.find("Use in Chat", "push button").press()
    window.find("Message", "text", timeout=PATIENCE_SECONDS).wait_for(lambda field: field.text == SECOND)
    window.find("Variable channel", "text").wait_for(lambda field: field.text == "mail")
    window.find("Undo", "push button").press()
    window.find("Message", "text").wait_for(lambda field: not field.text)

    window.find("Bench", "check box").press()
    window.find("Delete prompt", "push button").press()
    window.find(beginning="“Order intake” was deleted", timeout=PATIENCE_SECONDS)
    window.find("Prompt library", "list").wait_for(lambda prompts: not prompts.has(beginning="Order intake"))
    window.find("Import prompts", "push button").press()
    window.find(beginning="File name", role="text", timeout=PATIENCE_SECONDS).set_text(str(exported))
    window.find("Open", "push button").press()
    window.find(beginning="“Order intake” was imported", timeout=PATIENCE_SECONDS)
    text.wait_for(lambda field: field.text == SECOND)
    window.find("Prompt versions", "list").find(beginning="v1")


def begin(window: Window) -> None:
    """Press New prompt, and wait until it has taken effect."""
    window.find("New prompt", "push button").press()
    window.find("Prompt library", "list").find(beginning="Untitled prompt, v1, not saved")


def wait_until_stored(home: Path, text: str) -> None:
    """Wait until a draft with this text is in the database of a home."""
    end = time.monotonic() + PATIENCE_SECONDS
    with closing(sqlite3.connect(home / "workbench.db")) as database:
        while not database.execute(
            "SELECT 1 FROM things WHERE kind = 'prompt-draft' AND instr(body, ?)", (text,)
        ).fetchone():
            assert time.monotonic() < end, "it is not stored"
            time.sleep(0.05)


def test_what_is_typed_survives_a_kill(start_workbench: Callable[..., Window], tmp_path: Path) -> None:
    window = start_workbench()
    open_prompts(window)
    begin(window)
    window.find("Prompt text", "text").set_text("Guide through the museum.")
    window.find("Prompt library", "list").find(beginning="Untitled prompt, v1, not saved")
    wait_until_stored(tmp_path / "home", "Guide through the museum.")
    window.kill()

    again = start_workbench()
    open_prompts(again)
    again.find("Prompt text", "text").wait_for(lambda field: field.text == "Guide through the museum.")
    again.find("Prompt library", "list").find(beginning="Untitled prompt, v1, not saved")
