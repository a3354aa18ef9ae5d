"""The Network page: proxy, certificates, time limits and retries. Changes apply from the next request."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QCoreApplication, Signal

from app.core.errors import WorkbenchError
from app.core.settings import (
    CERTIFICATES,
    CONNECT_TIMEOUT,
    FIRST_BYTE_TIMEOUT,
    IDLE_TIMEOUT,
    PROXY,
    RETRIES,
    SPEECH_TIMEOUT,
    TRUST_ENV,
    IntegerSetting,
    NumberSetting,
    Settings,
    TextSetting,
)
from app.services.network_validation import check_certificates, check_proxy
from app.ui.reported_tasks import in_notice
from app.ui.settings.address_field import AddressField
from app.ui.settings.commit_line_edit import CommitLineEdit
from app.ui.settings.debounced_number import SettingSpinField
from app.ui.settings.page import Page, bind_settings, cover, field, set_checked_silently
from app.ui.texts.setting_labels import setting_label
from app.ui.theme.icons import Icon
from app.ui.widgets.buttons import Button
from app.ui.widgets.field_message import FieldMessage
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.switch import Switch


class NetworkPage(Page):
    """Edits the network settings, which all services share. Changes made elsewhere are shown at once.

    Signals:
        changed: a setting was changed; it applies from the next request.
        file_requested: choose a certificate file.

    Attributes:
        proxy_notice, certificates_notice: what is wrong with the text of these fields.
    """

    changed = Signal()
    file_requested = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._proxy_caption, self.proxy = Caption(), AddressField()
        self.proxy.setPlaceholderText("http://127.0.0.1:7890")
        self.proxy.editingFinished.connect(self._commit_proxy)
        self.proxy_notice = FieldMessage(self.proxy, partial(_is_accepted, check_proxy))
        self.trust = Switch()
        self.trust.toggled.connect(self._set_trust)
        self._certificates_caption, self.certificates = Caption(), CommitLineEdit()
        self.certificates.editingFinished.connect(self._commit_certificates)
        self.certificates_notice = FieldMessage(self.certificates, partial(_is_accepted, check_certificates))
        self._choose_file = Button("", Icon.FILE)
        self._choose_file.clicked.connect(self.file_requested)
        self._certificates_hint = Hint(wrap=True)
        self._limits: dict[NumberSetting | IntegerSetting, SettingSpinField] = {}
        self.column.addLayout(field(self._proxy_caption, self.proxy, notice=self.proxy_notice))
        self.column.addWidget(self.trust)
        self.column.addLayout(
            field(self._certificates_caption, self.certificates, self._choose_file, notice=self.certificates_notice)
        )
        self.column.addWidget(self._certificates_hint)
        for setting in (CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, SPEECH_TIMEOUT, RETRIES):
            limit = self._limits[setting] = SettingSpinField(setting)
            limit.committed.connect(lambda value, setting=setting: self._commit_limit(setting, value))
            self.column.addWidget(limit)
        self.column.addStretch(1)
        bind_settings(
            settings,
            {
                PROXY: self.proxy.show_saved,
                TRUST_ENV: partial(set_checked_silently, self.trust),
                CERTIFICATES: self.certificates.show_saved,
                **{setting: limit.show_value for setting, limit in self._limits.items()},
            },
        )
        self.retranslate()

    def set_certificates(self, path: str) -> None:
        """Use a certificate file if it is valid."""
        self.certificates.setText(path)
        self._commit_certificates()

    def cover(self, *, paths: bool, hosts: bool) -> None:
        """Set what to mask in presentation mode: file paths and credentials, and hosts."""
        cover(self.certificates, paths)
        self.proxy.set_cover(credentials=paths, everything=hosts)

    def _commit_proxy(self) -> None:
        url = self.proxy.text().strip()
        try:
            check_proxy(url)
        except WorkbenchError as error:
            in_notice(self.proxy_notice)(error)
            return
        self.proxy_notice.clear()
        self._save(PROXY, self.proxy, url)
        if "@" in url:
            self.proxy_notice.say(
                "warn",
                QCoreApplication.translate(
                    "Network", "The proxy password is stored unencrypted in the settings and in exports."
                ),
            )

    def _commit_certificates(self) -> None:
        path = self.certificates.text().strip()
        try:
            check_certificates(path)
        except WorkbenchError as error:
            in_notice(self.certificates_notice)(error)
            return
        self.certificates_notice.clear()
        self._save(CERTIFICATES, self.certificates, path)

    def _save(self, setting: TextSetting, line: CommitLineEdit, value: str) -> None:
        line.setModified(False)
        line.show_saved(value)
        if value != self._settings.get(setting):
            self._settings.set(setting, value)
            self.changed.emit()

    def _set_trust(self, on: bool) -> None:
        self._settings.set(TRUST_ENV, on)
        self.changed.emit()

    def _commit_limit(self, setting: NumberSetting | IntegerSetting, value: float) -> None:
        if value == self._settings.get(cast(NumberSetting, setting)):
            return
        if isinstance(setting, IntegerSetting):
            self._settings.set(setting, round(value))
        else:
            self._settings.set(setting, value)
        self.changed.emit()

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Network", "Network"),
            QCoreApplication.translate("Network", "How the workbench connects. Changes apply from the next request."),
        )
        self._proxy_caption.setText(setting_label(PROXY.key))
        self.proxy.setAccessibleName(setting_label(PROXY.key))
        self.trust.setText(setting_label(TRUST_ENV.key))
        self._certificates_caption.setText(setting_label(CERTIFICATES.key))
        self.certificates.setAccessibleName(setting_label(CERTIFICATES.key))
        self._choose_file.setText(QCoreApplication.translate("Network", "Choose file"))
        self._certificates_hint.setText(
            QCoreApplication.translate(
                "Network",
                "A PEM file with your own certificate authorities, trusted in addition to the system's. "
                "Leave empty for none.",
            )
        )
        for setting, limit in self._limits.items():
            limit.set_name(setting_label(setting.key))
        # The notice is in the old language.
        for notice, recheck in (
            (self.proxy_notice, self._commit_proxy),
            (self.certificates_notice, self._commit_certificates),
        ):
            if not notice.isHidden():
                recheck()


def _is_accepted(check: Callable[[str], None], typed: str) -> bool:
    """Whether `check` accepts the typed text."""
    try:
        check(typed.strip())
    except WorkbenchError:
        return False
    return True
