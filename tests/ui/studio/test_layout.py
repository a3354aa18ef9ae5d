"""The studio's layout at its supported sizes: nothing is cut off and nothing jumps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio.view import StudioView
from app.ui.widgets.reading_order import next_stop
from app.ui.widgets.row_model import Row

LARGE, SMALL = (1_364, 804), (884, 578)
"""Sizes of the view in windows of 1440×900 and 960×640."""


def shown(qtbot: QtBot, size: tuple[int, int]) -> StudioView:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    traits = "Chinese · female · lively"
    view.voice_model.set_rows([Row(str(number), f"Voice {number}", traits) for number in range(9)])
    view.resize(*size)
    view.show()
    qtbot.waitExposed(view)
    qtbot.wait(1)
    return view


def is_whole(view: StudioView, part: QWidget) -> bool:
    """Whether a widget is entirely inside the visible area of the view."""
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


def test_a_window_of_1440_by_900_shows_everything_at_once(qtbot: QtBot) -> None:
    view = shown(qtbot, LARGE)
    for part in (
        view.session_panel.list,
        view.session_panel.new,
        view.temperature,
        view.max_tokens,
        view.transcribe,
        view.transcript,
    ):
        qtbot.waitUntil(lambda part=part: is_whole(view, part))
    for part in (view.text.text, view.speak, view.voices, view.guidance, view.takes_panel.player):
        qtbot.waitUntil(lambda part=part: is_whole(view, part))
    assert view.text.text.height() >= 150


def test_a_long_text_scrolls_inside_its_field(qtbot: QtBot) -> None:
    view = shown(qtbot, LARGE)
    before = view.text.text.height()
    view.text.set_plain_text("one more line\n" * 60)
    view.text.set_plain_text("word " * 300)
    qtbot.waitUntil(lambda: is_whole(view, view.guidance))
    assert view.text.text.height() == before


def test_a_window_of_960_by_640_shows_the_button_and_stacks_the_rest(qtbot: QtBot) -> None:
    view = shown(qtbot, SMALL)
    for part in (view.text.text, view.text.tags, view.speak, view.takes_panel.player, view.takes_panel.delete):
        qtbot.waitUntil(lambda part=part: is_whole(view, part))


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_layout_is_stable_when_speak_becomes_stop(qtbot: QtBot, size: tuple[int, int]) -> None:
    view = shown(qtbot, size)
    parts = (view.speak, view.model, view.format, view.stream, view.text.sing)

    def places() -> list[tuple[QPoint, int]]:
        qtbot.wait(1)
        return [(part.mapTo(view, QPoint()), part.width()) for part in parts]

    before = places()
    view.show_speaking(True)
    assert places() == before


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_notices_and_findings_never_move_speak(qtbot: QtBot, size: tuple[int, int]) -> None:
    view = shown(qtbot, size)
    before = view.speak.mapTo(view, QPoint())
    for notice in (view.notice, view.choice_notice):
        notice.say(
            "bad", "There is no text to speak, and this sentence is long enough to need two lines. " * 2, "Do it"
        )
        qtbot.wait(20)
        assert view.speak.mapTo(view, QPoint()) == before
        assert is_whole(view, view.speak) and is_whole(view, notice.dismiss)
    view.text.set_plain_text(
        "Well (laugh and [sighs] I [coughs] do <style>calm</style> [nods] it (happy) no (sad)." * 2
    )
    qtbot.wait(20)
    assert view.text.lint.list.model().rowCount() >= 3
    assert view.speak.mapTo(view, QPoint()) == before
    assert is_whole(view, view.speak)
    view.choice_notice.dismiss.click()
    assert view.notice.isVisible(), "the notice below comes back"
    view.language_notice.say("bad", "No such language.")
    qtbot.wait(20)
    assert view.speak.mapTo(view, QPoint()) == before


def test_partial_rows_are_not_shown(qtbot: QtBot) -> None:
    view = shown(qtbot, SMALL)
    voice = VoiceSnapshot("builtin", "Mia", "Mia")
    view.takes_panel.model.set_takes(tuple(Take(str(at), voice, created=at, state="done", frames=1) for at in range(9)))
    row = view.takes_panel.list.visualRect(view.takes_panel.model.index(0)).height()
    qtbot.waitUntil(lambda: view.takes_panel.list.viewport().height() % row == 0)
    assert view.takes_panel.list.viewport().height() >= row


def test_voices_form_a_grid_and_arrow_keys_move_by_row(qtbot: QtBot) -> None:
    view = shown(qtbot, LARGE)
    rects = [view.voices.visualRect(view.voice_model.index(number)) for number in range(9)]
    columns = sum(rect.top() == rects[0].top() for rect in rects)
    assert columns >= 2
    assert len({rect.width() for rect in rects}) == 1
    view.voices.select_key("1")
    qtbot.keyClick(view.voices, Qt.Key.Key_Down)
    assert view.voices.selected_key() == str(1 + columns)


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_tab_order_follows_reading_order(qtbot: QtBot, size: tuple[int, int]) -> None:
    view = shown(qtbot, size)
    view.free.setChecked(True)
    stops: list[QWidget] = []
    while (stop := next_stop(view, stops[-1] if stops else None, forward=True)) is not None and stop not in stops:
        stops.append(stop)
    middle = [view.text.text, view.text.search, view.text.tags, view.model, view.text.sing, view.speak, view.voices]
    side, takes = (
        [view.session_panel.new, view.session_panel.list, view.transcribe],
        [view.takes_panel.equal_loudness, view.takes_panel.example, view.takes_panel.redo, view.takes_panel.note],
    )
    order = [*side, *middle, *takes] if size == LARGE else [*middle, *side, *takes]
    assert [part for part in stops if part in order] == order


def test_an_unset_token_limit_says_so(qtbot: QtBot) -> None:
    view = shown(qtbot, LARGE)
    assert view.max_tokens.number.text() == "Model default"
    assert view.max_tokens.value() is None
