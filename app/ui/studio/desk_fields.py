"""The row of fields of a small studio: what it shows of voice, direction and tags, and opens over the text."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import ordinary_look
from app.ui.widgets.painted_button import Look, PaintedButton
from app.ui.widgets.presentation_cover import presentation_cover

FieldName = Literal["voice", "direction", "tags", "options"]
FIELD_NAMES: tuple[FieldName, ...] = ("voice", "direction", "tags", "options")

_MAX_SHOWN = 300
"""Characters of a value that are painted, read aloud and shown in its tooltip; the field itself holds all of it."""


class FieldButton(PaintedButton):
    """A field with a caption and a value that opens something while it is checked.

    The value is masked while the presentation cover is active.
    """

    base_height = 44
    padding = 11
    text_size = Type.CONTROL
    weight = Type.REGULAR

    def __init__(self) -> None:
        self._caption = self._value = self._full_value = ""
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_words(self, caption: str, name: str) -> None:
        """Set the visible caption, and what assistive tools call the button."""
        self._caption = caption
        self.setAccessibleName(name)
        self.update()

    def set_value(self, value: str) -> None:
        """Show a value, in one line."""
        self._full_value = " ".join(value.split())
        shown = presentation_cover().mask(self._full_value)
        # Masked before it is cut: the beginning of a name would tell the rest.
        self._value = shown if len(shown) <= _MAX_SHOWN else f"{shown[:_MAX_SHOWN].rstrip()}…"
        self.setAccessibleDescription(self._value)
        self.setToolTip(self._value)
        self.update()

    def restyle(self) -> None:
        super().restyle()
        self.set_value(self._full_value)

    def look(self) -> Look:
        return ordinary_look(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(64), theme().px(self.base_height))

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        glyph, inset = Icon.CHEVRON_UP if self.isChecked() else Icon.CHEVRON_DOWN, theme().px(self.padding)
        side = theme().px(self.icon_size)
        self.paint_glyph(painter, glyph, ink, area.right() - inset - side, area.center().y())
        small, plain = theme().font(Type.TINY), theme().font(self.text_size)
        above, below = QFontMetrics(small), QFontMetrics(plain)
        room = area.width() - 2 * inset - side - Space.S4
        top = area.center().y() - (above.height() + below.height()) / 2
        for font, metrics, words, colour, y in (
            (small, above, self._caption, "soft_text" if self.isChecked() else "text2", top),
            (plain, below, self._value, ink, top + above.height()),
        ):
            painter.setFont(font)
            painter.setPen(theme().colour(colour))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(
                QRectF(area.left() + inset, y, room, metrics.height()), Qt.AlignmentFlag.AlignVCenter, shown
            )


class DeskFields(QWidget):
    """Voice, Direction and Tags side by side, in a tiny window Options too; at most one of them is open."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[FieldName, FieldButton] = {name: FieldButton() for name in FIELD_NAMES}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        self._grid.setSpacing(Space.S8)
        self.set_tiny(False)

    def set_tiny(self, tiny: bool) -> None:
        """Show the options too, in two rows of two."""
        columns = 2 if tiny else len(FIELD_NAMES)
        for place, name in enumerate(FIELD_NAMES):
            self._grid.addWidget(self.buttons[name], place // columns, place % columns)
        for column, stretch in enumerate((1, 1, 0, 0) if tiny else (4, 6, 3, 0)):
            self._grid.setColumnStretch(column, stretch)
        self.buttons["options"].setVisible(tiny)

    def show_open(self, name: FieldName | None) -> None:
        """Show which field is open."""
        for known, button in self.buttons.items():
            button.setChecked(known == name)

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.buttons["voice"].set_words(
            QCoreApplication.translate("Studio", "Voice"), QCoreApplication.translate("Studio", "Choose voice")
        )
        self.buttons["direction"].set_words(
            QCoreApplication.translate("Studio", "Direction"), QCoreApplication.translate("Studio", "Edit direction")
        )
        self.buttons["tags"].set_words(
            QCoreApplication.translate("Studio", "Tags"), QCoreApplication.translate("Studio", "Choose tags")
        )
        self.buttons["options"].set_words(
            QCoreApplication.translate("Studio", "Options"), QCoreApplication.translate("Studio", "Choose options")
        )
