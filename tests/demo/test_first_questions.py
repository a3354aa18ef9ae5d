"""The first questions may come together: several threads then load the script at once."""

from __future__ import annotations

import subprocess
import sys

ATTEMPTS = 5
"""Before, two in five crashed."""
LOAD_TOGETHER = """
import sys, threading
from app.demo.chat.script import load_script
sys.setswitchinterval(1e-6)
together = threading.Barrier(24)
def load(number):
    together.wait()
    load_script(("en", "zh")[number % 2])
threads = [threading.Thread(target=load, args=(number,)) for number in range(24)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_questions_that_come_together_at_the_start_crash_nothing() -> None:
    for _attempt in range(ATTEMPTS):
        assert subprocess.run([sys.executable, "-c", LOAD_TOGETHER]).returncode == 0
