"""Inserting and searching tags, the linter's findings and the character counter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPalette
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.studio.text_panel import TextPanel
from app.ui.theme.theme import theme
from app.ui.widgets.labels import Hint


@pytest.fixture
def panel(qtbot: QtBot) -> TextPanel:
    made = TextPanel(Settings())
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def pick(panel: TextPanel, tag: str) -> None:
    """Toggle the selection of a row, as an assistive tool does."""
    model, rows = panel.tags.selectionModel(), panel.tags.model()
    place = next(row for row in range(rows.rowCount()) if rows.index(row, 0).data() == tag)
    model.select(rows.index(place, 0), model.SelectionFlag.Toggle)


def findings(panel: TextPanel) -> list[str]:
    rows = panel.lint.list.model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def listed(panel: TextPanel) -> list[str]:
    rows = panel.tags.model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def test_styles_share_one_bracket(panel: TextPanel) -> None:
    panel.set_plain_text("Good evening.")
    pick(panel, "Happy")
    panel.search.setText("gentle")
    pick(panel, "Gentle")
    pick(panel, "Gentle")
    assert panel.plain_text() == "(Happy Gentle)Good evening."
    assert findings(panel) == []


def test_a_tag_is_inserted_once_and_keeps_the_selection(panel: TextPanel) -> None:
    panel.set_plain_text("🙂 I know, I know.")
    cursor = panel.text.textCursor()
    cursor.setPosition(panel.text.toPlainText().index("I") + 1)  # The emoji takes two positions in Qt.
    cursor.setPosition(cursor.position() + 6, cursor.MoveMode.KeepAnchor)
    panel.text.setTextCursor(cursor)
    panel.search.setText("sighs")
    pick(panel, "sighs")
    pick(panel, "sighs")
    assert panel.plain_text() == "🙂 [sighs]I know, I know."
    assert panel.text.textCursor().selectedText() == "I know"
    panel.text.undo()
    assert panel.plain_text() == "🙂 I know, I know."


def test_tag_search_matches_names_in_both_languages(panel: TextPanel) -> None:
    panel.set_plain_text("你好，世界。")
    panel.search.setText("whisper")
    assert listed(panel) == ["轻声", "低语"]
    panel.set_plain_text("Hello there.")
    panel.search.setText("开心")
    assert listed(panel) == ["Happy"]
    panel.search.setText("zebra")
    assert listed(panel) == []
    assert "“zebra”" in panel.no_tags.text()
    panel.search.clear()
    assert panel.no_tags.text() == ""


def test_a_text_over_the_limit_shows_a_warning(panel: TextPanel) -> None:
    counter = next(hint for hint in panel.findChildren(Hint) if "characters" in hint.text())

    def ink() -> str:
        return counter.palette().color(QPalette.ColorRole.WindowText).name()

    panel.set_plain_text("x" * 2_500)
    assert ink() == theme().colour("text3").name()
    assert findings(panel) == []
    panel.set_plain_text("x" * 6_000)
    assert counter.text().replace(",", "") == "6000 / 2500 characters"
    assert ink() == theme().colour("warn").name()
    assert findings(panel)[0].startswith("The service may cut off text over 2")
    assert panel.lint.list.buttons()[0].text() == "Speak in parts"


def test_the_fix_closes_an_open_bracket(panel: TextPanel) -> None:
    panel.set_plain_text("Well (laugh and yes.")
    assert "“(laugh” has no closing bracket" in findings(panel)[0]
    panel.lint.list.buttons()[0].click()
    assert panel.plain_text() == "Well (laugh) and yes."
    panel.set_plain_text("Well [unknownthing] yes.")
    assert "“unknownthing” doesn't read like a tag" in findings(panel)[0]
    panel.lint.list.buttons()[0].click()
    assert panel.plain_text() == "Well, unknownthing, yes."


def shown_tokens(panel: TextPanel) -> list[str]:
    """The words of what is painted as tokens."""
    text = panel.text.document().toPlainText().encode("utf-16-le")
    return [text[token.start * 2 : token.stop * 2].decode("utf-16-le") for token in panel.text.tokens.in_sight()]


def test_tags_of_a_replaced_text_are_highlighted_at_once(panel: TextPanel) -> None:
    panel.set_plain_text("No tag in here.")
    assert shown_tokens(panel) == []
    panel.set_plain_text("(Happy) Hello [laugh] 😀 【sob】 you （cough）.")
    assert shown_tokens(panel) == ["(Happy)", "[laugh]", "【sob】", "（cough）"]
    panel.set_plain_text("Hello, [sighs] both. <style>calm</style> Bye (1).")
    assert shown_tokens(panel) == ["[sighs]", "<style>calm</style>"]


def test_arrow_keys_move_in_the_tags_and_enter_inserts(panel: TextPanel, qtbot: QtBot) -> None:
    panel.text.setFocus()
    panel.tags.setFocus()
    for _ in range(3):
        qtbot.keyClick(panel.tags, Qt.Key.Key_Right)
    assert panel.plain_text() == ""
    qtbot.keyClick(panel.tags, Qt.Key.Key_Return)
    assert panel.plain_text().startswith("(")
    assert panel.text.hasFocus() or panel.focusWidget() is panel.text


def test_down_and_return_in_the_search_insert_the_marked_tag(panel: TextPanel, qtbot: QtBot) -> None:
    panel.set_plain_text("Hello")
    panel.search.setFocus()
    qtbot.keyClicks(panel.search, "laugh")
    found = [panel.tags.model().index(row, 0).data() for row in range(panel.tags.model().rowCount())]
    assert len(found) > 2
    for _ in range(2):
        qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.search.accessibleDescription() == found[1]
    assert panel.plain_text() == "Hello" and panel.search.hasFocus(), "nothing is inserted on the way"
    qtbot.keyClick(panel.search, Qt.Key.Key_Up)
    assert panel.search.accessibleDescription() == found[0]
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert found[1] in panel.plain_text() and found[0] not in panel.plain_text().replace(found[1], "")
    assert panel.text.hasFocus() and panel.tags.marked() is None


def test_choosing_a_group_ends_the_search(panel: TextPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "laugh")
    chip = list(panel.palette_area.chips.values())[2]
    assert not any(each.isChecked() for each in panel.palette_area.chips.values()), "the search covers all groups"
    chip.click()
    assert panel.search.text() == "" and chip.isChecked()


def test_return_alone_inserts_the_first_tag_found(panel: TextPanel, qtbot: QtBot) -> None:
    panel.search.setFocus()
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert panel.plain_text() == "", "nothing was searched for"
    qtbot.keyClicks(panel.search, "laugh")
    first = panel.tags.model().index(0, 0).data()
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert first in panel.plain_text() and panel.text.hasFocus()


def test_typing_goes_on_in_the_text_after_a_clicked_tag(panel: TextPanel, qtbot: QtBot) -> None:
    area = panel.tags.visualRect(panel.tags.model().index(0, 0))
    qtbot.mouseClick(panel.tags.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    tagged = panel.plain_text()
    assert tagged
    assert panel.focusWidget() is panel.text
    qtbot.keyClicks(panel.focusWidget(), "Hello")
    assert "Hello" in panel.plain_text() and len(panel.plain_text()) == len(tagged) + 5


def test_undo_of_a_tag_leaves_the_typed_line(panel: TextPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.text, "Hello there")
    panel._insert("audio:laughs")
    assert panel.plain_text() == "Hello there[laughs]"
    qtbot.keyClicks(panel.text, " and on")
    panel.text.undo()
    assert panel.plain_text() == "Hello there[laughs]"
    panel.text.undo()
    assert panel.plain_text() == "Hello there"


def test_a_tag_inserted_inside_a_tag_replaces_it(panel: TextPanel) -> None:
    panel.set_plain_text("Hello [laughs] there")
    cursor = panel.text.textCursor()
    cursor.setPosition(9)
    panel.text.setTextCursor(cursor)
    panel._insert("audio:sighs")
    assert panel.plain_text() == "Hello [sighs] there"
    panel.text.undo()
    assert panel.plain_text() == "Hello [laughs] there"


def test_each_finding_has_its_own_fix(panel: TextPanel, qtbot: QtBot) -> None:
    panel.set_plain_text("Well [sighs] I do not [laughs] know. <style>calm</style> And (shrugs) so.")
    buttons = panel.lint.list.buttons()
    names = [button.accessibleName() for button in buttons]
    assert len(buttons) == len(findings(panel)) == 3
    assert len(set(names)) == 3 and all(name.startswith("Fix ") for name in names)
    assert all(button.isVisible() and button.width() <= panel.lint.list.width() // 2 for button in buttons)
    panel.resize(700, 500)
    qtbot.wait(20)
    edge = panel.lint.list.viewport().width()
    assert [button.geometry().right() + 1 for button in panel.lint.list.buttons()] == [edge] * 3
    (last,) = (button for button in buttons if button.text() == "Remove it")
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert panel.plain_text() == "Well [sighs] I do not [laughs] know. <style>calm</style> And so."
    panel.text.undo()
    assert "(shrugs)" in panel.plain_text()


def test_buttons_are_made_for_the_findings_in_sight(panel: TextPanel, qtbot: QtBot) -> None:
    panel.set_plain_text("Well [sighs] I do not [laughs] know. " * 50)
    assert len(findings(panel)) == 50
    assert len(panel.lint.list.buttons()) <= 4
    scroll_bar = panel.lint.list.verticalScrollBar()
    qtbot.waitUntil(lambda: scroll_bar.maximum() > 0)
    scroll_bar.setValue(scroll_bar.maximum())
    assert panel.lint.list.buttons()[-1].accessibleName() == "Fix 50: Keep the first"


def test_buttons_of_findings_are_in_the_accessibility_tree_in_their_rows(panel: TextPanel, qtbot: QtBot) -> None:
    panel.set_plain_text("Well [sighs] I do not [laughs] know. <style>calm</style> And (shrugs) so.")
    rows = panel.lint.list
    qtbot.waitUntil(lambda: rows.height() >= 3 * rows.visualRect(rows.model().index(0, 0)).height())

    def below(node: QAccessibleInterface) -> list[QAccessibleInterface]:
        children = [node.child(number) for number in range(node.childCount())]
        return [*children, *(found for child in children if child is not None for found in below(child))]

    found = below(QAccessible.queryAccessibleInterface(panel.lint))
    names = {node.text(QAccessible.Text.Name) for node in found if node.role() == QAccessible.Role.Button}
    assert names == {button.accessibleName() for button in rows.buttons()} and len(names) == 3
    for row, button in enumerate(rows.buttons()):
        area = rows.visualRect(rows.model().index(row, 0))
        area.moveTopLeft(rows.viewport().mapToGlobal(area.topLeft()))
        place = button.rect().translated(button.mapToGlobal(QPoint(0, 0)))
        assert (place.top(), place.bottom(), place.right()) == (area.top(), area.bottom(), area.right())
        assert panel.childAt(panel.mapFromGlobal(place.center())) is button
        assert panel.childAt(panel.mapFromGlobal(area.center() - QPoint(area.width() // 4, 0))) is rows.viewport()


def test_findings_are_fixed_with_tab_or_enter(panel: TextPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    panel.set_plain_text("Well [sighs] I do not (laugh) know. And (shrugs) so.")
    rows = panel.lint.list
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(rows.hasFocus)
    for button in rows.buttons():
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert panel.focusWidget() is button
    labels = rows.labels
    assert len(labels) == 2
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert labels[1] == "Remove it" and "shrugs" not in panel.plain_text()
    assert panel.focusWidget() is panel.text


def test_the_focus_goes_to_the_list_when_its_button_goes(panel: TextPanel, qtbot: QtBot) -> None:
    panel.set_plain_text("Well [sighs] I do not [laughs] know. " * 50)
    rows = panel.lint.list
    qtbot.waitUntil(lambda: rows.verticalScrollBar().maximum() > 0)
    rows.buttons()[0].setFocus(Qt.FocusReason.TabFocusReason)
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().maximum())
    assert panel.focusWidget() is rows
    panel.set_plain_text("x" * 6_000)
    (button,) = rows.buttons()
    with qtbot.waitSignal(panel.lint.split_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel.set_plain_text("Hello.")
    assert rows.buttons() == [] and not rows.overlay.isVisible()


def test_a_selection_that_cuts_a_tag_is_not_made_one(panel: TextPanel) -> None:
    panel.set_plain_text("(Sad)Hello there.")
    panel.text.select(0, 4)
    assert not panel.palette_area.wrap.isEnabled()
    panel.text.select(5, 10)
    assert panel.palette_area.wrap.isEnabled()
    panel.palette_area.wrap.click()
    assert panel.plain_text() == "(Sad)[Hello] there."


def test_beside_a_room_the_header_of_the_text_says_little(panel: TextPanel) -> None:
    panel.set_plain_text("Hello.")
    panel.show_plan("4 requests · ≈ 6.1 s · free")
    assert panel.plan.isVisible()
    panel.set_reading(True)
    assert not panel.plan.isVisible()
    panel.show_plan("5 requests · ≈ 6.1 s · free")
    assert not panel.plan.isVisible()
    panel.set_reading(False)
    assert panel.plan.isVisible() and panel.plan.text().startswith("5")
