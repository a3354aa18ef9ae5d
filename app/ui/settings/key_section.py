"""Edits the key of a service and checks it against the host. A saved key shows only its last characters."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app.core.keys import expected_kind, key_kind, unwrapped_key
from app.core.profiles import ServiceKind
from app.ui.retranslate import Retranslated
from app.ui.settings.page import field, scroll_into_view, set_checked_silently
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.texts.services import kind_name
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.field_message import FieldMessage
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Label
from app.ui.widgets.notifications import NoticeKind
from app.ui.widgets.switch import CheckBox

_SERVICE_FOR: dict[str, ServiceKind] = {"payg": "payg", "token-plan": "token-plan-cn"}
"""The service that accepts a kind of key. A key does not tell which region a plan belongs to."""


def unreadable_key_message() -> str:
    return QCoreApplication.translate("Services", "A key has no spaces and only plain letters, digits and symbols.")


class KeySection(Retranslated):
    """Accepts a key. The typed text is only ever emitted through `save_requested`.

    Signals:
        save_requested: the key as typed, and whether to save it in a file only the user can read.
        remove_requested: remove the saved key.
        service_suggested: id of the service that accepts the typed kind of key.
        address_opened: open this address, where keys are created, in the browser.
    """

    save_requested = Signal(str, bool)
    remove_requested = Signal()
    service_suggested = Signal(str)
    address_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._host = self._address = ""
        self._is_new = True
        self._caption, self.field = Caption(), LineField("")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.textChanged.connect(self.check)
        self.field.returnPressed.connect(self._save)
        self.save, self.remove = Button(), Button()
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self.remove_requested)
        self.notice = FieldMessage(self.field)
        self.notice.acted.connect(self._follow_suggestion)
        self.where, self.in_file = Label(size=Type.SMALL, ink="text2", wrap=True), CheckBox()
        self.get_key = GhostButton("", Icon.GLOBE, ink="tool")
        self.get_key.clicked.connect(lambda: self.address_opened.emit(self._address))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S6)
        column.addLayout(field(self._caption, self.field, self.save, self.remove))
        column.addWidget(self.notice)
        column.addWidget(ResponsiveRow(self.where, self.get_key, gap=Space.S8, grow=(1, 0)))
        column.addWidget(self.in_file)
        self.retranslate()

    def set_host(self, host: str) -> None:
        """Set the host the key would be sent to, also while it is being typed."""
        if host != self._host:
            self._host = host
            self.check()

    def reset(self) -> None:
        """Clear text and check box, because another service is shown."""
        self.clear()
        set_checked_silently(self.in_file, False)
        self._is_new = True

    def clear(self) -> None:
        self.field.clear()
        self.notice.clear()

    def show_saved_key(
        self,
        tail: str,
        where: str,
        *,
        page: str = "",
        can_remove: bool = False,
        offer_file: bool = False,
        in_file: bool = False,
    ) -> None:
        """Show the last characters of the saved key and where it is stored.

        `page`: the address where keys are created, which `where` names, if there is one. `offer_file`: there is no
        keychain, so a file is offered; `in_file`: the key is saved in one.
        """
        if self._is_new:
            set_checked_silently(self.in_file, in_file)
            self._is_new = False
        self.field.setPlaceholderText(f"••••••••••••{tail.removeprefix('…')}" if tail else "")
        self.where.setText(where)
        self._address = page
        self.get_key.setVisible(bool(page))
        self.remove.setEnabled(can_remove)
        self.in_file.setVisible(offer_file)

    def refuse(self, sentence: str) -> None:
        """Show that the typed text can't be a key of this service; it stays in the field."""
        self._show_message("bad", sentence)
        self.field.setFocus()

    def check(self) -> None:
        """Warn about a key of the wrong kind while it is typed."""
        key = unwrapped_key(self.field.text())
        found, wanted = key_kind(key), expected_kind(self._host)
        if found == "unreadable" and key:
            self._warn(unreadable_key_message())
        elif found == "payg" and wanted == "token-plan":
            self._warn(
                QCoreApplication.translate(
                    "Services", "This is a pay-as-you-go key (sk-), but {host} accepts only tp- and ttp- keys."
                ).format(host=self._host)
            )
        elif found == "token-plan" and wanted == "payg":
            self._warn(
                QCoreApplication.translate(
                    "Services", "This is a Token Plan key (tp-), but {host} accepts only sk- keys."
                ).format(host=self._host)
            )
        else:
            self.notice.clear()

    def _warn(self, sentence: str) -> None:
        # Announced once, not with every character.
        if not self.notice.isVisibleTo(self) or self.notice.text() != sentence:
            self._show_message("warn", sentence)

    def _show_message(self, kind: NoticeKind, sentence: str) -> None:
        self.notice.say(kind, sentence, self._suggestion())
        # The focus stays in the field, so the notice may be outside the visible area.
        QTimer.singleShot(0, self, lambda: scroll_into_view(self.notice))

    def _suggestion(self) -> str:
        """The label of the button that shows the service for this kind of key; empty if there is none."""
        takes_it = _SERVICE_FOR.get(key_kind(unwrapped_key(self.field.text())))
        if takes_it is None:
            return ""
        return QCoreApplication.translate("Services", "Use it with {service}").format(service=kind_name(takes_it))

    def _follow_suggestion(self) -> None:
        """Show the service that accepts this kind of key, keeping the typed text."""
        key = self.field.text()
        self.service_suggested.emit(_SERVICE_FOR[key_kind(unwrapped_key(key))])
        self.field.setText(key)

    def _save(self) -> None:
        self.save_requested.emit(self.field.text(), self.in_file.isChecked() and self.in_file.isVisibleTo(self))

    def retranslate(self) -> None:
        name = QCoreApplication.translate("Services", "API key")
        self._caption.setText(name)
        self.field.setAccessibleName(name)
        self.get_key.setText(QCoreApplication.translate("Services", "Get a key"))
        self.save.setText(QCoreApplication.translate("Services", "Save key"))
        self.remove.setText(QCoreApplication.translate("Services", "Remove key"))
        self.in_file.setText(QCoreApplication.translate("Services", "Keep it in a file only I can read"))
        # The notice is in the old language.
        self.notice.clear()
        self.check()
