"""The toggle Talk: in the composer an icon, in the panel of Talk a large circle. It is down while it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QSize

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.painted_button import Look

if TYPE_CHECKING:  # imports msgspec, which is not needed before the first paint
    from app.core.talk import TalkState

SMALL_SIDE, LARGE_SIDE = 30, 56
"""Logical pixels, before text scaling."""

Size = Literal["small", "large"]


class TalkButton(IconButton):
    """Opens the microphone, or sends what was said; a press while MiMo speaks silences it and listens."""

    def __init__(self) -> None:
        self._shape: Size = "small"
        self._state: TalkState = "silent"
        super().__init__(Icon.TALK, "")
        self.setCheckable(True)
        self.retranslate()

    def nextCheckState(self) -> None:
        """Leave the check state to what really happens: the microphone may not open."""

    def set_shape(self, shape: Size) -> None:
        """Be an icon among others, or the sign of what Talk is doing."""
        self._shape = shape
        self.base_height = SMALL_SIDE if shape == "small" else LARGE_SIDE
        self.icon_size = 16 if shape == "small" else 22
        self._show()
        self.restyle()

    def show_state(self, state: TalkState) -> None:
        """Show what Talk is doing."""
        self._state = state
        self.setChecked(state in ("opening", "listening"))
        self._show()

    def _show(self) -> None:
        if self._shape == "small":
            self.set_glyph(Icon.TALK)
        else:
            self.set_glyph(Icon.SPEAKER if self._state == "speaking" else Icon.MIC)
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self.base_height)
        return QSize(side, side)

    def restyle(self) -> None:
        self.ring_radius = theme().px(LARGE_SIDE) / 2 if self._shape == "large" else 8
        super().restyle()

    def look(self) -> Look:
        if self._shape == "small":
            return super().look()
        colours = theme()
        shade = 0.12 if self.hot() or self.isDown() else 0.0
        if self.isChecked():
            return Look(colours.mixed("accent", "text", shade), None, "on_accent")
        if self._state == "speaking":
            return Look(colours.mixed("soft", "soft_text", shade), None, "soft_text")
        return Look(colours.mixed("sunken", "text", shade / 2), None, "text2")

    def retranslate(self) -> None:
        """Set the name and the tooltip in the current language."""
        self.set_name(QCoreApplication.translate("Talk", "Talk"))
        self.setToolTip(
            QCoreApplication.translate(
                "Talk", "Speak, and hear the answer. Press again to send, or hold the keys while you speak."
            )
        )
