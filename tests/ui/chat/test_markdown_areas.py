"""The areas of cards, bars and rulers are kept while an answer streams, and stay right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from app.ui.chat.markdown.decorations import Decoration
from app.ui.chat.markdown.view import MarkdownView

SECTION = (
    "> a quote\n> - of it\n\n```py\nx = {n}\n```\n\n---\n\n| a | b |\n|---|---|\n| {n} | word |\n\nText **{n}**\n\n"
)


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def test_kept_areas_are_those_that_would_be_measured(view: MarkdownView, qtbot: QtBot) -> None:
    text = "".join(SECTION.format(n=n) for n in range(6))
    for begin in range(0, len(text), 11):
        view.append(text[begin : begin + 11])
        view.flush()
        if begin == 33 * 11:
            view.resize(360, 400)
        for decoration in view._renderer.decorations:
            assert view._area(decoration) == view._measured_area(decoration)
    for button, card in zip(view._copy_buttons.buttons, view._renderer.decorations.cards, strict=True):
        assert abs(button.geometry().center().y() - view._area(card).top()) < 30
    view.finish()
    qtbot.waitUntil(lambda: not view._colouring_timer.isActive())


def test_the_areas_measured_for_a_chunk_do_not_grow_with_the_answer(
    view: MarkdownView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[Decoration] = []
    measure = view._measured_area

    def counted(decoration: Decoration) -> QRectF:
        measured.append(decoration)
        return measure(decoration)

    monkeypatch.setattr(view, "_measured_area", counted)
    counts: list[int] = []
    for n in range(40):
        view.append(SECTION.format(n=n))
        measured.clear()
        view.flush()
        for decoration in view._renderer.decorations:
            view._area(decoration)
        counts.append(len(measured))
    view.finish()
    qtbot.waitUntil(lambda: not view._colouring_timer.isActive())
    assert max(counts[20:]) <= max(counts[:5]) <= 8
