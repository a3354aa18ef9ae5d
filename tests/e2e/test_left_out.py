"""One row that can't be read costs that row: the window opens with the rest and says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.conftest import Start
from tests.e2e.test_workbench import answered, ask


def test_a_row_that_can_not_be_read_is_told_of_and_the_rest_is_there(start_workbench: Start, tmp_path: Path) -> None:
    home = tmp_path / "home"
    window = start_workbench(home=home)
    window.find(beginning="Service Demo service", timeout=30)
    ask(window, "Compare tea and coffee.")
    answered(window, "MiMo 1")
    assert window.close() == 0
    (database,) = home.glob("*.db")
    with closing(sqlite3.connect(database)) as connection:
        # As a newer program may leave it: a part of a kind that is not known here.
        (body,) = connection.execute("SELECT body FROM messages ORDER BY number LIMIT 1").fetchone()
        hologram = body.replace('"type":"text"', '"type":"hologram"')
        assert hologram != body
        connection.execute("UPDATE messages SET body = ? WHERE body = ?", (hologram, body))
        connection.commit()
    window = start_workbench(home=home)
    window.find(beginning="1 saved items could not be read", role="alert", timeout=30)
    assert "Tea" in window.find("MiMo 1", "panel").find("Answer").text
