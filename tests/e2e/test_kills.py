"""The real window, killed ten times in mid-sentence: the next start shows what was said, and that it was cut."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.e2e.conftest import Start
from tests.e2e.tree import Gone
from tests.e2e.window import Window

KILLS = 10
QUESTIONS = ("Compare tea and coffee.", "写一首关于海的诗。", "Write a Python function that reverses a list.")
MAY_MISS = 1.0


def answer(window: Window, number: int, timeout: float) -> str:
    """What of an answer is shown, once there is anything."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            text = window.find(f"MiMo {number}", "panel", timeout=1).find("Answer", timeout=1).text
        except (AssertionError, Gone):
            continue
        if text.strip():
            return text
    return ""


def words(text: str) -> str:
    """Letters and digits alone: markup that is not whole yet is shown as it is written."""
    return "".join(filter(str.isalnum, text))


def test_ten_kills_of_the_window(start_workbench: Start, tmp_path: Path) -> None:
    chance = random.Random(7)
    home = tmp_path / "家 home"
    asked: list[str] = []
    seen: list[str] = []
    for number in range(1, KILLS + 1):
        window = start_workbench(home=home)
        window.find(beginning="Service Demo service", timeout=30)
        for earlier, (question, text) in enumerate(zip(asked, seen, strict=True), start=1):
            if earlier < len(asked) - 2:
                continue  # Looked at already, and further up than the window builds at once.
            assert window.find(f"You {earlier}", "panel", timeout=20).find("Words", "text").text == question
            if words(text):
                assert words(answer(window, earlier, 20)).startswith(words(text)), earlier
        asked.append(f"{chance.choice(QUESTIONS)} ({number})")
        window.find("Message", "text").set_text(asked[-1])
        window.find("Send", "push button").press()
        seen.append(answer(window, number, 10) if number % 2 else "")
        time.sleep(MAY_MISS + chance.uniform(0.2, 0.8))
        window.kill()
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    window.find(f"MiMo {KILLS}", "panel", timeout=20)
    window.find("Message", "text").set_text("Hello again")
    window.find("Send", "push button").press()
    assert answer(window, KILLS + 1, 30), "it goes on as if nothing had been"
