"""The message for all columns, how often each runs, what that costs, and the button that runs or stops them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.side_by_side import MAX_REPEATS
from app.ui.bench.beside.differing_chip import DifferingSpin
from app.ui.bench.beside.spend_limits import SpendLimits
from app.ui.chat.attachments.strip import AttachmentStrip
from app.ui.chat.composer import MessageField
from app.ui.chat.composer_parts.variable_fields import VariableFields
from app.ui.chat.model_choice import ModelChoice
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton, ordinary_look
from app.ui.widgets.labels import Hint, Label
from app.ui.widgets.painted_button import Look
from app.ui.widgets.panel import Panel
from app.ui.widgets.wrapping_row import WrappingRow


class _RunButton(PrimaryButton):
    """Runs, and stops in the same place; neutral while another button is the main one."""

    def __init__(self) -> None:
        self._is_neutral = False
        super().__init__()

    def set_neutral(self, is_neutral: bool) -> None:
        self._is_neutral = is_neutral
        self.update()

    def look(self) -> Look:
        return ordinary_look(self) if self._is_neutral else super().look()


class BesideFoot(Retranslated):
    """The composer of the page.

    Signals:
        run, stop: the button was pressed while nothing, or something, was running.
        typed: the message as it is now.
    """

    run = Signal()
    stop = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self.message = MessageField()
        self.message.set_lines(1, 4)
        self.attachments = AttachmentStrip()
        self.attach, self.attach_address = IconButton(Icon.ATTACH, ""), IconButton(Icon.LINK, "")
        self.variables = VariableFields()
        self.repeats = DifferingSpin(1, MAX_REPEATS, 1, width=56)
        self.repeats_after = Label(ink="text2", size=Type.SMALL)
        self.limits = SpendLimits()
        self.uncounted = Hint(wrap=True)
        self.uncounted.hide()
        self.estimate, self.progress = Label(ink="text2", size=Type.SMALL), Label(ink="text2", size=Type.SMALL)
        self.join_model = ModelChoice()
        self.join = Button("", Icon.WAND)
        self.button = _RunButton()
        panel = Panel()
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.S16, Space.S8, Space.S12, Space.S4)
        inner.setSpacing(Space.S8)
        inner.addWidget(self.attachments)
        inner.addWidget(self.message)
        inner.addWidget(self.variables)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        left = WrappingRow(
            self.attach, self.attach_address, self.repeats, self.repeats_after, self.limits, self.join,
            self.join_model, gap=Space.S8,
        )  # fmt: skip
        row.addWidget(left, 1)
        for part in (self.estimate, self.progress, self.button):
            row.addWidget(part)
        inner.addWidget(self.uncounted)
        inner.addLayout(row)
        panel.body.addLayout(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.button.clicked.connect(self._press)
        self.message.submitted.connect(self._submit)
        self.message.textChanged.connect(self._on_typed)
        self.variables.submitted.connect(self._submit)
        self.progress.hide()
        self.offer_joining(False)
        self.set_running(False)
        self.retranslate()

    @property
    def is_running(self) -> bool:
        return self._is_running

    def set_running(self, running: bool) -> None:
        """Be Stop while something runs."""
        self._is_running = running
        self.button.set_glyph(Icon.STOP if running else Icon.PLAY)
        self._name_button()

    def offer_joining(self, on: bool) -> None:
        """Offer to write one answer from several, once there are several."""
        self.join.setVisible(on)
        self.join_model.setVisible(on)

    def set_message(self, text: str) -> None:
        """Show a message. Emits no signal."""
        if self.message.toPlainText() != text:
            blocked = self.message.blockSignals(True)
            self.message.setPlainText(text)
            self.message.blockSignals(blocked)

    def _on_typed(self) -> None:
        if not self.message.is_covered:
            self.typed.emit(self.message.toPlainText())

    def _press(self) -> None:
        (self.stop if self._is_running else self.run).emit()

    def _submit(self) -> None:
        if not self._is_running:
            self.run.emit()

    def _name_button(self) -> None:
        words = (
            QCoreApplication.translate("Beside", "Stop")
            if self._is_running
            else QCoreApplication.translate("Beside", "Run beside")
        )
        self.button.setText(words)

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.message.setAccessibleName(translate("Beside", "Message"))
        self.message.setPlaceholderText(translate("Beside", "Message for all columns…"))
        self.attach.set_name(translate("Composer", "Attach"))
        self.attach_address.set_name(translate("Composer", "Attach by address"))
        self.repeats.show_caption(translate("Beside", "Each column runs"), differs=False)
        self.repeats.spin.setAccessibleName(translate("Beside", "Runs of each column"))
        self.join.setText(translate("Beside", "One answer from these"))
        self.join_model.set_name(translate("Beside", "Model for one answer"))
        self._name_button()
