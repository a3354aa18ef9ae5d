"""Keyboard shortcuts drawn as key caps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.labels import Label
from app.ui.widgets.themed import paint_box

_PADDING = 6
_HEIGHT = 20
_SIGNS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter"}


def keys_of(shortcut: str) -> tuple[str, ...]:
    """The captions of the keys of a shortcut in Qt's portable format, as they are on the keyboard."""
    keys = QKeySequence(shortcut).toString().replace("++", "+\0").split("+")
    return tuple(_SIGNS.get(key, key).replace("\0", "+") for key in keys if key)


def caps_width(keys: tuple[str, ...]) -> int:
    """The width in pixels of some key caps side by side."""
    return sum(_cap_width(key) for key in keys) + Space.S4 * max(0, len(keys) - 1)


def paint_caps(painter: QPainter, keys: tuple[str, ...], left: float, middle: float) -> None:
    """Draw key caps side by side, beginning at `left`, around the height `middle`."""
    font = theme().font(Type.TINY, Type.MEDIUM)
    tall = theme().px(_HEIGHT)
    for key in keys:
        box = QRectF(left, middle - tall / 2, _cap_width(key), tall)
        paint_box(painter, box, Radius.BADGE - 1, theme().colour("raised"), theme().colour("line"))
        painter.setFont(font)
        painter.setPen(theme().colour("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        left += box.width() + Space.S4


def _cap_width(key: str) -> int:
    metrics = QFontMetrics(theme().font(Type.TINY, Type.MEDIUM))
    return max(theme().px(_HEIGHT), metrics.horizontalAdvance(key) + 2 * theme().px(_PADDING))


class KeyHint(Label):
    """Key caps and what they do. As a text it reads `Enter: run`."""

    base_size = Type.SMALL
    base_ink = "text2"

    def __init__(self, *shortcuts: str, parent: QWidget | None = None) -> None:
        """`shortcuts` are in Qt's portable key sequence format; any of them does it."""
        self._keys = tuple(key for shortcut in shortcuts for key in keys_of(shortcut))
        self._action = ""
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_keys(self, *shortcuts: str) -> None:
        """Set other keys; what they do stays."""
        self._keys = tuple(key for shortcut in shortcuts for key in keys_of(shortcut))
        self.set_action(self._action)

    def set_action(self, action: str) -> None:
        """Set what the keys do, in one or two words."""
        self._action = action
        self.setText(f"{' '.join(self._keys)}: {action}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self._action)
        return QSize(caps_width(self._keys) + Space.S8 + words + 1, theme().px(_HEIGHT) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_caps(painter, self._keys, 0, self.height() / 2)
        painter.setFont(self.font())
        painter.setPen(theme().colour(self._ink))
        left = caps_width(self._keys) + Space.S8
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self._action
        )
