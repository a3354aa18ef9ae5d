"""The runner of the benchmarks, with benchmarks that cost nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as runner
from tests.benchmarks.row import Row, count, row


def walk() -> list[Row]:
    return [
        row("walk", 2.0, "s", peer="a snail", peer_value=4.0, at_most=1.0),
        row("walk-uphill", 6.0, "s", peer="a snail", peer_value=4.0, at_most=1.0),
    ]


def swim() -> list[Row]:
    return [row("swim", 1.0, "s", peer="a fish", peer_value=1.0, at_most=1.0)]


@pytest.mark.parametrize(
    ("made", "goal", "holds"),
    [
        (row("a", 1.9, "s", peer="b", peer_value=2.0, at_least=0.95), ">= 0.95", True),
        (row("a", 1.8, "s", peer="b", peer_value=2.0, at_least=0.95), ">= 0.95", False),
        (row("a", 1.8, "s", peer="b", peer_value=2.0), "", None),
        (count("a", 0, "late"), "<= 0", True),
        (count("a", 30, "calls", at_most=29), "<= 29", False),
    ],
)
def test_a_goal_is_a_bound_from_either_side(made: Row, goal: str, holds: bool | None) -> None:
    assert (made["goal"], made["holds"]) == (goal, holds)


@pytest.fixture(autouse=True)
def two_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "benchmarks", lambda: {"swim": swim, "walk": walk})


def test_every_row_is_written_and_a_goal_that_does_not_hold_is_the_exit_code(tmp_path: Path) -> None:
    assert runner.main(["--json", str(tmp_path / "rows.json")]) == 1
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert [(row["name"], row["ratio"], row["goal"], row["holds"]) for row in rows] == [
        ("swim", 1.0, "<= 1", True),
        ("walk", 0.5, "<= 1", True),
        ("walk-uphill", 1.5, "<= 1", False),
    ]
    assert set(rows[0]) == {"name", "value", "unit", "peer", "peer_value", "ratio", "goal", "holds", "machine"}


@pytest.mark.parametrize(
    ("names", "shown"),
    [(["walk-uphill"], {"walk-uphill"}), (["walk"], {"walk", "walk-uphill"}), (["swim"], {"swim"})],
)
def test_a_name_chooses_its_rows(names: list[str], shown: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(names) == (1 if "walk-uphill" in shown else 0)
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[1:-1]} == shown


def test_an_unknown_name_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        runner.main(["fly"])
    assert "no benchmark is called fly; there are swim, walk" in capsys.readouterr().err
