"""Absurd numbers from a service, and in a saved home: the window opens, and the conversation can be used."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply


def test_a_home_with_absurd_values_starts_and_goes_on(start_workbench: StartProgram, tmp_path: Path) -> None:
    home = tmp_path / "home"
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    ask(window, "Compare tea and coffee.")
    wait_for_reply(window, "MiMo 1")
    assert window.close() == 0
    (database,) = home.glob("*.db")
    with closing(sqlite3.connect(database)) as connection:
        for table, changes in (
            ("conversations", {"updated": 1e20, "created": 1e300, "tokens": 10**30}),
            ("messages", {"created": 1e300}),
        ):
            for number, body in connection.execute(f"SELECT number, body FROM {table}").fetchall():
                content = json.dumps(json.loads(body) | changes)
                connection.execute(f"UPDATE {table} SET body = ? WHERE number = ?", (content, number))
        connection.execute("UPDATE conversations SET draft = ?", (b"half a thought",))
        connection.commit()
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    assert "Tea" in window.find("MiMo 1", "panel", timeout=20).find("Answer").text
    assert window.find("Message", "text").text == "half a thought"
    ask(window, "And cocoa?")
    wait_for_reply(window, "MiMo 2")
    assert window.close() == 0
