"""What the tests read from the Clone tab."""

from __future__ import annotations

from app.services.speech.sample_checks import Check
from app.ui.voices.check_list import FixButton
from app.ui.voices.clone_tab import CloneTab
from app.ui.widgets.row_model import Row


def opened(tab: CloneTab, name: str) -> bool:
    """Whether a sample whose name begins so is open and checked."""
    return tab.wave.accessibleDescription().startswith(name) and tab.check_model.rowCount() >= 12


def row_of(tab: CloneTab, check: Check) -> Row:
    return next(row for row in tab.check_model.rows() if row.key == check)


def button_of(tab: CloneTab, name: str) -> FixButton | None:
    """The visible button of a fix by its accessible name."""
    shown = (button for button in tab.table.buttons.values() if not button.isHidden())
    return next((button for button in shown if button.accessibleName() == name), None)
