"""Damaged database: the window opens, shows an error, and restores the last backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply


def test_damaged_database_is_replaced_by_its_backup(start_workbench: StartProgram, tmp_path: Path) -> None:
    home = tmp_path / "home"
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    ask(window, "Compare tea and coffee.")
    wait_for_reply(window, "MiMo 1")
    window.find("Settings", "check box").press()
    window.find("Settings pages", "list").find("Data", "list item").press()
    window.find("Back up now", "push button").press()
    window.find("Backup created.", "alert")
    window.kill()
    (database,) = home.glob("*.db")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(database.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    database.write_bytes(content)
    window = start_workbench(home=home)
    window.find(beginning="The database is damaged.", role="alert", timeout=30)
    conversations = window.find("Conversations", "list")
    assert not conversations.has(beginning="Compare tea and coffee.", role="list item")
    window.find("Restore the last backup", "push button").press()
    conversations.find(beginning="Compare tea and coffee.", role="list item").press()
    assert "Tea" in window.find("MiMo 1", "panel").find("Answer").text
