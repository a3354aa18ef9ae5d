"""The choice of the model: plain names with a sentence and marks, and ids that can be typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.core.catalogue import catalogue
from app.ui.chat.model_choice import MARKS, SENTENCE, ModelChoice, ModelLine
from app.ui.texts.models import model_marks, model_names
from tests.ui.chat.harness import chat

LINES = [ModelLine("a-pro", "Pro", "Best.", "tools"), ModelLine("a-pro-fast", "Fast", "Fast.", "")]


def edit_of(choice: ModelChoice) -> QLineEdit:
    edit = choice.lineEdit()
    assert edit is not None
    return edit


@pytest.fixture
def choice(qtbot: QtBot) -> ModelChoice:
    widget = ModelChoice()
    qtbot.addWidget(widget)
    widget.show_models(LINES)
    widget.set_key("a-pro-fast")
    return widget


def test_a_row_has_name_sentence_and_marks(choice: ModelChoice) -> None:
    roles = (Qt.ItemDataRole.DisplayRole, SENTENCE, MARKS)
    assert [choice.itemData(0, role) for role in roles] == ["Pro", "Best.", "tools"]
    assert choice.itemData(0, Qt.ItemDataRole.AccessibleDescriptionRole) == "Best. tools"
    option = QStyleOptionViewItem()
    delegate, rows = choice.view().itemDelegate(), choice.model()
    heights = [delegate.sizeHint(option, rows.index(row, 0)).height() for row in (0, 1)]
    assert heights[0] == heights[1] > choice.fontMetrics().height() * 2


@pytest.mark.parametrize("text", ["Pro", "a-pro"])
def test_name_and_id_are_taken(qtbot: QtBot, choice: ModelChoice, text: str) -> None:
    with qtbot.waitSignal(choice.chosen) as chosen:
        edit_of(choice).setText(text)
    assert chosen.args == ["a-pro"]
    assert choice.currentText() == "Pro"


def test_an_id_being_typed_is_not_taken_for_a_shorter_one(qtbot: QtBot, choice: ModelChoice) -> None:
    choice.set_key("a-pro")
    edit = edit_of(choice)
    edit.selectAll()
    QTest.keyClicks(edit, "a-pro")
    assert edit.text() == "a-pro", "it may go on"
    QTest.keyClicks(edit, "-fast")
    assert (choice.key(), edit.text()) == ("a-pro-fast", "Fast")


def test_marks_say_what_a_model_can_and_what_it_needs() -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    known = catalogue()
    assert model_marks(known.model("mimo-v2.6-pro"), now) == ("images · audio · thinking · tools · web search · JSON")
    assert model_marks(known.model("mimo-v2.6-pro-ultraspeed"), now).startswith("needs a contract · ")
    assert model_marks(known.model("mimo-v2.5"), now).startswith("retired · ")


def test_models_with_the_same_name_are_told_apart() -> None:
    both = [catalogue().model("mimo-v2.6-pro"), catalogue().model("xiaomi/mimo-v2.6-pro")]
    assert model_names(both) == {
        "mimo-v2.6-pro": "MiMo V2.6 Pro · mimo-v2.6-pro",
        "xiaomi/mimo-v2.6-pro": "MiMo V2.6 Pro · xiaomi/mimo-v2.6-pro",
    }


async def test_the_composer_shows_the_plain_name(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        model = harness.view.model
        assert (model.currentText(), model.key()) == ("MiMo V2.6 Pro", "mimo-v2.6-pro")
        assert "reasoning, code and tools" in model.toolTip()
        edit_of(model).setText("MiMo V2.6 Flash")
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.model == "mimo-v2.6-flash"
