"""Network: proxy, time limits, retries. They hold from the next call on."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, Signal

from app.core.settings import (
    CONNECT_TIMEOUT,
    FIRST_BYTE_TIMEOUT,
    IDLE_TIMEOUT,
    PROXY,
    RETRIES,
    SPEECH_TIMEOUT,
    TRUST_ENV,
    Number,
    Settings,
    Whole,
)
from app.ui.settings.page import Page, field
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption
from app.ui.widgets.slider import SpinField
from app.ui.widgets.switch import Switch


class NetworkPage(Page):
    """Edits what every service shares.

    Signals:
        changed: a setting was changed; calls from now on follow it.
    """

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._proxy_caption, self._proxy = Caption(), LineField("")
        self._proxy.setPlaceholderText("http://127.0.0.1:7890")
        self._proxy.setText(settings.get(PROXY))
        self._proxy.editingFinished.connect(self._proxy_typed)
        self._trust = Switch()
        self._trust.setChecked(settings.get(TRUST_ENV))
        self._trust.toggled.connect(self._trust_switched)
        self._limits: dict[Number | Whole, SpinField] = {}
        self.column.addLayout(field(self._proxy_caption, self._proxy))
        self.column.addWidget(self._trust)
        for setting in (CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, SPEECH_TIMEOUT, RETRIES):
            limit = self._limits[setting] = SpinField("", setting.low, setting.high, setting.step)
            limit.set_value(settings.get(cast(Number, setting)))
            limit.value_changed.connect(lambda value, setting=setting: self._limit_changed(setting, value))
            self.column.addWidget(limit)
        self.column.addStretch(1)
        self.retranslate()

    def _proxy_typed(self) -> None:
        if self._proxy.text().strip() != self._settings.get(PROXY):
            self._settings.set(PROXY, self._proxy.text().strip())
            self.changed.emit()

    def _trust_switched(self, on: bool) -> None:
        self._settings.set(TRUST_ENV, on)
        self.changed.emit()

    def _limit_changed(self, setting: Number | Whole, value: float) -> None:
        if isinstance(setting, Whole):
            self._settings.set(setting, round(value))
        else:
            self._settings.set(setting, float(value))
        self.changed.emit()

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Network", "Network"),
            QCoreApplication.translate("Network", "How services are reached. Changes hold from the next call on."),
        )
        self._proxy_caption.setText(QCoreApplication.translate("Network", "Proxy"))
        self._proxy.setAccessibleName(QCoreApplication.translate("Network", "Proxy"))
        self._trust.setText(QCoreApplication.translate("Network", "Follow the system's proxy settings"))
        names = {
            CONNECT_TIMEOUT: QCoreApplication.translate("Network", "Seconds to connect"),
            FIRST_BYTE_TIMEOUT: QCoreApplication.translate("Network", "Seconds to the first byte"),
            IDLE_TIMEOUT: QCoreApplication.translate("Network", "Seconds of silence in a stream"),
            SPEECH_TIMEOUT: QCoreApplication.translate("Network", "Seconds for a take"),
            RETRIES: QCoreApplication.translate("Network", "Retries"),
        }
        for setting, limit in self._limits.items():
            limit.set_name(names[setting])
