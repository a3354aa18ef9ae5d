"""The Services page: profiles, keys, connection tests, prices and spend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.hosts import host_of, is_local_host, is_web_address
from app.core.presentation_mask import COVER
from app.core.profiles import DEMO, PRESETS, Profile
from app.ui.settings.address_field import AddressField
from app.ui.settings.commit_line_edit import CommitLineEdit
from app.ui.settings.connection_section import ConnectionSection
from app.ui.settings.debounced_number import DebouncedSpinField
from app.ui.settings.gateway_section import GatewaySection
from app.ui.settings.key_section import KeySection
from app.ui.settings.meant_address import address_changes, meant_address
from app.ui.settings.page import Page, field, head, pair, set_checked_silently, without_caption
from app.ui.settings.prices_section import PricesSection
from app.ui.settings.profile_cards import ProfileCards
from app.ui.settings.spend_section import SpendSection
from app.ui.texts.services import kind_name, service_location
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.field_message import FieldMessage, PageMessage
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, ElidedLabel, Hint, Label
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.switch import CheckBox

ADDABLE_KINDS = (
    *(preset.kind for preset in PRESETS if preset.kind not in ("demo", "self-hosted")),
    "gateway",
    "self-hosted",
)
"""The kinds of services the user can add."""
MAX_REQUESTS_PER_MINUTE = 10_000
_TITLE_WIDTH = 220


class _ServiceTitle(ElidedLabel):
    """A heading for a name of any length, with a small minimum width."""

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme().px(_TITLE_WIDTH)), hint.height())


class ServicesPage(Page):
    """Edits one profile at a time; the cards show all.

    Signals:
        profile_chosen: id of the profile to show.
        changed: changed fields of the shown profile.
        added: kind of the new profile.
        terms_accepted: whether the Token Plan's terms are accepted.

    Attributes:
        name_notice, url_notice: what is wrong with the text of these fields.
        terms_notice: why the service may not be used yet.
        gateway, key, connection, prices, spend: the sections below.
    """

    profile_chosen = Signal(str)
    changed = Signal(dict)
    added = Signal(str)
    duplicated = Signal()
    removed = Signal()
    terms_accepted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self._shown_name = ""
        self.terms_notice = PageMessage()
        self._model = RowModel()
        self.profiles = ProfileCards(self._model)
        self.profiles.row_selected.connect(self.profile_chosen)
        self.kind = Choice("")
        self.add = Button("", Icon.PLUS)
        self.add.clicked.connect(lambda: self.added.emit(self.kind.key() or "gateway"))
        self._heading = _ServiceTitle(size=Type.HEADING, weight=Type.SEMIBOLD)
        self.duplicate, self.remove = Button("", Icon.COPY), Button("", Icon.TRASH)
        self.duplicate.clicked.connect(self.duplicated)
        self.remove.clicked.connect(self.removed)
        self._no_removal_reason = Hint(wrap=True)
        self.name, self.url, self.key = CommitLineEdit(), AddressField(), KeySection()
        self.name.editingFinished.connect(self._commit_name)
        self.url.editingFinished.connect(self._commit_url)
        self.name_notice = FieldMessage(self.name, self._is_valid_name)
        self.url_notice = FieldMessage(self.url, lambda url: is_web_address(meant_address(url).base_url))
        self.url.textEdited.connect(self._on_url_typed)
        self.gateway = GatewaySection()
        self.gateway.changed.connect(self.changed)
        self.key.service_suggested.connect(self.profile_chosen)
        self.protocol, self.authentication = Choice(""), Choice("")
        self.protocol.chosen.connect(lambda key: self.changed.emit({"protocol": key}))
        self.authentication.chosen.connect(lambda key: self.changed.emit({"authentication": key}))
        self.models = CommitLineEdit()
        self.models.editingFinished.connect(self._commit_models)
        self.per_minute = DebouncedSpinField(0, MAX_REQUESTS_PER_MINUTE, 10)
        self.per_minute.committed.connect(self._commit_limit)
        self.plain_http, self.accept = CheckBox(), CheckBox()
        self.plain_http.toggled.connect(lambda on: self.changed.emit({"allow_plain_http": on}))
        self.accept.toggled.connect(self.terms_accepted)
        self._terms_text = Label(size=Type.CONTROL, ink="warn", wrap=True)
        self._terms = QWidget()
        self._captions = {name: Caption() for name in ("name", "url", "protocol", "authentication", "kind", "models")}
        self.connection, self.prices, self.spend = ConnectionSection(), PricesSection(), SpendSection()
        self._lay_out()
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(self.profiles)
        add_row = FlowLayout(gap=Space.S8)
        for part in (self._captions["kind"], self.kind, self.add):
            add_row.addWidget(part)
        column.addLayout(add_row)
        column.addWidget(head(self._heading, self.duplicate, self.remove))
        column.addWidget(self._no_removal_reason)
        column.addWidget(
            pair(
                field(self._captions["name"], self.name, notice=self.name_notice),
                field(self._captions["url"], self.url, notice=self.url_notice),
            )
        )
        column.addWidget(self.plain_http)
        column.addWidget(
            pair(
                field(self._captions["protocol"], self.protocol),
                field(self._captions["authentication"], self.authentication),
            )
        )
        column.addWidget(pair(field(self._captions["models"], self.models), without_caption(self.per_minute)))
        column.addWidget(self.gateway)
        column.addWidget(self.key)
        terms = QVBoxLayout(self._terms)
        terms.setContentsMargins(0, 0, 0, 0)
        terms.setSpacing(Space.S6)
        terms.addWidget(self._terms_text)
        terms.addWidget(self.accept)
        terms.addWidget(self.terms_notice)
        column.addWidget(self._terms)
        for section in (self.connection, self.prices, self.spend):
            column.addWidget(section)
        column.addStretch(1)

    def _fit(self) -> None:
        # Vertically centered on the choice beside it.
        self._captions["kind"].setMinimumHeight(theme().px(CONTROL_HEIGHT))

    def show_profiles(
        self,
        profiles: Sequence[Profile],
        active: str,
        shown: Profile,
        *,
        names: Mapping[str, str],
        is_temporary: bool,
        hide_credentials: bool,
        hide_hosts: bool,
    ) -> None:
        """List the profiles and show one without emitting signals; uncommitted edits of the same profile stay.

        `names`: display names by id. `is_temporary`: the shown profile is not saved. `hide_…`: mask these in
        presentation mode.
        """
        before, self._profile = self._profile, shown
        if before is None or before.id != shown.id:
            before = None
            self.key.reset()
            for line in (self.name, self.url, self.models):
                line.setModified(False)
            # A refused number belongs to the service it was typed for.
            self.per_minute.number.discard_typed()
            self.name_notice.clear()
            self.url_notice.clear()
        self._shown_name = names[shown.id]
        used = QCoreApplication.translate("Services", "in use")
        self._model.set_rows(
            [
                Row(
                    profile.id,
                    names[profile.id],
                    service_location(profile, hide_host=hide_hosts),
                    used if profile.id == active else "",
                )
                for profile in profiles
            ]
        )
        self.profiles.select_key(shown.id)
        demo = shown.kind == "demo"
        self._heading.setText(self._shown_name)
        self.name.show_saved(self._shown_name)
        self.url.show_saved(shown.base_url)
        self.key.set_host(host_of(self.url.text()))
        self.url.set_cover(credentials=hide_credentials, everything=hide_hosts)
        self.models.show_saved(", ".join(shown.models))
        if before is None or self.per_minute.value() == before.requests_per_minute:
            self.per_minute.show_value(shown.requests_per_minute)
        for control in (
            self.name, self.url, self.protocol, self.authentication, self.models, self.per_minute, self.duplicate,
            self.key.field, self.key.save,
        ):  # fmt: skip
            control.setEnabled(not demo)
        self.gateway.show_profile(shown)
        self.protocol.set_key(shown.protocol)
        self.authentication.set_key(shown.authentication)
        unencrypted = shown.base_url.startswith("http://") and not is_local_host(host_of(shown.base_url))
        set_checked_silently(self.plain_http, shown.allow_plain_http)
        self.plain_http.setVisible(unencrypted and not demo)
        self.connection.set_used(shown.id == active)
        self._show_removal(preset=shown.id in {preset.id for preset in PRESETS}, is_temporary=is_temporary)

    def _show_removal(self, *, preset: bool, is_temporary: bool) -> None:
        """Enable removing, or show why the service can't be removed."""
        reason = ""
        if preset:
            reason = QCoreApplication.translate("Services", "This service can be changed but not removed.")
        elif is_temporary:
            reason = QCoreApplication.translate(
                "Services",
                "This service was set on the command line or in the environment and is not saved. "
                "Duplicate it to keep it.",
            )
        self.remove.setEnabled(not reason)
        self.remove.setToolTip(reason)
        self.remove.setAccessibleDescription(reason)
        self._no_removal_reason.setText(reason)
        self._no_removal_reason.setVisible(is_temporary and not preset)

    def show_terms(self, *, needed: bool, accepted: bool) -> None:
        """Show the Token Plan's terms for services that use its keys."""
        self._terms.setVisible(needed)
        set_checked_silently(self.accept, accepted)
        if accepted or not needed:
            self.terms_notice.clear()

    def _is_valid_name(self, typed: str) -> bool:
        """Whether a service can have this name. Part of a masked name can't be reused."""
        name = typed.strip()
        return name == self._shown_name or (bool(name) and COVER not in name and not _is_demo_name(name))

    def _commit_name(self) -> None:
        name = self.name.text().strip()
        if self._is_valid_name(name):
            self._commit_line(self.name, "name", name, self._shown_name)
        elif _is_demo_name(name):
            demo = QCoreApplication.translate("Services", "That name is reserved for the demo service. Choose another.")
            self.name_notice.say("bad", demo)
        elif name:
            text = QCoreApplication.translate(
                "Services", "The name is hidden while presenting. Type a complete new name to change it."
            )
            self.name_notice.say("bad", text)
        else:
            self.name_notice.say("bad", QCoreApplication.translate("Services", "A service needs a name. Enter one."))

    def _commit_url(self) -> None:
        """Save the address that is meant by the text, and say what was changed in it."""
        if self._profile is None or self._profile.kind == "demo":
            return
        typed = self.url.text()
        if typed.strip() == self._profile.base_url:
            self._commit_line(self.url, "base_url", typed.strip(), self._profile.base_url)
            return
        meant = meant_address(typed, self._profile.protocol)
        switches = meant.protocol not in ("", self._profile.protocol)
        if switches:
            # One change, so that Undo takes back both.
            self.url.setModified(False)
            self.changed.emit({"base_url": meant.base_url, "protocol": meant.protocol})
            self.url.setModified(self._profile.base_url != meant.base_url)
        else:
            self._commit_line(self.url, "base_url", meant.base_url, self._profile.base_url)
        if meant.changes and not self.url_notice.has_error:
            self.url_notice.say("neutral", lambda: address_changes(meant, switches=switches))

    def commit_fields(self) -> bool:
        """Save what is typed in the fields; False if any of it is refused, with the reason shown below its field."""
        if self._profile is None or self._profile.kind == "demo":
            return True
        self._commit_url()
        self._commit_name()
        self._commit_models()
        if not self.gateway.isHidden():
            self.gateway.commit_unsupported()
            self.gateway.commit_extra_body()
        for notice, line in (
            (self.url_notice, self.url), (self.name_notice, self.name),
            (self.gateway.extra_notice, self.gateway.extra_body),
        ):  # fmt: skip
            if notice.has_error:
                line.setFocus()
                return False
        return True

    def _on_url_typed(self, url: str) -> None:
        self.key.set_host(host_of(url))
        if not self.url_notice.has_error:
            self.url_notice.clear()

    def _commit_models(self) -> None:
        models = tuple(dict.fromkeys(self.models.text().replace(",", " ").split()))
        if self._profile is not None:
            self._commit_line(self.models, "models", models, self._profile.models)

    def _commit_line(self, line: CommitLineEdit, field_name: str, value: Any, saved: Any) -> None:
        """Emit a changed field. If the change is refused, the typed text stays for correction."""
        line.setModified(False)
        if value == saved:
            line.show_saved(saved if isinstance(saved, str) else ", ".join(saved))
            return
        self.changed.emit({field_name: value})
        line.setModified(getattr(self._profile, field_name) != value)

    def _commit_limit(self, limit: float) -> None:
        if self._profile is not None and round(limit) != self._profile.requests_per_minute:
            self.changed.emit({"requests_per_minute": round(limit)})

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Services", "Services"),
            QCoreApplication.translate(
                "Services", "Which services answer chat and speech requests, and with which keys."
            ),
        )
        self.profiles.setAccessibleName(QCoreApplication.translate("Services", "Service profiles"))
        names = {
            "name": QCoreApplication.translate("Services", "Service name"),
            "url": QCoreApplication.translate("Services", "Base URL"),
            "protocol": QCoreApplication.translate("Services", "Protocol"),
            "authentication": QCoreApplication.translate("Services", "Authentication"),
            "kind": QCoreApplication.translate("Services", "Service type"),
            "models": QCoreApplication.translate("Services", "Further models"),
        }
        for name, caption in self._captions.items():
            caption.setText(names[name])
        self.name.setAccessibleName(names["name"])
        self.url.setAccessibleName(names["url"])
        self.models.setAccessibleName(names["models"])
        self.models.setPlaceholderText(QCoreApplication.translate("Services", "Model IDs, if the service lists none"))
        self.per_minute.set_name(QCoreApplication.translate("Services", "Requests per minute"))
        self.per_minute.set_remark(QCoreApplication.translate("Services", "0 for no limit"))
        self.protocol.set_name(names["protocol"])
        self.protocol.set_choices((("openai", "OpenAI"), ("anthropic", "Anthropic")))
        self.authentication.set_name(names["authentication"])
        self.authentication.set_choices(
            (
                ("api-key", QCoreApplication.translate("Services", "api-key header")),
                ("bearer", QCoreApplication.translate("Services", "Authorization: Bearer")),
                ("x-api-key", QCoreApplication.translate("Services", "x-api-key header")),
                ("none", QCoreApplication.translate("Services", "No key")),
            )
        )
        self.kind.set_name(names["kind"])
        self.kind.set_choices([(kind, kind_name(kind)) for kind in ADDABLE_KINDS])
        if self.kind.key() is None:
            self.kind.set_key("gateway")
        self.add.setText(QCoreApplication.translate("Services", "Add service"))
        self.duplicate.setText(QCoreApplication.translate("Services", "Duplicate service"))
        self.remove.setText(QCoreApplication.translate("Services", "Remove service"))
        self.plain_http.setText(QCoreApplication.translate("Services", "Send the key there unencrypted"))
        self._terms_text.setText(
            QCoreApplication.translate(
                "Services",
                "Under the platform's terms, a Token Plan key is for coding tools only. Scripts and other "
                "uses that are clearly not coding are prohibited and may get the key banned.",
            )
        )
        self.accept.setText(QCoreApplication.translate("Services", "I have read this and accept it"))
        # The notice is in the old language.
        for notice, recheck in ((self.name_notice, self._commit_name), (self.url_notice, self._commit_url)):
            if notice.has_error:
                recheck()


def _is_demo_name(name: str) -> bool:
    """Whether a name would make a service look like the demo service."""
    return name.casefold() in {DEMO.name.casefold(), kind_name(DEMO.kind).casefold()}
