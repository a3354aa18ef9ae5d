"""Kills the real program ten times during an answer; the next start must show what had been received."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.e2e.conftest import StartProgram
from tests.e2e.tree import ElementGone
from tests.e2e.window import Window

KILLS = 10
QUESTIONS = ("Compare tea and coffee.", "写一首关于海的诗。", "Write a Python function that reverses a list.")
MAX_LOST_SECONDS = 1.0


def answer(window: Window, number: int, timeout: float) -> str:
    """Wait until an answer has text and return it."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            text = window.find(f"MiMo {number}", "panel", timeout=1).find("Answer", timeout=1).text
        except (AssertionError, ElementGone):
            continue
        if text.strip():
            return text
    return ""


def letters_and_digits(text: str) -> str:
    """Letters and digits only, as incomplete markup is shown as plain text."""
    return "".join(filter(str.isalnum, text))


def test_received_text_survives_ten_kills(start_workbench: StartProgram, tmp_path: Path) -> None:
    rng = random.Random(7)
    home = tmp_path / "家 home"
    asked: list[str] = []
    received: list[str] = []
    for number in range(1, KILLS + 1):
        window = start_workbench(home=home)
        window.find(beginning="Service Demo service", timeout=30)
        for earlier, (question, text) in enumerate(zip(asked, received, strict=True), start=1):
            if earlier < len(asked) - 2:
                continue  # Already checked, and further up than the window renders initially.
            assert window.find(f"You {earlier}", "panel", timeout=20).find("Words", "text").text == question
            if letters_and_digits(text):
                assert letters_and_digits(answer(window, earlier, 20)).startswith(letters_and_digits(text)), earlier
        asked.append(f"{rng.choice(QUESTIONS)} ({number})")
        window.find("Message", "text").set_text(asked[-1])
        window.find("Send", "push button").press()
        received.append(answer(window, number, 10) if number % 2 else "")
        time.sleep(MAX_LOST_SECONDS + rng.uniform(0.2, 0.8))
        window.kill()
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    window.find(f"MiMo {KILLS}", "panel", timeout=20)
    window.find("Message", "text").set_text("Hello again")
    window.find("Send", "push button").press()
    assert answer(window, KILLS + 1, 30), "the conversation can be continued"
