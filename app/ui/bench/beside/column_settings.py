"""What a column asks with: model and chips that are always there, and the rest behind a chip."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.side_by_side import Column, ColumnField
from app.ui.bench.beside.differing_chip import DifferingChip, DifferingSpin
from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.wrapping_row import WrappingRow

_PROMPT_LENGTH = 24
"""Characters of a system prompt that its chip shows."""


class ColumnSettings(Retranslated):
    """The settings of a column below its model.

    Signals:
        changed: the name of a setting, and its new value.
        tool_switched: the name of a tool, and whether the model may call it.
    """

    changed = Signal(str, object)
    tool_switched = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Column, frozenset[ColumnField], bool] | None = None
        self.think = DifferingChip()
        self.temperature = DifferingSpin(0, 1.5, 0.1, decimals=2)
        self.prompt_chip = DifferingChip()
        self.more_chip = DifferingChip()
        self.chips = WrappingRow(self.think, self.temperature, self.prompt_chip, self.more_chip, gap=Space.S6)
        self.system = TextArea("", min_lines=2, max_lines=6)
        self.service_caption, self.tools_caption = Caption(), Caption()
        self.service = Choice("")
        self.max_tokens = DifferingSpin(1, 131_072, 256, width=110)
        self.tools = WrappingRow()
        self.lock = Hint(wrap=True)
        self._tool_chips: dict[str, Chip] = {}
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(Space.S6)
        for widget in (self.service_caption, self.service, self.max_tokens, self.tools_caption, self.tools, self.lock):
            more.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, 0, Space.S12, Space.S8)
        column.setSpacing(Space.S8)
        column.addWidget(self.chips)
        column.addWidget(self.system)
        column.addWidget(self._more)
        self._more.hide()
        self.prompt_chip.setChecked(True)
        self.prompt_chip.toggled.connect(self.system.setVisible)
        self.more_chip.toggled.connect(self._more.setVisible)
        self.think.toggled.connect(lambda on: self.changed.emit("thinking", on))
        self.temperature.spin.valueChanged.connect(
            lambda: self.changed.emit("temperature", self.temperature.spin.number_in_use())
        )
        self.max_tokens.spin.valueChanged.connect(
            lambda: self.changed.emit("max_tokens", self.max_tokens.spin.number_in_use())
        )
        self.system.textChanged.connect(self._on_prompt)
        self.service.chosen.connect(lambda profile_id: self.changed.emit("profile", profile_id))
        presentation_cover().changed.connect(self.retranslate)
        self.retranslate()
        self.show_column(Column(""), (), thinks=False, temperature_lock="")

    def fold(self) -> None:
        """Make room for the answer."""
        self.prompt_chip.setChecked(False)
        self.more_chip.setChecked(False)

    def show_services(self, services: Sequence[tuple[str, str]]) -> None:
        """Offer services: pairs of id and name."""
        self.service.set_choices(services)

    def show_tools(self, names: Sequence[str]) -> None:
        """Offer tools by their names."""
        if tuple(names) == tuple(self._tool_chips):
            return
        layout = self.tools.layout()
        assert layout is not None
        for chip in self._tool_chips.values():
            layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._tool_chips = {}
        for name in names:
            chip = self._tool_chips[name] = Chip(presentation_cover().mask(name))
            chip.toggled.connect(lambda on, name=name: self.tool_switched.emit(name, on))
            layout.addWidget(chip)
            chip.show()

    def show_column(
        self, column: Column, differing: Collection[ColumnField], *, thinks: bool, temperature_lock: str
    ) -> None:
        """Show what a column has; `temperature_lock` says why its temperature is not sent, if so. Emits no signal."""
        self._shown = column, frozenset(differing), thinks
        blocked = [(each, each.blockSignals(True)) for each in self._signalling()]
        self.think.setChecked(thinks)
        self.temperature.spin.set_number(column.sampling.temperature)
        self.max_tokens.spin.set_number(column.sampling.max_tokens)
        self.service.set_key(column.profile)
        if self.system.toPlainText() != column.system:
            self.system.setPlainText(column.system)
        for name, chip in self._tool_chips.items():
            chip.setChecked(name in column.tools)
        for each, was_blocked in blocked:
            each.blockSignals(was_blocked)
        self.temperature.spin.setEnabled(not temperature_lock)
        self.temperature.setToolTip(temperature_lock)
        self.lock.setText(temperature_lock)
        self.lock.setVisible(bool(temperature_lock))
        self._show_words()

    def _signalling(self) -> tuple[QWidget, ...]:
        return (
            self.think, self.temperature.spin, self.max_tokens.spin, self.service, self.system,
            *self._tool_chips.values(),
        )  # fmt: skip

    def _on_prompt(self) -> None:
        if not self.system.is_covered:
            self.changed.emit("system", self.system.toPlainText())

    def _show_words(self) -> None:
        if self._shown is None:
            return
        column, differing, thinks = self._shown
        translate = QCoreApplication.translate
        self.think.show_words(
            translate("Beside", "Thinking on") if thinks else translate("Beside", "Thinking off"),
            differs="thinking" in differing,
        )
        self.temperature.show_caption(translate("Beside", "Temp."), differs="temperature" in differing)
        prompt = " ".join(presentation_cover().mask(column.system).split())
        if len(prompt) > _PROMPT_LENGTH:
            prompt = f"{prompt[: _PROMPT_LENGTH - 1]}…"
        self.prompt_chip.show_words(prompt or translate("Beside", "No system prompt"), differs="system" in differing)
        more = {"service", "max_tokens", "tools"} & set(differing)
        self.more_chip.show_words(translate("Beside", "More"), differs=bool(more))
        self.max_tokens.show_caption(translate("Beside", "Max tokens"), differs="max_tokens" in differing)

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.think.setAccessibleName(translate("Beside", "Think first"))
        self.think.setToolTip(translate("Beside", "Whether the model thinks before it answers"))
        self.temperature.spin.setAccessibleName(translate("Beside", "Temperature"))
        self.temperature.spin.set_empty_text(translate("Beside", "Default"))
        self.max_tokens.spin.setAccessibleName(translate("Beside", "Max tokens"))
        self.max_tokens.spin.set_empty_text(translate("Beside", "Default"))
        self.prompt_chip.setAccessibleName(translate("Beside", "Show system prompt"))
        self.more_chip.setAccessibleName(translate("Beside", "More settings"))
        self.system.setAccessibleName(translate("Beside", "System prompt"))
        self.system.setPlaceholderText(translate("Beside", "System prompt"))
        self.service.set_name(translate("Beside", "Service"))
        self.service_caption.setText(translate("Beside", "Service"))
        self.tools_caption.setText(translate("Beside", "Tools that the model may call"))
        self._show_words()
