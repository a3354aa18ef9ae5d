"""Places in masked texts, and fields that are emptied while they show one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.json_window import JsonWindow
from app.core.presentation_mask import COVER, PresentationMask
from app.ui.widgets.fields import TextArea
from app.ui.widgets.json_view import JsonView
from app.ui.widgets.masked_places import masked_place, unmasked_place
from app.ui.widgets.presentation_cover import presentation_cover

MASK = PresentationMask(names=["annika"])


@pytest.fixture
def covered() -> object:
    presentation_cover().set_mask(MASK)
    yield None
    presentation_cover().set_mask(None)


@pytest.mark.parametrize(
    "text",
    [
        "needle",
        "annika needle",
        "annika annika, annika\nannika: needle annika",
        "/home/annika/Documents/picture.png needle\nannika",
        'annika{\n  "a": "needle annika 😀"\n}',
    ],
)
def test_a_place_outside_of_covers_is_found_in_both_texts(text: str) -> None:
    masked = MASK.apply(text)
    start = text.index("needle")
    shown = masked_place(text, masked, start), masked_place(text, masked, start + 6, is_end=True)
    assert masked[slice(*shown)] == "needle"
    assert tuple(unmasked_place(text, masked, place) for place in shown) == (start, start + 6)
    assert masked_place(text, masked, len(text), is_end=True) == len(masked)


def test_a_place_inside_of_a_cover_is_its_edge() -> None:
    text, masked = "is annika.", f"is {COVER}."
    assert masked_place(text, masked, 5) == 3
    assert masked_place(text, masked, 5, is_end=True) == 3 + len(COVER)
    assert unmasked_place(text, masked, 5) == 3


def _view(qtbot: QtBot, raw: str) -> JsonView:
    view = JsonView("Request", editable=True)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show_window(JsonWindow(raw, lambda kind, number, detail: f"{kind} {number}"))
    view.show()
    return view


def test_what_is_found_is_selected_in_a_masked_text(qtbot: QtBot, covered: object) -> None:
    view = _view(qtbot, '{"user":"😀 annika annika annika annika","content":"needle"}')
    start = view.text().index("needle")
    view.select(start, start + 6)
    assert view.textCursor().selectedText() == "needle"
    assert view.place() == (start, start + 6)


def test_a_click_opens_a_folded_part_of_a_masked_text(qtbot: QtBot, covered: object) -> None:
    names = ", ".join(["annika"] * 12)
    view = _view(qtbot, f'{{"user":"{names}","long":"{"z" * 3_000}"}}')
    start = view.toPlainText().index("‹")
    cursor = view.textCursor()
    cursor.setPosition(start + 2)
    spot = view.cursorRect(cursor).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot.x() + 2, spot.y()))
    assert "z" * 100 in view.text()


def test_an_edit_of_a_masked_text_is_reported(qtbot: QtBot, covered: object) -> None:
    view = _view(qtbot, '{"user":"annika"}')
    with qtbot.waitSignal(view.edited, timeout=20_000):
        view.replace_text('{"user":"Annika, again"}', is_edit=True)
    assert view.has_edits
    view.show_window(view.window_shown)
    view.replace_text('{"user":"annika, shown"}')
    assert not view.has_edits


def test_an_edit_is_reported_although_presenting_begins_meanwhile(qtbot: QtBot) -> None:
    view = _view(qtbot, '{"user":"annika"}')
    view.replace_text('{"user":"annika!"}', is_edit=True)
    try:
        with qtbot.waitSignal(view.edited, timeout=20_000):
            presentation_cover().set_mask(MASK)
    finally:
        presentation_cover().set_mask(None)


def test_a_covered_field_can_be_emptied(qtbot: QtBot, covered: object) -> None:
    field = TextArea("Note")
    qtbot.addWidget(field)
    field.setPlainText("Annika")
    assert field.is_covered
    field.clear()
    assert (field.toPlainText(), field.is_covered, field.isReadOnly()) == ("", False, False)
