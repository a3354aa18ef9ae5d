"""The panel with the parameters of a take."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from app.core.catalogue import catalogue
from app.ui.theme.tokens import Space
from app.ui.widgets.panel import Panel
from app.ui.widgets.spin_field import SpinField


class ParametersPanel(Panel):
    """The sampling parameters."""

    def __init__(self) -> None:
        super().__init__()
        temperature, top_p, max_tokens = (
            catalogue().range_of(name, "speech") for name in ("temperature", "top_p", "max_tokens")
        )
        self.temperature = SpinField("", temperature.low, temperature.high, 0.1, decimals=2)
        self.temperature.set_value(temperature.default)
        self.top_p = SpinField("", top_p.low, top_p.high, 0.01, decimals=2)
        self.top_p.set_value(top_p.default)
        self.max_tokens = SpinField("", max_tokens.low, max_tokens.high, 256, slider=False, empty=" ")
        self.max_tokens.set_value(None)
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        inside.setSpacing(Space.S8)
        for field in (self.temperature, self.top_p, self.max_tokens):
            inside.addWidget(field)
        inside.addStretch(1)
        self.body.addLayout(inside)

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Studio", "Parameters"))
        self.temperature.set_name(QCoreApplication.translate("Studio", "Temperature"))
        self.top_p.set_name(QCoreApplication.translate("Studio", "Top P"))
        self.max_tokens.set_name(QCoreApplication.translate("Studio", "Max tokens"))
        self.max_tokens.set_empty_text(QCoreApplication.translate("Parameters", "Model default"))
