"""Steps of undo, brackets around a selection, compositions, long texts, favourites: what typing in the studio does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.core.settings import FAVOURITE_TAGS, Settings
from app.services.settings_import import apply, preview
from app.ui.studio import speech_editor
from app.ui.studio.speech_editor import MAX_PARAGRAPH_LENGTH
from app.ui.studio.text_panel import TextPanel

LONG = "Well [sighs] I do not [laughs] know. " * 600


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def panel(qtbot: QtBot, settings: Settings) -> TextPanel:
    made = TextPanel(settings)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def select(panel: TextPanel, start: int, stop: int) -> None:
    panel.text.select(start, stop)


def compose(panel: TextPanel, shown: str, committed: str = "") -> None:
    event = QInputMethodEvent(shown, [])
    event.setCommitString(committed)
    QApplication.sendEvent(panel.text, event)


def test_undo_takes_back_a_sentence_at_a_time(panel: TextPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.text, "One two. Three four")
    panel.text.undo()
    assert panel.plain_text() == "One two."
    panel.text.undo()
    assert panel.plain_text() == ""
    panel.text.redo()
    panel.text.redo()
    assert panel.plain_text() == "One two. Three four"


def test_undo_takes_back_what_was_typed_after_a_pause(
    panel: TextPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(speech_editor.time, "monotonic", lambda: now)
    qtbot.keyClicks(panel.text, "One")
    now += 2
    qtbot.keyClicks(panel.text, " two")
    panel.text.undo()
    assert panel.plain_text() == "One"


def test_a_word_a_paste_and_a_tag_are_steps_of_their_own(panel: TextPanel, qtbot: QtBot) -> None:
    pasted = QMimeData()
    pasted.setText("pasted. Words")
    qtbot.keyClicks(panel.text, "Word")
    panel.text.insertFromMimeData(pasted)
    qtbot.keyClicks(panel.text, "er...")
    panel._insert("audio:laughs")
    steps = [panel.plain_text()]
    while panel.text.document().isUndoAvailable():
        panel.text.undo()
        steps.append(panel.plain_text())
    assert steps == ["Wordpasted. Wordser...[laughs]", "Wordpasted. Wordser...", "Wordpasted. Words", "Word", ""]


def test_the_text_of_another_session_does_not_come_back_by_undo(panel: TextPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.text, "A secret of the first")
    panel.begin_text("The second")
    assert not panel.text.document().isUndoAvailable() and not panel.text.document().isRedoAvailable()
    panel.set_plain_text("An example")
    qtbot.keyClicks(panel.text, "!")
    panel.text.undo()
    panel.text.undo()
    assert panel.plain_text() == "The second", "what the program fills in is a step"
    panel.begin_text("The second")
    assert not panel.text.document().isRedoAvailable(), "even where the texts are the same"


def test_a_fix_is_a_step_of_its_own_and_keeps_the_cursor(panel: TextPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.text, "Oh [nods] yes")
    select(panel, 11, 11)
    panel.lint.list.buttons()[0].click()
    assert panel.plain_text() == "Oh yes"
    qtbot.keyClicks(panel.text, "X")
    assert panel.plain_text() == "Oh yXes"
    panel.text.undo()
    panel.text.undo()
    assert panel.plain_text() == "Oh [nods] yes"


@pytest.mark.parametrize("opener", ["(", "[", "（", "【"])
def test_a_bracket_wraps_the_selection(panel: TextPanel, opener: str) -> None:
    panel.set_plain_text("Oh 😀 laughs no")
    select(panel, 5, 11)
    no_modifier = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(panel.text, QKeyEvent(QEvent.Type.KeyPress, 0, no_modifier, opener))
    closer = {"(": ")", "[": "]", "（": "）", "【": "】"}[opener]
    assert panel.plain_text() == f"Oh 😀 {opener}laughs{closer} no"
    assert panel.text.textCursor().selectedText() == f"{opener}laughs{closer}"
    panel.text.undo()
    assert panel.plain_text() == "Oh 😀 laughs no"


def test_a_bracket_of_an_input_method_wraps_too(panel: TextPanel) -> None:
    panel.set_plain_text("哎叹气好")
    select(panel, 1, 3)
    compose(panel, "", "（")
    assert panel.plain_text() == "哎（叹气）好"


def test_the_button_makes_the_selection_a_tag(panel: TextPanel) -> None:
    button = panel.palette_area.wrap
    panel.set_plain_text("Oh laughs no")
    assert button.accessibleName() == "Make the selection a tag" and not button.isEnabled()
    select(panel, 3, 9)
    assert button.isEnabled()
    button.click()
    assert panel.plain_text() == "Oh [laughs] no"


def test_a_tag_is_inserted_behind_what_is_being_composed(panel: TextPanel) -> None:
    panel.set_plain_text("你")
    panel.text.moveCursor(panel.text.textCursor().MoveOperation.End)
    compose(panel, "hao")
    panel._insert("audio:叹气")
    assert panel.plain_text() == "你hao[叹气]"


def test_tokens_stay_while_something_is_composed_before_them(panel: TextPanel) -> None:
    panel.set_plain_text("Oh [laughs] no")
    select(panel, 1, 1)
    compose(panel, "hao")
    assert [token.words for token in panel.text.tokens.in_sight()] == ["[laughs]"]
    panel.text.viewport().grab()
    assert panel.plain_text() == "Oh [laughs] no"
    compose(panel, "", "好")
    assert panel.plain_text() == "O好h [laughs] no"


def test_a_long_text_is_checked_when_typing_rests(panel: TextPanel, qtbot: QtBot) -> None:
    panel.text.setPlainText(LONG)
    assert not panel.checks.is_settled and panel.lint.list.model().rowCount() == 0
    qtbot.keyClicks(panel.text, "x")
    assert not panel.checks.is_settled
    qtbot.waitUntil(lambda: panel.checks.is_settled)
    rows = panel.lint.list.model()
    assert rows.rowCount() == 201, "a text that is too long, 600 findings, and a bound"
    assert rows.index(0, 0).data().startswith("The service may cut off")
    assert rows.index(200, 0).data() == "401 more. They are listed as these are fixed."
    assert panel._count.text().replace(",", "") == f"{len(LONG) + 1} / 2500 characters"


def test_a_fix_of_an_outdated_finding_does_nothing_but_lint(panel: TextPanel, qtbot: QtBot) -> None:
    panel.text.setPlainText(LONG)
    qtbot.waitUntil(lambda: panel.checks.is_settled)
    qtbot.keyClicks(panel.text, "x")
    panel.lint.list.buttons()[-1].click()
    assert panel.plain_text() == "x" + LONG and panel.checks.is_settled


def test_a_finding_that_is_chosen_shows_its_place(panel: TextPanel) -> None:
    panel.set_plain_text("😀 Oh yes. Well [nods] no.")
    rows = panel.lint.list
    model = rows.selectionModel()
    model.select(rows.model().index(0, 0), model.SelectionFlag.ClearAndSelect)
    assert panel.text.textCursor().selectedText() == "[nods]"


def test_a_hundred_thousand_characters_are_pasted_whole(panel: TextPanel, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setText((LONG * 5)[:100_000])
    panel.text.insertFromMimeData(mime)
    assert panel.plain_text() == mime.text()
    assert not panel.checks.is_settled, "nothing was linted while it was pasted"
    panel.text.undo()
    assert panel.plain_text() == ""
    panel.checks.finish()


def test_the_singing_switch_follows_the_beginning_of_the_text(panel: TextPanel, qtbot: QtBot) -> None:
    panel.text.setPlainText("La la la. " * 100)
    panel.text.moveCursor(panel.text.textCursor().MoveOperation.Start)
    qtbot.keyClicks(panel.text, "(sing)")
    assert panel.sing.isChecked()
    for _ in range(3):
        qtbot.keyClick(panel.text, Qt.Key.Key_Backspace)
    assert not panel.sing.isChecked()
    panel.checks.finish()


# -- favourites ----------------------------------------------------------------------------------------------------


def listed(panel: TextPanel) -> list[str]:
    rows = panel.tags.model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def test_a_tag_is_starred_by_the_button_and_offered_in_the_language_of_the_text(
    panel: TextPanel, settings: Settings
) -> None:
    star = panel.palette_area.star
    assert star.accessibleName() == "Favourite tag" and not star.isEnabled()
    panel.set_plain_text("Hello")
    panel._insert("audio:sighs")
    assert star.isEnabled() and star.accessibleDescription() == "sighs"
    star.click()
    assert star.isChecked() and settings.get(FAVOURITE_TAGS) == ["audio:sighs"]
    panel.palette_area.chips["favourites"].click()
    assert listed(panel) == ["sighs"]
    panel.set_plain_text("你好，世界。")
    assert listed(panel) == ["叹气"]
    star.click()
    assert settings.get(FAVOURITE_TAGS) == [] and listed(panel) == []
    assert panel.no_tags.text() == "Tags you mark with the star appear here."


def test_the_menu_of_a_tag_stars_it(panel: TextPanel, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_place: None)
    place = panel.tags.visualRect(panel.tags.model().index(1, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, panel.tags.viewport().mapToGlobal(place))
    QApplication.sendEvent(panel.tags.viewport(), event)
    (menu,) = panel.palette_area.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Insert", "Add “Sad” to the favourites"]
    menu.actions()[1].trigger()
    assert settings.get(FAVOURITE_TAGS) == ["style:Sad"] and panel.plain_text() == ""


def test_favourites_of_an_archive_are_added(settings: Settings) -> None:
    settings.set(FAVOURITE_TAGS, ["audio:sighs"])
    archived = {FAVOURITE_TAGS.key: ["audio:laughs", "audio:sighs"]}
    assert preview(settings, archived).values[FAVOURITE_TAGS.key] == ["audio:sighs", "audio:laughs"]
    undo = apply(settings, archived, lambda _prompts: None)
    assert settings.get(FAVOURITE_TAGS) == ["audio:sighs", "audio:laughs"]
    undo()
    assert settings.get(FAVOURITE_TAGS) == ["audio:sighs"]


def test_all_of_it_can_be_reached_in_order(panel: TextPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    panel.set_plain_text("Oh laughs no")
    panel._insert("audio:sighs")
    select(panel, 0, 2)
    panel.search.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    while panel.focusWidget() is not panel.palette_area.star and len(seen) < 30:
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        seen.append(panel.focusWidget().accessibleName())
    assert seen[0] == "Make the selection a tag" and seen[-2:] == ["Tags", "Favourite tag"], "behind its list"
    assert panel.childAt(panel.palette_area.star.mapTo(panel, QPoint(5, 5))) is panel.palette_area.star


def test_a_paragraph_that_would_slow_every_key_is_refused_in_a_sentence(qtbot: QtBot) -> None:
    panel = TextPanel(Settings())
    qtbot.addWidget(panel)
    panel.show()
    panel.set_plain_text("Before.")

    def paste(text: str) -> None:
        content = QMimeData()
        content.setText(text)
        panel.text.insertFromMimeData(content)

    paste("x" * MAX_PARAGRAPH_LENGTH)
    assert panel.plain_text() == "Before." and panel.notice.isVisible()
    assert "100,000" in panel.notice.accessibleName()
    paste(("A sentence of a play. " * 2_000 + "\n") * 3)
    assert len(panel.plain_text()) > MAX_PARAGRAPH_LENGTH, "paragraphs may be many"
    qtbot.waitUntil(lambda: panel.checks.is_settled, timeout=20_000)
