"""In presentation mode nothing of the Design tab shows what is masked, neither drawn nor for assistive tools."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import PresentationMask
from app.core.settings import Settings
from app.ui.voices.sample_rounds import show_rounds
from app.ui.voices.view import VoicesView
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.window_texts import texts


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
