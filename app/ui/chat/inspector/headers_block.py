"""The lines above a body: method and address or status, and headers. The key is a badge, never text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import Hint, Label
from app.ui.widgets.themed import set_font

SHOWN = 1
"""Headers shown besides that of the key, until all are wanted."""
_KEYS = frozenset({"api-key", "x-api-key", "authorization"})
_FIRST = ("content-type",)


class _MonoLabel(Label):
    base_size = Type.SMALL

    def restyle(self) -> None:
        super().restyle()
        set_font(self, theme().font(self._size, self._weight, mono=True))


class HeadersBlock(Retranslated):
    """Shows the first line, the key, and the content type; the other headers on demand.

    A header with a key shows a badge instead: the key is not in what is recorded.

    Signals:
        toggled: whether all headers are shown.
    """

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, editable: bool = False) -> None:
        super().__init__(parent)
        self._headers: dict[str, str] = {}
        self._is_low = self._is_narrow = False
        self._editable = editable
        self._line = _MonoLabel(wrap=True)
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rest = _MonoLabel(wrap=True, ink="text2")
        self._rest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._key_name = _MonoLabel(ink="text2")
        self._key = Badge("", icon=Icon.SHIELD)
        self._hint = Hint()
        self.more = IconButton(Icon.CHEVRON_DOWN, "", side=24)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_toggled)
        first = QHBoxLayout()
        first.setSpacing(Space.S6)
        first.addWidget(self._line, 1)
        first.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        key = QHBoxLayout()
        key.setSpacing(Space.S6)
        key.addWidget(self._key_name)
        key.addWidget(self._key)
        key.addStretch(1)
        key.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S2)
        column.addLayout(first)
        column.addLayout(key)
        column.addWidget(self._rest)
        self._fill()
        self.retranslate()

    def show_headers(self, line: str, headers: dict[str, str]) -> None:
        """Show a first line and headers."""
        self._line.setText(line)
        self._headers = headers
        self._fill()

    def set_low(self, low: bool, narrow: bool) -> None:
        """Show the first line only, until the headers are asked for; leave out what is too wide."""
        if (low, narrow) != (self._is_low, self._is_narrow):
            self._is_low, self._is_narrow = low, narrow
            self._fill()

    @property
    def is_open(self) -> bool:
        """Whether everything is shown."""
        return self.more.isChecked()

    def _on_toggled(self, shown: bool) -> None:
        self._fill()
        self.toggled.emit(shown)

    def _fill(self) -> None:
        keys = [name for name in self._headers if name.lower() in _KEYS]
        others = sorted(
            (name for name in self._headers if name.lower() not in _KEYS), key=lambda name: name.lower() not in _FIRST
        )
        is_open = self.more.isChecked()
        self.more.set_glyph(Icon.CHEVRON_UP if is_open else Icon.CHEVRON_DOWN)
        self._key_name.setText(f"{keys[0]}:" if keys else "")
        for part in (self._key_name, self._key):
            part.setVisible(bool(keys) and (is_open or not self._is_low))
        self._hint.setVisible(self._editable and bool(keys) and not self._is_low and not self._is_narrow)
        self.more.setVisible(bool(self._headers))
        shown = others if is_open else others[: 0 if self._is_low else SHOWN]
        self._rest.setText("\n".join(f"{name}: {self._headers[name]}" for name in shown))
        self._rest.setVisible(bool(shown))
        self.setVisible(bool(self._line.text() or self._headers))

    def retranslate(self) -> None:
        self._key.set_kind("neutral", QCoreApplication.translate("Inspector", "key hidden, also when copied"))
        self._hint.setText(QCoreApplication.translate("Inspector", "can be edited"))
