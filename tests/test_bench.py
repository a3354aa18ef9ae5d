"""The runner of the benchmarks, with benchmarks that cost nothing."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.benchmarks import __main__ as runner
from tests.benchmarks import answer, draw, key_press, open_conversation, pages, scroll, stall
from tests.benchmarks.apart import apart
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


def test_keys_are_pressed_by_a_thread_that_makes_no_object_of_qt(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    makers: list[threading.Thread] = []

    class Key(QKeyEvent):
        def __init__(self, *arguments: Any) -> None:
            makers.append(threading.current_thread())
            super().__init__(*arguments)

    monkeypatch.setattr(key_press, "QKeyEvent", Key)
    monkeypatch.setattr(key_press, "PRESSES", 3)
    monkeypatch.setattr(key_press, "INTERVAL_SECONDS", 0.0)
    edit = QPlainTextEdit()
    qtbot.addWidget(edit)
    edit.show()
    presses = key_press.Presses(edit)
    thread = threading.Thread(target=presses._press, args=(presses.events(),))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert edit.toPlainText() == "aaa"
    assert len(presses.took) == 3 and min(presses.took) > 0
    assert makers == [threading.main_thread()] * 3


def test_the_texts_of_the_chat_are_as_large_as_asked_and_arrive_whole() -> None:
    texts = [*pages.of_one_kind(3_000).values(), pages.mixed(3_000)]
    assert [len(text) for text in texts] == [3_000] * 5
    assert "".join(pages.chunks(texts[-1], 7)) == texts[-1]
    assert all(mark in texts[-1] for mark in ("## Part", "- item", "```python", "|---|", "$$"))


def test_every_piece_is_drawn_and_timed(qtbot: QtBot) -> None:
    text = pages.mixed(200)
    assert len(draw.answer(text)) == 50
    assert len(draw.answer(text, 20)) == 10
    assert len(draw.plain(text, 20)) == 10


def test_a_floor_is_measured_in_a_process_of_its_own() -> None:
    assert 0 < apart("draw", "repaint", "list") < 1


def test_the_rows_of_the_chat_stand_beside_their_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"busy": 2.0, "pause": 3.0, "rest": 4.0, "bare": 0.5, "many": 6.0, "few": 2.0}
    measurements = (answer, stall, key_press, open_conversation)
    floors = (answer, stall, open_conversation, draw, scroll)
    for module in measurements:
        monkeypatch.setattr(module, "measured", lambda *_, **__: found)
    for module in floors:
        monkeypatch.setattr(module, "apart", lambda *_: 8.0)
    monkeypatch.setattr(open_conversation, "MESSAGES", 20)
    monkeypatch.setattr(draw, "answer", lambda text, size=4: [len(text) / 1e3] * 100)
    monkeypatch.setattr(scroll, "frames", lambda: [4.0] * 100)
    rows = [*answer.run(), *stall.run(), *key_press.run(), *open_conversation.run()[:2], *draw.run(), *scroll.run()]
    assert {row["name"]: row["ratio"] for row in rows} == {
        "answer": 0.25,
        "answer-plain": 0.25,
        "stall": 0.375,
        "stall-busy": 0.25,
        "key-press": 0.5,
        "key-press-plain": 4.0,
        "open-conversation": 3.0,
        "open-conversation-plain": 0.75,
        "draw-prose": 6.144,
        "draw-prose-plain": 6.144,
        "draw-list": 6.144,
        "draw-list-plain": 6.144,
        "draw-table": 6.144,
        "draw-table-plain": 6.144,
        "draw-code": 6.144,
        "draw-code-plain": 6.144,
        "draw-growth": 4.167,
        "draw-plain": 2560.0,
        "scroll": 0.5,
    }
