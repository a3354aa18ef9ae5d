"""What is the same for all columns: the turns, shown once, and the message as it will be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.side_by_side import DraftTurn
from app.core.variables import PATTERN
from app.ui.bench.beside.turn_editor import TurnEditor
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.labels import Label
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.presentation_cover import presentation_cover

_SHOWN = 400
"""Characters of the message that are shown."""


class SharedTurns(Retranslated):
    """A card with the turns; its editor opens in place.

    Attributes:
        edit: opens and closes the editor.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Sequence[DraftTurn], str, Mapping[str, str], int] = ((), "", {}, 0)
        self._panel = Panel()
        self._title, self._count = Label(ink="text2", size=Type.SMALL), Label(ink="text2", size=Type.SMALL)
        self._text = Label(wrap=True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self.edit = GhostButton("", Icon.EDIT)
        self.edit.setCheckable(True)
        self.editor = TurnEditor()
        self.editor.hide()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._title)
        left.addWidget(self._count)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S16, Space.S8, Space.S12, 0)
        row.setSpacing(Space.S12)
        row.addLayout(left)
        row.addWidget(Divider(orientation=Qt.Orientation.Vertical))
        row.addWidget(self._text, 1)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        self._panel.body.addLayout(row)
        self._panel.body.addWidget(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self.edit.toggled.connect(self.editor.setVisible)
        presentation_cover().changed.connect(self._show)
        theme().changed.connect(self._show)
        self.retranslate()

    def show_shared(
        self, turns: Sequence[DraftTurn], message: str, values: Mapping[str, str], attachments: int = 0
    ) -> None:
        """Show how many turns there are, and the message with the values filled in and its number of attachments."""
        self._shown = turns, message, values, attachments
        self._show()

    def _show(self) -> None:
        translate = QCoreApplication.translate
        turns, message, values, attachments = self._shown
        count = len(turns)
        if count == 1:
            self._count.setText(translate("Beside", "1 earlier turn"))
        elif count:
            self._count.setText(translate("Beside", "{n} earlier turns").format(n=count))
        else:
            self._count.setText(translate("Beside", "no earlier turns"))
        text = message.strip() or (turns[-1].text if turns and not attachments else "")
        added = ""
        if attachments == 1:
            added = translate("Beside", "with 1 attachment")
        elif attachments:
            added = translate("Beside", "with {n} attachments").format(n=attachments)
        if text or added:
            ink = theme().colour("text2").name()
            parts = (_with_values(text, values), f'<span style="color:{ink}">{escape(added)}</span>' if added else "")
            self._text.setText(" ".join(part for part in parts if part))
        else:
            self._text.setText(
                escape(
                    translate("Beside", "Type a message below. It goes to every column, each with its own settings.")
                )
            )

    def retranslate(self) -> None:
        self._title.setText(QCoreApplication.translate("Beside", "Same for all"))
        self.edit.setText(QCoreApplication.translate("Beside", "Edit turns"))
        self._show()


def _with_values(text: str, values: Mapping[str, str]) -> str:
    """A text as HTML, with the values of its variables marked."""
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    mask = presentation_cover().mask
    ink, ground = theme().colour("tool").name(), theme().colour("tool_soft").name()
    parts: list[str] = []
    at = 0
    for match in PATTERN.finditer(text):
        parts.append(escape(mask(text[at : match.start()])))
        at = match.end()
        if match[1]:
            parts.append(escape(match[0][1:]))
        else:
            value = escape(mask(values.get(match[2]) or match[0]))
            parts.append(f'<span style="color:{ink};background-color:{ground}">&nbsp;{value}&nbsp;</span>')
    parts.append(escape(mask(text[at:])))
    return "".join(parts).replace("\n", "<br>")
