"""Follows the description of a voice: chips, tints, hints, and the lines that suit it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.description_linter import DescriptionHint, lint_description, without_hint
from app.core.preview_lines import suggested_lines
from app.core.voice_traits import Trait, traits_in, with_trait, without_trait
from app.ui.texts.voice_design import ui_language
from app.ui.voices.design_tab import DesignTab
from app.ui.widgets.presentation_cover import presentation_cover


class DescriptionPresenter(QObject):
    """Writes into the description what a chip says, takes it out again, and shows what stands there."""

    def __init__(self, tab: DesignTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._turn = 0
        tab.description.read_again.connect(self.show)
        tab.preview.textChanged.connect(tab.description.read_soon)
        tab.chips.pressed.connect(self._toggle)
        tab.hints.taken_out.connect(self._take_out)
        tab.preview_panel.others.clicked.connect(self._show_others)
        tab.preview_panel.line_chosen.connect(self._use_line)
        presentation_cover().changed.connect(self.show)
        self.show()

    def show(self) -> None:
        """Show what stands in the description now."""
        tab, text = self._tab, self._tab.description.toPlainText()
        traits, hints = traits_in(text), lint_description(text, tab.preview.toPlainText())
        tab.description.show_marks(traits, hints)
        tab.chips.show_lit({found.trait.id for found in traits})
        tab.hints.show_hints(hints)
        tab.description.setAccessibleDescription(presentation_cover().mask(tab.hints.text))
        self._show_lines()

    def _show_lines(self) -> None:
        description = self._tab.description.toPlainText()
        self._tab.preview_panel.show_lines(suggested_lines(description, self._turn, ui_language()))

    def _toggle(self, trait: Trait) -> None:
        """Write the words of a trait into the description, or take exactly these out."""
        tab, text = self._tab, self._tab.description.toPlainText()
        is_there = any(found.trait.id == trait.id for found in traits_in(text))
        tab.description.change(without_trait(text, trait) if is_there else with_trait(text, trait, ui_language()))
        self.show()

    def _take_out(self, hint: DescriptionHint) -> None:
        """Take out what a hint is about; the text may have changed since the hint was shown."""
        tab, text = self._tab, self._tab.description.toPlainText()
        if hint in lint_description(text, tab.preview.toPlainText()):
            tab.description.change(without_hint(text, hint))
            self.show()

    def _show_others(self) -> None:
        self._turn += 1
        self._show_lines()

    def _use_line(self, text: str) -> None:
        """Make a suggested line the preview text; undo in the field brings back what was typed."""
        self._tab.preview.retype(text)
