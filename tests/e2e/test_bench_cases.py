"""Test cases in the real window: a table is made, run against the demo service, and its verdicts are read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from app.core.prompt_library import PromptVersion, SavedPrompt
from app.storage.database import Database
from app.storage.home import open_home
from tests.e2e.conftest import StartProgram
from tests.e2e.tree import Node


async def _save_prompt(home: Path) -> None:
    database = await Database.open(open_home(home))
    versions = (PromptVersion("Say “Good {{message}}”"), PromptVersion("Say “Bad {{message}}”", "the other way"))
    await database.prompts.keep(SavedPrompt("greeting", "Greeting", versions=versions))
    await database.close()


def _holds(begin: Callable[[], Node], condition: Callable[[Node], bool]) -> Node:
    return begin().wait_for(condition, timeout=30)


def test_cases_are_made_run_and_judged_through_the_accessibility_tree(start_workbench: StartProgram, tmp_path: Path):
    home = tmp_path / "home"
    asyncio.run(_save_prompt(home))
    window = start_workbench(home=home)
    root = window
    root.find("Bench").press()
    root.find("Cases", "page tab").press()

    root.find("Add variable").press()
    root.find("Variable name").set_text("message")
    for number, value in enumerate(("morning", "evening"), 1):
        root.find("Add case").press()
        root.find("Case table").find(beginning=f"message, case {number}: empty")
        root.find("Case value").set_text(value)
        root.find("Case table").find(beginning=f"message, case {number}: {value}")

    root.find("Add prompt version").press()
    root.find("Version to add").set_text("v1")
    root.find("Add this version").press()
    root.find("Add check").press()
    root.find("Check value").set_text("Good {{message}}")
    root.find("Check: contains")

    run = root.find("Run cases")
    run.wait_for(lambda node: node.enabled)
    root.find("Spend limit")
    run.press()
    _holds(lambda: root.find(beginning="Progress: 2 of 2"), lambda node: True)
    cell = root.find("Case table").find(beginning="Greeting v1, case 2: answered. contains passes")
    assert "Good evening" in cell.name

    # By keys: to the answer of the second case, and to the panel.
    root.find("Case table").focus()
    window.key("ctrl+Home", "Down", "Right", "Return")
    answer = root.find("Case answer")
    answer.wait_for(lambda node: "Good evening" in node.text)
    assert root.find("Edit as new version").enabled
    root.find("Pass").press()
    root.find("Fail").press()
    root.find(beginning="Greeting v1, case 2: answered")

    # To the prompt that the answer made one want to change, which says how it did, and back to its cases.
    root.find("Edit as new version").press()
    root.find("Prompt text").wait_for(lambda text: text.text == "Say “Good {{message}}”")
    root.find("Version note").wait_for(lambda note: "case 2" in note.text)
    root.find("Prompt versions").find(beginning="v1").wait_for(lambda row: "1 of 2 pass" in row.name)
    root.find("Run cases of this prompt").press()
    root.find("Case table").find(beginning="Greeting v1, case 2: answered")


def test_cells_are_typed_pasted_and_undone_by_keys(start_workbench: StartProgram, tmp_path: Path):
    window = start_workbench(home=tmp_path / "home")
    root = window
    root.find("Bench").press()
    root.find("Cases", "page tab").press()
    root.find("Add case").press()
    table = root.find("Case table")
    table.focus()
    window.key("F2")
    window.type("first")
    window.key("Return")
    table.find(beginning="message, case 1: first")
    window.key("ctrl+c")
    root.find("Add case").press()
    table.find(beginning="message, case 2: empty")
    table.focus()
    window.key("ctrl+v")
    table.find(beginning="message, case 2: first")
    window.key("Delete")
    table.find(beginning="message, case 2: empty")
    window.key("ctrl+z")
    table.find(beginning="message, case 2: first")
