"""What the Design tab shows: its public names, beside or below each other, and nothing that is masked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import PresentationMask
from app.core.settings import Settings
from app.ui.voices.sample_rounds import show_rounds
from app.ui.voices.view import VoicesView
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.window_texts import texts

NAMES = {
    "Voice description": QPlainTextEdit, "Preview text": QPlainTextEdit, "Character sketch": QPlainTextEdit,
    "Polish the text": QAbstractButton, "Candidates": QAbstractSpinBox, "Design voice": QAbstractButton,
    "Describe it for me": QAbstractButton, "Candidate takes": QListView, "Earlier descriptions": QListView,
    "Keep voice": QAbstractButton, "Voice name": QLineEdit,
}  # fmt: skip
"""The controls that scripts and assistive tools rely on."""


def test_every_public_name_is_there_before_the_first_round_at_any_width(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    view = VoicesView(Settings())
    QHBoxLayout(frame).addWidget(view)
    frame.resize(1380, 880)
    frame.show()
    tab = view.design

    def is_below() -> bool:
        return tab.isAncestorOf(tab.side)

    for width, below in ((1380, False), (900, True), (1380, False), (900, True)):
        frame.resize(width, 880)
        qtbot.waitUntil(lambda below=below: is_below() is below)
        for name, kind in NAMES.items():
            (control,) = [
                one
                for one in view.findChildren(kind)
                if (one.accessibleName() or getattr(one, "text", str)()) == name and view.clone not in ancestors(one)
            ]
            assert control.isVisible(), name
    view.tabs.setCurrentIndex(1)
    frame.resize(1380, 880)
    qtbot.waitUntil(lambda: not is_below())
    assert tab.side.isHidden(), "the candidates belong to the Design tab alone"
    assert all(chip.text() for row in tab.chips.rows for chip in row.chips.values())


def ancestors(widget: QWidget) -> list[QWidget]:
    above = widget.parentWidget()
    return [] if above is None else [above, *ancestors(above)]


def test_nothing_of_a_round_shows_a_masked_name(qtbot: QtBot) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    view.resize(1360, 856)
    view.show()
    show_rounds(view.design)
    secrets = ("hutong", "wang", "night market", "四十年")
    try:
        presentation_cover().set_mask(PresentationMask(names=secrets))
        qtbot.wait(10)
        # A covered field returns the whole of its text, and shows its document.
        shown = [(where, text) for where, text in texts(view) if not where.startswith(("DescriptionField", "TextArea"))]
        shown = [(where, text) for where, text in shown if "tool tip" not in where or "PreviewPanel" not in where]
        assert [(where, text) for where, text in shown if any(name in text.lower() for name in secrets)] == []
        for field in (view.design.description, view.design.sketch, view.design.preview_panel.final_text):
            assert not any(name in field.document().toPlainText().lower() for name in secrets)
        assert view.design.description.extraSelections() == []
        model = view.design.side.earlier.earlier
        said = [model.index(row).data(role) for row in range(2) for role in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)]  # fmt: skip
        assert not any(name in text.lower() for text in said for name in secrets)
        image = QImage(view.size(), QImage.Format.Format_RGB32)
        view.render(image)
    finally:
        presentation_cover().set_mask(None)
    assert "hutong" in view.design.description.toPlainText()
