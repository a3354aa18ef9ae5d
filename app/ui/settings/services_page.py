"""Services: where chat and speech are answered and with which key; what works there, what it costs and was spent."""

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
from app.ui.settings.field_message import FieldMessage, PageMessage
from app.ui.settings.key_section import KeySection
from app.ui.settings.page import Page, alone, field, head, pair, show_ticked
from app.ui.settings.prices_section import PricesSection
from app.ui.settings.profile_cards import ProfileCards
from app.ui.settings.spend_section import SpendSection
from app.ui.texts.services import kind_name, place_words
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, ElidedLabel, Hint, Label
from app.ui.widgets.rows import Row, RowModel
from app.ui.widgets.scroll import FlowLayout
from app.ui.widgets.switch import CheckBox

KINDS = (*(preset.kind for preset in PRESETS if preset.kind not in ("demo", "self-hosted")), "gateway", "self-hosted")
"""What can be added."""
MOST_PER_MINUTE = 10_000
_TITLE_WIDTH = 220


class _ServiceTitle(ElidedLabel):
    """A name of any length: what it needs at least is enough to know it by."""

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme().px(_TITLE_WIDTH)), hint.height())


class ServicesPage(Page):
    """Edits one profile at a time; the cards show all.

    Signals:
        chosen: id of the profile to show.
        changed: changed fields of the shown profile.
        added: kind of a new profile.
        terms_accepted: the Token Plan's terms were read.

    Attributes:
        name_notice, url_notice: what is wrong with what was typed there.
        terms_notice: why the service may not be spoken to yet.
        key, connection, prices, spend: the parts below.
    """

    chosen = Signal(str)
    changed = Signal(dict)
    added = Signal(str)
    duplicated = Signal()
    removed = Signal()
    terms_accepted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self._called = ""
        self.terms_notice = PageMessage()
        self._model = RowModel()
        self.profiles = ProfileCards(self._model)
        self.profiles.row_selected.connect(self.chosen)
        self.kind = Choice("")
        self.add = Button("", Icon.PLUS)
        self.add.clicked.connect(lambda: self.added.emit(self.kind.key() or "gateway"))
        self._heading = _ServiceTitle(size=Type.HEADING, weight=Type.SEMIBOLD)
        self.duplicate, self.remove = Button("", Icon.COPY), Button("", Icon.TRASH)
        self.duplicate.clicked.connect(self.duplicated)
        self.remove.clicked.connect(self.removed)
        self._kept_reason = Hint(wrap=True)
        self.name, self.url, self.key = CommitLineEdit(), AddressField(), KeySection()
        self.name.editingFinished.connect(self._name_typed)
        self.url.editingFinished.connect(self._url_typed)
        self.name_notice = FieldMessage(self.name, self._is_name)
        self.url_notice = FieldMessage(self.url, lambda url: is_web_address(url.strip()))
        self.url.textEdited.connect(lambda url: self.key.set_host(host_of(url)))
        self.key.moved.connect(self.chosen)
        self.protocol, self.authentication = Choice(""), Choice("")
        self.protocol.chosen.connect(lambda key: self.changed.emit({"protocol": key}))
        self.authentication.chosen.connect(lambda key: self.changed.emit({"authentication": key}))
        self.models = CommitLineEdit()
        self.models.editingFinished.connect(self._models_typed)
        self.per_minute = DebouncedSpinField(0, MOST_PER_MINUTE, 10)
        self.per_minute.settled.connect(self._limit_settled)
        self.plain, self.accept = CheckBox(), CheckBox()
        self.plain.toggled.connect(lambda on: self.changed.emit({"allow_plain_http": on}))
        self.accept.toggled.connect(self.terms_accepted)
        self._terms_words = Label(size=Type.CONTROL, ink="warn", wrap=True)
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
        adding = FlowLayout(gap=Space.S8)
        for part in (self._captions["kind"], self.kind, self.add):
            adding.addWidget(part)
        column.addLayout(adding)
        column.addWidget(head(self._heading, self.duplicate, self.remove))
        column.addWidget(self._kept_reason)
        column.addWidget(
            pair(
                field(self._captions["name"], self.name, notice=self.name_notice),
                field(self._captions["url"], self.url, notice=self.url_notice),
            )
        )
        column.addWidget(self.plain)
        column.addWidget(
            pair(
                field(self._captions["protocol"], self.protocol),
                field(self._captions["authentication"], self.authentication),
            )
        )
        column.addWidget(pair(field(self._captions["models"], self.models), alone(self.per_minute)))
        column.addWidget(self.key)
        terms = QVBoxLayout(self._terms)
        terms.setContentsMargins(0, 0, 0, 0)
        terms.setSpacing(Space.S6)
        terms.addWidget(self._terms_words)
        terms.addWidget(self.accept)
        terms.addWidget(self.terms_notice)
        column.addWidget(self._terms)
        for section in (self.connection, self.prices, self.spend):
            column.addWidget(section)
        column.addStretch(1)

    def _fit(self) -> None:
        # In the middle of the choice beside it.
        self._captions["kind"].setMinimumHeight(theme().px(CONTROL_HEIGHT))

    def show_profiles(
        self,
        profiles: Sequence[Profile],
        active: str,
        shown: Profile,
        *,
        names: Mapping[str, str],
        for_this_run: bool,
        hide_sign_ins: bool,
        hide_hosts: bool,
    ) -> None:
        """List the profiles and show one; nothing is announced, and what is just being typed for it stays.

        `names`: what they are called here, by id. `for_this_run`: the one shown is not kept. `hide_…` is for a wall on
        which many read it.
        """
        before, self._profile = self._profile, shown
        if before is None or before.id != shown.id:
            before = None
            self.key.begin()
            for line in (self.name, self.url, self.models):
                line.setModified(False)
            self.name_notice.clear()
            self.url_notice.clear()
        self._called = names[shown.id]
        used = QCoreApplication.translate("Services", "in use")
        self._model.set_rows(
            [
                Row(
                    profile.id,
                    names[profile.id],
                    place_words(profile, hide_host=hide_hosts),
                    used if profile.id == active else "",
                )
                for profile in profiles
            ]
        )
        self.profiles.select_key(shown.id)
        demo = shown.kind == "demo"
        self._heading.setText(self._called)
        self.name.show_kept(self._called)
        self.url.show_kept(shown.base_url)
        self.key.set_host(host_of(self.url.text()))
        self.url.cover(sign_ins=hide_sign_ins, everything=hide_hosts)
        self.models.show_kept(", ".join(shown.models))
        if before is None or self.per_minute.value() == before.requests_per_minute:
            self.per_minute.show_value(shown.requests_per_minute)
        for control in (
            self.name, self.url, self.protocol, self.authentication, self.models, self.per_minute, self.duplicate,
            self.key.field, self.key.save,
        ):  # fmt: skip
            control.setEnabled(not demo)
        self.protocol.set_key(shown.protocol)
        self.authentication.set_key(shown.authentication)
        unencrypted = shown.base_url.startswith("http://") and not is_local_host(host_of(shown.base_url))
        show_ticked(self.plain, shown.allow_plain_http)
        self.plain.setVisible(unencrypted and not demo)
        self.connection.set_used(shown.id == active)
        self._show_removal(preset=shown.id in {preset.id for preset in PRESETS}, for_this_run=for_this_run)

    def _show_removal(self, *, preset: bool, for_this_run: bool) -> None:
        """Whether the service can be removed, and if not why."""
        reason = ""
        if preset:
            reason = QCoreApplication.translate("Services", "This service can be changed, but is always listed.")
        elif for_this_run:
            reason = QCoreApplication.translate(
                "Services", "This service was given at the start, for this run only. Duplicate it to keep it."
            )
        self.remove.setEnabled(not reason)
        self.remove.setToolTip(reason)
        self.remove.setAccessibleDescription(reason)
        self._kept_reason.setText(reason)
        self._kept_reason.setVisible(for_this_run and not preset)

    def show_terms(self, *, needed: bool, accepted: bool) -> None:
        """The Token Plan's terms, where its keys would be used."""
        self._terms.setVisible(needed)
        show_ticked(self.accept, accepted)
        if accepted or not needed:
            self.terms_notice.clear()

    def _is_name(self, typed: str) -> bool:
        """Whether a service can be called that; of a hidden name nobody keeps a part."""
        name = typed.strip()
        return name == self._called or (bool(name) and COVER not in name and not _is_the_demos(name))

    def _name_typed(self) -> None:
        name = self.name.text().strip()
        if self._is_name(name):
            self._finish(self.name, "name", name, self._called)
        elif _is_the_demos(name):
            demo = QCoreApplication.translate("Services", "Only the demo service is called that. Type another name.")
            self.name_notice.say("bad", demo)
        elif name:
            hidden = QCoreApplication.translate("Services", "The name is hidden now. Type the whole of a new one.")
            self.name_notice.say("bad", hidden)
        else:
            self.name_notice.say("bad", QCoreApplication.translate("Services", "A service needs a name. Type one."))

    def _url_typed(self) -> None:
        if self._profile is not None:
            self._finish(self.url, "base_url", self.url.text().strip().rstrip("/"), self._profile.base_url)

    def _models_typed(self) -> None:
        models = tuple(dict.fromkeys(self.models.text().replace(",", " ").split()))
        if self._profile is not None:
            self._finish(self.models, "models", models, self._profile.models)

    def _finish(self, line: CommitLineEdit, what: str, value: Any, kept: Any) -> None:
        """The line shows what is kept again, unless it was refused: then what was typed waits to be mended."""
        line.setModified(False)
        if value == kept:
            line.show_kept(kept if isinstance(kept, str) else ", ".join(kept))
            return
        self.changed.emit({what: value})
        line.setModified(getattr(self._profile, what) != value)

    def _limit_settled(self, limit: float) -> None:
        if self._profile is not None and round(limit) != self._profile.requests_per_minute:
            self.changed.emit({"requests_per_minute": round(limit)})

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Services", "Services"),
            QCoreApplication.translate("Services", "Where chat and speech are answered, and with which key."),
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
        self.models.setPlaceholderText(QCoreApplication.translate("Services", "ids, if the service lists none"))
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
        self.kind.set_choices([(kind, kind_name(kind)) for kind in KINDS])
        if self.kind.key() is None:
            self.kind.set_key("gateway")
        self.add.setText(QCoreApplication.translate("Services", "Add service"))
        self.duplicate.setText(QCoreApplication.translate("Services", "Duplicate service"))
        self.remove.setText(QCoreApplication.translate("Services", "Remove service"))
        self.plain.setText(QCoreApplication.translate("Services", "Send the key there unencrypted"))
        self._terms_words.setText(
            QCoreApplication.translate(
                "Services",
                "By the platform's terms a Token Plan key is for coding tools only. Scripts and other use that is "
                "plainly not coding are prohibited and may get the key banned.",
            )
        )
        self.accept.setText(QCoreApplication.translate("Services", "I have read this and accept it"))
        # What was said was said in another language.
        for notice, say_again in ((self.name_notice, self._name_typed), (self.url_notice, self._url_typed)):
            if notice.refuses:
                say_again()


def _is_the_demos(name: str) -> bool:
    """Nobody is to take another service's answers for the demo's, or the other way round."""
    return name.casefold() in {DEMO.name.casefold(), kind_name(DEMO.kind).casefold()}
