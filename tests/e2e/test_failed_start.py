"""What keeps the program from beginning is said in a window, with a way out, and nothing is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.conftest import Start
from tests.e2e.window import workbench


def test_a_database_from_the_future_is_told_of_and_left_alone(start_workbench: Start, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "workbench.db")) as connection:
        connection.execute("CREATE TABLE to_come (x)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    before = (home / "workbench.db").read_bytes()
    window = start_workbench(home=home)
    newer = "The database was written by a newer version of MiMo Workbench."
    window.expected.add(window.find(beginning=newer, role="label", timeout=30).text)
    window.find("Close", "push button").press()
    assert window.process.wait(20) == 1
    assert (home / "workbench.db").read_bytes() == before
    assert not window.children


def test_a_home_that_can_not_be_is_told_of_where_a_person_looks(open_window: Start, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    window = open_window(workbench("--demo", home=tmp_path / "a file"))
    said = window.find(beginning=f"{tmp_path / 'a file'} is not writable", role="label", timeout=30).text
    window.expected.add(said)
    window.key("Escape")
    assert window.process.wait(20) == 1
    assert (tmp_path / "a file").read_text(encoding="utf-8") == "mine"
