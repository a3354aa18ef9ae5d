"""Errors that prevent the program from starting are shown in a window, and no data is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.e2e.conftest import StartProgram
from tests.e2e.window import workbench


def test_database_of_a_newer_version_is_reported_and_unchanged(start_workbench: StartProgram, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "workbench.db")) as connection:
        connection.execute("CREATE TABLE to_come (x)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    before = (home / "workbench.db").read_bytes()
    window = start_workbench(home=home)
    newer = "The database was written by a newer version of MiMo Workbench."
    window.expected_lines.add(window.find(beginning=newer, role="label", timeout=30).text)
    window.find("Close", "push button").press()
    assert window.process.wait(20) == 1
    assert (home / "workbench.db").read_bytes() == before
    assert not window.children


def test_unusable_home_is_reported_in_a_window(open_window: StartProgram, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    window = open_window(workbench("--demo", home=tmp_path / "a file"))
    message = window.find(beginning=f"{tmp_path / 'a file'} can't be written", role="label", timeout=30).text
    window.expected_lines.add(message)
    window.key("Escape")
    assert window.process.wait(20) == 1
    assert (tmp_path / "a file").read_text(encoding="utf-8") == "mine"
