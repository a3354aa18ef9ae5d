"""The studio's layout at its supported sizes: nothing is cut off and nothing jumps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import COVER, PresentationMask
from app.core.settings import STUDIO_SIDE_OPEN, Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.direction import Layers
from app.ui.studio.view import StudioView
from app.ui.theme.theme import theme
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.reading_order import next_stop
from app.ui.widgets.row_model import Row

LARGE, SMALL = (1_364, 804), (884, 578)
"""Sizes of the view in windows of 1440×900 and 960×640."""


def shown(qtbot: QtBot, size: tuple[int, int], settings: Settings | None = None) -> StudioView:
    view = StudioView(settings or Settings())
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
    region = part.visibleRegion()
    if isinstance(part, QAbstractScrollArea):  # Qt leaves out what an opaque child covers.
        region += part.viewport().visibleRegion().translated(part.viewport().pos())
    return part.isVisible() and region.boundingRect() == part.rect()


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


def test_a_window_of_960_by_640_keeps_text_speak_and_player_and_folds_the_rest(qtbot: QtBot) -> None:
    view = shown(qtbot, SMALL)
    fields = {name: button for name, button in view.text.fields.buttons.items() if name != "options"}
    assert not view.text.fields.buttons["options"].isVisible()
    kept = (view.text.text, view.text.side, *fields.values(), view.speak, view.takes_panel.player)
    for part in (*kept, view.takes_panel.delete):
        qtbot.waitUntil(lambda part=part: is_whole(view, part))
    folded = {"voice": view.voices, "direction": view.guidance, "tags": view.text.tags}
    for name, part in folded.items():
        assert not part.isVisible()
        fields[name].click()
        qtbot.waitUntil(lambda part=part: is_whole(view, part))
        assert [other for other in folded.values() if other.isVisible()] == [part]
        assert all(is_whole(view, other) for other in (*fields.values(), view.speak, view.takes_panel.player))
    qtbot.keyClick(view.text.search, Qt.Key.Key_Escape)
    assert not view.text.tags.isVisible() and not fields["tags"].isChecked()
    assert view.focusWidget() is fields["tags"]


def test_sessions_and_parameters_fold_into_an_icon(qtbot: QtBot) -> None:
    view = shown(qtbot, SMALL)
    side, sessions = view.text.side, view.session_panel
    assert not sessions.list.isVisible() and not side.isChecked()
    side.click()
    qtbot.waitUntil(lambda: is_whole(view, sessions.list) and side.isChecked())
    assert is_whole(view, view.speak) or view.temperature.isVisible()
    qtbot.keyClick(sessions.list, Qt.Key.Key_Escape)
    assert not sessions.list.isVisible() and not side.isChecked()


def test_the_side_panel_of_a_wide_window_can_be_folded_and_that_is_remembered(qtbot: QtBot) -> None:
    settings = Settings()
    view = shown(qtbot, LARGE, settings)
    wide = view.text.width()
    view.text.side.click()
    qtbot.waitUntil(lambda: not view.session_panel.isVisible() and view.text.width() > wide)
    assert not settings.get(STUDIO_SIDE_OPEN)
    again = shown(qtbot, LARGE, settings)
    assert not again.session_panel.isVisible()
    again.text.side.click()
    assert again.session_panel.isVisible()


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
    rects = [view.voices.visualRect(view.voices.model().index(number, 0)) for number in range(9)]
    columns = sum(rect.top() == rects[0].top() for rect in rects)
    assert columns >= 2
    assert len({rect.width() for rect in rects}) == 1
    view.voices.select_key("1")
    qtbot.keyClick(view.voices, Qt.Key.Key_Down)
    assert view.voices.selected_key() == str(1 + columns)


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_tab_order_follows_reading_order(qtbot: QtBot, size: tuple[int, int]) -> None:
    view = shown(qtbot, size)
    stops: list[QWidget] = []
    while (stop := next_stop(view, stops[-1] if stops else None, forward=True)) is not None and stop not in stops:
        stops.append(stop)
    foot = [view.model, view.text.sing, view.speak]
    takes = [view.takes_panel.equal_loudness, view.takes_panel.example, view.takes_panel.redo, view.takes_panel.note]
    side = [view.session_panel.new, view.session_panel.list, view.transcribe]
    tags, direction = [view.text.search, view.text.tags], [view.direction_panel.layers, view.role, view.guidance]
    fields = [button for button in view.text.fields.buttons.values() if button.isVisible()]
    if size == LARGE:
        order = [*side, view.text.side, view.text.text, *tags, *foot, view.voices, *direction, *takes]
    else:
        order = [view.text.side, view.text.text, *fields, *foot, *takes]
    assert [part for part in stops if part in order] == order


def test_an_unset_token_limit_says_so(qtbot: QtBot) -> None:
    view = shown(qtbot, LARGE)
    assert view.max_tokens.number.text() == "Model default"
    assert view.max_tokens.value() is None


def test_at_twice_the_text_size_the_smallest_window_keeps_speak_in_sight(qtbot: QtBot) -> None:
    theme().set_text_scale(2.0)
    try:
        view = shown(qtbot, SMALL)
        fields = view.text.fields.buttons
        for part in (view.speak, *fields.values()):
            qtbot.waitUntil(lambda part=part: is_whole(view, part))
        assert not view.model.isVisible()
        fields["options"].click()
        qtbot.waitUntil(lambda: is_whole(view, view.model) and is_whole(view, view.takes_at_once))
        assert is_whole(view, view.speak)
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Escape)
        assert not view.model.isVisible() and view.focusWidget() is fields["options"]
        view.resize(1440 * 2, 900 * 2)
        qtbot.waitUntil(lambda: view.model.isVisible() and view.voices.isVisible() and not fields["voice"].isVisible())
    finally:
        theme().set_text_scale(1.0)


def test_the_panels_keep_their_height_whatever_the_direction_shows(qtbot: QtBot) -> None:
    view = shown(qtbot, LARGE)
    panel = view.direction_panel
    before = view.text.height()
    for show in (
        panel.free.click,
        panel.layers.click,
        lambda: panel.show_page("saved"),
        lambda: panel.show_page("draft"),
        lambda: panel.show_page("fields"),
    ):
        show()
        qtbot.wait(1)
        assert view.text.height() == before


def test_the_fields_of_a_small_window_say_what_is_chosen_and_hide_it_while_presenting(qtbot: QtBot) -> None:
    view = shown(qtbot, SMALL)
    fields = view.text.fields.buttons
    view.show_voice("Annika", "cloned")
    view.show_layers(Layers("", "", "At dusk", ""))
    assert fields["voice"].accessibleDescription() == "Annika, cloned"
    assert fields["direction"].accessibleDescription() == "At dusk"
    view.direction_panel.free.click()
    assert fields["direction"].accessibleDescription() == "None"
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    try:
        assert fields["voice"].accessibleDescription() == fields["voice"].toolTip() == f"{COVER}, cloned"
    finally:
        presentation_cover().set_mask(None)
    assert fields["voice"].accessibleDescription() == "Annika, cloned"
