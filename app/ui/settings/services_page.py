"""Services: where chat and speech are answered, with which key, and what works there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.core.keys import expected_kind, key_kind
from app.core.profiles import PRESETS, Profile, host_of
from app.ui.settings.page import Page, field, pair
from app.ui.texts.services import service_name
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Heading, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.rows import Row, RowDelegate, RowList, RowModel
from app.ui.widgets.switch import CheckBox

PROFILES_TALL = 236
RESULTS_TALL = 232
RESULT_ROW = 44


class ServicesPage(Page):
    """Edits one profile at a time; the list shows all.

    Signals:
        chosen: id of the profile to show.
        changed: changed fields of the shown profile.
        key_saved: the key as typed, and whether a file only the user can read is wanted.
        used: answer from the shown profile from now on.
        added: kind of a new profile.
    """

    chosen = Signal(str)
    changed = Signal(dict)
    key_saved = Signal(str, bool)
    key_removed = Signal()
    used = Signal()
    tested = Signal()
    added = Signal(str)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self.notice = InlineNotice()
        self._model, self._result_model = RowModel(), RowModel()
        self._list, self._results = RowList(""), RowList("")
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(self._list, height=52))
        self._list.setFixedHeight(PROFILES_TALL)
        self._list.row_selected.connect(self.chosen)
        self._results.setModel(self._result_model)
        self._results.setItemDelegate(RowDelegate(self._results, height=RESULT_ROW))
        self._results.setFixedHeight(RESULTS_TALL)
        self._kind = Choice("", compact=True)
        self._add = GhostButton("", Icon.PLUS)
        self._add.clicked.connect(lambda: self.added.emit(self._kind.key() or "gateway"))
        self._remove = GhostButton("", Icon.TRASH)
        self._remove.clicked.connect(self.removed)
        self._url, self._key = LineField(""), LineField("")
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._url.editingFinished.connect(self._url_typed)
        self._key.textChanged.connect(self._check_key)
        self._protocol, self._authentication = Choice(""), Choice("")
        self._protocol.chosen.connect(lambda key: self.changed.emit({"protocol": key}))
        self._authentication.chosen.connect(lambda key: self.changed.emit({"authentication": key}))
        self._save, self._forget = Button(), Button()
        self._save.clicked.connect(self._save_key)
        self._forget.clicked.connect(self.key_removed)
        self._in_file = CheckBox()
        self._plain = CheckBox()
        self._plain.toggled.connect(lambda on: self.changed.emit({"allow_plain_http": on}))
        self._where = Hint(wrap=True)
        self._use, self._test = PrimaryButton(), Button()
        self._use.clicked.connect(self.used)
        self._test.clicked.connect(self.tested)
        self._captions = {name: Caption() for name in ("url", "key", "protocol", "authentication", "kind")}
        self._connection, self._prices = Heading(), Hint(wrap=True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(self.notice)
        column.addWidget(self._list)
        adding = QHBoxLayout()
        adding.setSpacing(Space.S8)
        adding.addWidget(self._captions["kind"])
        adding.addWidget(self._kind)
        adding.addWidget(self._add)
        adding.addStretch(1)
        adding.addWidget(self._remove)
        column.addLayout(adding)
        column.addLayout(field(self._captions["url"], self._url))
        column.addLayout(field(self._captions["key"], self._key, self._save, self._forget))
        column.addWidget(self._plain)
        column.addWidget(self._in_file)
        column.addWidget(self._where)
        column.addLayout(
            pair(
                field(self._captions["protocol"], self._protocol),
                field(self._captions["authentication"], self._authentication),
            )
        )
        acting = QHBoxLayout()
        acting.setSpacing(Space.S8)
        acting.addWidget(self._connection, 1)
        acting.addWidget(self._test)
        acting.addWidget(self._use)
        column.addLayout(acting)
        column.addWidget(self._results)
        column.addWidget(self._prices)
        column.addStretch(1)

    def show_profiles(self, profiles: Sequence[Profile], active: str, shown: Profile) -> None:
        """List the profiles and show one; nothing is announced."""
        self._profile = shown
        used = QCoreApplication.translate("Services", "in use")
        self._model.set_rows(
            [
                Row(
                    profile.id,
                    service_name(profile),
                    _place(profile),
                    used if profile.id == active else "",
                    "accent" if profile.id == active else "neutral",
                )
                for profile in profiles
            ]
        )
        self._list.select_key(shown.id)
        demo = shown.kind == "demo"
        self._url.setText(shown.base_url)
        for control in (self._url, self._key, self._save, self._protocol, self._authentication, self._in_file):
            control.setEnabled(not demo)
        self._protocol.set_key(shown.protocol)
        self._authentication.set_key(shown.authentication)
        plain = shown.base_url.startswith("http://") and host_of(shown.base_url) not in (
            "localhost",
            "127.0.0.1",
            "::1",
        )
        blocked = self._plain.blockSignals(True)
        self._plain.setChecked(shown.allow_plain_http)
        self._plain.blockSignals(blocked)
        self._plain.setVisible(plain and not demo)
        self._use.setEnabled(shown.id != active)
        self._remove.setEnabled(shown.id not in {preset.id for preset in PRESETS})
        self._key.clear()

    def show_key(self, tail: str, where: str, *, can_remove: bool) -> None:
        """What is known of the shown profile's key: its last characters and the place it is kept."""
        self._key.setPlaceholderText(f"••••••••••••{tail.removeprefix('…')}" if tail else "")
        self._where.setText(where)
        self._forget.setEnabled(can_remove)

    def show_results(self, rows: Sequence[Row]) -> None:
        self._result_model.set_rows(rows)

    def show_testing(self, testing: bool) -> None:
        """While a test runs the button stops it."""
        words = QCoreApplication.translate("Services", "Stop test") if testing else ""
        self._test.setText(words or QCoreApplication.translate("Services", "Test connection"))

    def show_prices(self, words: str) -> None:
        self._prices.setText(words)

    def _url_typed(self) -> None:
        url = self._url.text().strip().rstrip("/")
        if self._profile is not None and url != self._profile.base_url:
            self.changed.emit({"base_url": url})

    def _check_key(self, key: str) -> None:
        """A key of the wrong kind is noticed while it is typed; it goes nowhere from here."""
        host = host_of(self._url.text())
        found, wanted = key_kind(key.strip()), expected_kind(host)
        if key and found and wanted and found != wanted:
            self.notice.say(
                "warn",
                QCoreApplication.translate(
                    "Services", "This looks like a key of another kind than {host} takes: sk- or tp-?"
                ).format(host=host),
            )
        elif key:
            self.notice.clear()

    def _save_key(self) -> None:
        key = self._key.text()
        self._key.clear()
        self.key_saved.emit(key, self._in_file.isChecked())

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Services", "Services"),
            QCoreApplication.translate("Services", "Where chat and speech are answered, and with which key."),
        )
        self._list.setAccessibleName(QCoreApplication.translate("Services", "Service profiles"))
        self._results.setAccessibleName(QCoreApplication.translate("Services", "Test results"))
        names = {
            "url": QCoreApplication.translate("Services", "Base URL"),
            "key": QCoreApplication.translate("Services", "API key"),
            "protocol": QCoreApplication.translate("Services", "Protocol"),
            "authentication": QCoreApplication.translate("Services", "Authentication"),
            "kind": QCoreApplication.translate("Services", "Service type"),
        }
        for name, caption in self._captions.items():
            caption.setText(names[name])
        self._url.setAccessibleName(names["url"])
        self._key.setAccessibleName(names["key"])
        self._protocol.set_name(names["protocol"])
        self._protocol.set_choices((("openai", "OpenAI"), ("anthropic", "Anthropic")))
        self._authentication.set_name(names["authentication"])
        self._authentication.set_choices(
            (
                ("api-key", QCoreApplication.translate("Services", "api-key header")),
                ("bearer", QCoreApplication.translate("Services", "Authorization: Bearer")),
                ("x-api-key", QCoreApplication.translate("Services", "x-api-key header")),
                ("none", QCoreApplication.translate("Services", "No key")),
            )
        )
        self._kind.set_name(names["kind"])
        self._kind.set_choices(
            (
                ("gateway", QCoreApplication.translate("Services", "Gateway")),
                ("self-hosted", QCoreApplication.translate("Services", "Self-hosted")),
            )
        )
        if self._kind.key() is None:
            self._kind.set_key("gateway")
        self._add.setText(QCoreApplication.translate("Services", "Add service"))
        self._remove.setText(QCoreApplication.translate("Services", "Remove service"))
        self._save.setText(QCoreApplication.translate("Services", "Save key"))
        self._forget.setText(QCoreApplication.translate("Services", "Remove key"))
        self._in_file.setText(QCoreApplication.translate("Services", "Keep the key in a file that only I can read"))
        self._plain.setText(QCoreApplication.translate("Services", "Send the key unencrypted to this address"))
        self._use.setText(QCoreApplication.translate("Services", "Use this service"))
        self._connection.setText(QCoreApplication.translate("Services", "Connection"))
        self.show_testing(False)


def _place(profile: Profile) -> str:
    if profile.kind == "demo":
        return QCoreApplication.translate("Services", "runs on this computer, a scripted stand-in")
    return host_of(profile.base_url) or profile.base_url
