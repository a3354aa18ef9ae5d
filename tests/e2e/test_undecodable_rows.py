"""A database row that can't be read is skipped: the window opens with the rest and shows a warning."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply


def test_undecodable_row_is_reported_and_the_rest_is_shown(start_workbench: StartProgram, tmp_path: Path) -> None:
    home = tmp_path / "home"
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    ask(window, "Compare tea and coffee.")
    wait_for_reply(window, "MiMo 1")
    assert window.close() == 0
    (database,) = home.glob("*.db")
    with closing(sqlite3.connect(database)) as connection:
        # As written by a newer version: a message part of an unknown type.
        (body,) = connection.execute("SELECT body FROM messages ORDER BY number LIMIT 1").fetchone()
        hologram = body.replace('"type":"text"', '"type":"hologram"')
        assert hologram != body
        connection.execute("UPDATE messages SET body = ? WHERE body = ?", (hologram, body))
        connection.commit()
    window = start_workbench(home=home)
    window.find(beginning="1 saved items could not be read", role="alert", timeout=30)
    assert "Tea" in window.find("MiMo 1", "panel").find("Answer").text
