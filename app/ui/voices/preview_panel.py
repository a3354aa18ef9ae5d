"""The preview text of a designed voice: lines that suit it, polishing, and the text that was spoken in the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.preview_lines import SHOWN, TitledText, suggested_lines
from app.ui.retranslate import Retranslated
from app.ui.texts.voice_design import characters_text, ui_language
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.voices.marked_text import MarkedText
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, ElidedLabel, Hint
from app.ui.widgets.switch import Switch
from app.ui.widgets.themed import Themed, paint_box
from app.ui.widgets.wrapping_row import WrappingRow


class _FinalText(Themed, QWidget):
    """A sunken box."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self.follow_theme()

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_box(QPainter(self), QRectF(self.rect()), Radius.ROW, theme().colour("sunken"))


class _HintedSwitch(Switch):
    """A switch with a hint between its words and its knob, as far as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = ElidedLabel(parent=self, size=Type.SMALL, ink="text2")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_hint()

    def place_hint(self) -> None:
        """Put the hint behind the words."""
        left = QFontMetrics(self.font()).horizontalAdvance(self.text()) + Space.S12
        self.hint.setGeometry(
            left, 0, max(0, self.width() - left - self.mark_size().width() - Space.S12), self.height()
        )


class PreviewPanel(Retranslated):
    """The fields below the description.

    Attributes:
        text: the preview text.
        others: shows other lines.
        use_final: adopts the text that was spoken.

    Signals:
        line_chosen: a suggested line.
    """

    line_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[TitledText] = ()
        self._round_name = ""
        self.text = TextArea("", min_lines=2, max_lines=4)
        self._caption, self._count = Caption(), Hint()
        self._suits = Caption()
        self._chips = [Chip("", checkable=False) for _ in range(SHOWN)]
        for at, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _on=False, at=at: self._choose(at))
        self.others = IconButton(Icon.LOOP, "")
        self.polish = _HintedSwitch()
        self._final = _FinalText()
        self._final_caption, self.final_text = ElidedLabel(size=Type.SMALL, ink="text2"), MarkedText()
        self.use_final = GhostButton(ink="soft_text")
        self._lay_out()
        self.show_lines(suggested_lines("", 0, ui_language()))
        self.text.textChanged.connect(self._show_count)
        self.show_final("", "", "")
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S8)
        head, lines = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self._count)
        lines.setSpacing(Space.S8)
        self._suits.setMinimumHeight(self._chips[0].sizeHint().height())
        lines.addWidget(self._suits, 0, Qt.AlignmentFlag.AlignTop)
        lines.addWidget(WrappingRow(*self._chips), 1)
        lines.addWidget(self.others, 0, Qt.AlignmentFlag.AlignTop)
        inside, top = QVBoxLayout(self._final), QHBoxLayout()
        inside.setContentsMargins(Space.S12, Space.S6, Space.S8, Space.S8)
        inside.setSpacing(Space.S2)
        top.addWidget(self._final_caption, 1)
        top.addWidget(self.use_final)
        inside.addLayout(top)
        inside.addWidget(self.final_text)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addLayout(lines)
        column.addWidget(self.polish)
        column.addWidget(self._final)

    def show_lines(self, lines: Sequence[TitledText]) -> None:
        """Offer lines."""
        self._lines = lines
        for chip, line in zip(self._chips, lines, strict=False):
            chip.setText(line.title)
            chip.setToolTip(line.text)
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(lines))

    def show_final(self, round_name: str, before: str, after: str) -> None:
        """Show the text that a round spoke in the end, with what the service changed; an empty one is hidden."""
        self._round_name = round_name
        self._final.setVisible(bool(after))
        self.final_text.show_change(before, after)
        self.use_final.setEnabled(bool(after) and after != self.text.toPlainText())
        self._name_final()

    def _name_final(self) -> None:
        caption = QCoreApplication.translate("Design", "Final text of {round}")
        self._final_caption.setText(caption.format(round=self._round_name))

    def _choose(self, at: int) -> None:
        self.line_chosen.emit(self._lines[at].text)

    def _show_count(self) -> None:
        text = self.text.toPlainText()
        self._count.setText(characters_text(text) if text.strip() else "")
        self.use_final.setEnabled(self.final_text.toPlainText() not in ("", text))

    def retranslate(self) -> None:
        name = QCoreApplication.translate("Voices", "Preview text")
        self._caption.setText(name)
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(QCoreApplication.translate("Design", "A line that the voice could have said."))
        self._suits.setText(QCoreApplication.translate("Design", "Suits this voice"))
        self.others.set_name(QCoreApplication.translate("Design", "Other lines"))
        self.polish.setText(QCoreApplication.translate("Voices", "Polish the text"))
        self.polish.hint.setText(
            QCoreApplication.translate("Design", "the service may reword it to suit the voice, or write one")
        )
        self.polish.setAccessibleDescription(self.polish.hint.text())
        self.polish.place_hint()
        self.final_text.setAccessibleName(QCoreApplication.translate("Design", "Final text"))
        self.use_final.setText(QCoreApplication.translate("Voices", "Use this text"))
        self._name_final()
        self._show_count()
