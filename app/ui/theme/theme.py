"""The current theme: turns tokens into palette, fonts, style sheet and colours, which change together."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from string import Template
from typing import Final, Literal
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.core.resources import resource_path
from app.ui.theme.tokens import DARK, LIGHT, Tokens, Type

Mode = Literal["light", "dark", "system"]

MIN_TEXT_SCALE: Final = 0.8
MAX_TEXT_SCALE: Final = 2.0

# Simplified Chinese before every other CJK font: Qt uses the first font that has a glyph, and Japanese glyph forms
# look wrong in Chinese.
_CJK: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei")
_MONO: Final = ("DejaVu Sans Mono", "Cascadia Mono", "Menlo", "Consolas", "Noto Sans Mono")
_MONO_CJK: Final = ("Noto Sans Mono CJK SC", *_CJK)

# Off, so that text is shown as it was typed: Inter turns `0x10` into a multiplication sign and `->` into an arrow.
_LIGATURES: Final = ("calt", "liga", "clig", "dlig")

# Controls whose text is smaller than body text.
_CONTROL_CLASSES: Final = (
    "QLineEdit",
    "QComboBox",
    "QAbstractSpinBox",
    "QAbstractButton",
    "QMenu",
    "QAbstractItemView",
)


class Theme(QObject):
    """Colours, fonts and sizes of the running program.

    Signals:
        changed: the appearance changed; palette, fonts and style sheet are already set.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._windows: WeakSet[QWidget] = WeakSet()
        self._mode: Mode = "system"
        self._text_scale = 1.0
        self._enlargement = 1.0
        self._reduced_motion = False
        self._fonts: dict[tuple[int, int, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self._style_sheet = ""
        self._faces = _interface_faces()
        self._hints = application.styleHints()
        self._dark = self._system_is_dark()
        application.setStyle("Fusion")
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def mode(self) -> Mode:
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Choose the theme; `system` follows the desktop."""
        if mode == self._mode:
            return
        self._mode = mode
        # Window frames and native dialogs follow this; in `system` mode, the hint then reports the desktop again.
        self._hints.setColorScheme(
            {
                "light": Qt.ColorScheme.Light,
                "dark": Qt.ColorScheme.Dark,
                "system": Qt.ColorScheme.Unknown,
            }[mode]
        )
        self._dark = self._system_is_dark() if mode == "system" else mode == "dark"
        self._apply()

    @property
    def dark(self) -> bool:
        return self._dark

    @property
    def tokens(self) -> Tokens:
        return DARK if self._dark else LIGHT

    @property
    def text_scale(self) -> float:
        return self._text_scale

    def set_text_scale(self, scale: float) -> None:
        """Set the user's text size as a factor, clamped to 0.8 to 2.0; controls grow with their text."""
        scale = min(max(scale, MIN_TEXT_SCALE), MAX_TEXT_SCALE)
        if scale != self._text_scale:
            self._text_scale = scale
            self._apply()

    def set_enlargement(self, factor: float) -> bool:
        """Set a factor on top of the user's text size. Returns whether it changed."""
        changed = factor != self._enlargement
        if changed:
            self._enlargement = factor
            self._apply()
        return changed

    @property
    def reduced_motion(self) -> bool:
        """Whether nonessential animations are turned off."""
        return self._reduced_motion

    def set_reduced_motion(self, reduced: bool) -> None:
        if reduced != self._reduced_motion:
            self._reduced_motion = reduced
            self.changed.emit()

    def px(self, length: float) -> int:
        """Scale a length in logical pixels with the user's text size."""
        return round(length * self._text_scale * self._enlargement)

    def colour(self, name: str) -> QColor:
        """The colour of a token, such as `"accent"`. The object is shared: copy it before changing it."""
        colour = self._colours.get(name)
        if colour is None:
            colour = self._colours[name] = QColor(getattr(self.tokens, name))
        return colour

    def mixed(self, name: str, other: str, share: float) -> QColor:
        """Mix `share` (0..1) of the token `other` into `name`, for hovered and pressed shades."""
        key = f"{name} {other} {share}"
        colour = self._colours.get(key)
        if colour is None:
            first, second = self.colour(name), self.colour(other)
            colour = self._colours[key] = QColor.fromRgbF(
                first.redF() + (second.redF() - first.redF()) * share,
                first.greenF() + (second.greenF() - first.greenF()) * share,
                first.blueF() + (second.blueF() - first.blueF()) * share,
            )
        return colour

    def font(self, size: int, weight: int = Type.REGULAR, mono: bool = False) -> QFont:
        """A font of the interface at `size` logical pixels before text scaling."""
        key = (size, weight, mono)
        font = self._fonts.get(key)
        if font is None:
            font = QFont()
            font.setFamilies([*_MONO, *_MONO_CJK] if mono else [*self._faces, *_CJK])
            font.setPixelSize(max(1, self.px(size)))
            font.setWeight(QFont.Weight(weight))
            if mono:
                font.setStyleHint(QFont.StyleHint.Monospace)
            for feature in _LIGATURES:
                font.setFeature(QFont.Tag(feature), 0)
            self._fonts[key] = font
        return QFont(font)

    def palette(self) -> QPalette:
        """The palette with the tokens in Qt's roles, for everything the Qt style draws."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, name in (
            (role.Window, "bg"),
            (role.WindowText, "text"),
            (role.Base, "surface"),
            (role.AlternateBase, "raised"),
            (role.Text, "text"),
            (role.Button, "surface"),
            (role.ButtonText, "text"),
            (role.BrightText, "bad"),
            (role.PlaceholderText, "text3"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "text"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Accent, "accent"),
            (role.Link, "tool"),
            (role.LinkVisited, "thinking"),
            (role.Light, "surface"),
            (role.Midlight, "raised"),
            (role.Mid, "line"),
            (role.Dark, "wave"),
            (role.Shadow, "line"),
        ):
            palette.setColor(target, self.colour(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.colour("text3"))
        palette.setColor(QPalette.ColorGroup.Inactive, role.Highlight, self.colour("soft"))
        palette.setColor(QPalette.ColorGroup.Inactive, role.HighlightedText, self.colour("soft_text"))
        return palette

    def style_sheet(self) -> str:
        """`resources/themes/workbench.qss` with the colours and sizes of this theme filled in."""
        if not self._style_sheet:
            self._style_sheet = self._filled_style_sheet()
        return self._style_sheet

    def style_window(self, window: QWidget) -> None:
        """Give a window without parent the style sheet, now and whenever the theme changes.

        The style sheet is not the application's: then Qt would style a whole subtree anew each time it gets a parent,
        which doubles the time a view takes to be built.
        """
        self._windows.add(window)
        window.setStyleSheet(self.style_sheet())

    def _filled_style_sheet(self) -> str:
        template = Template(resource_path("themes", "workbench.qss").read_text(encoding="utf-8"))
        return template.substitute(_StyleSheetValues(self))

    def _system_is_dark(self) -> bool:
        return self._hints.colorScheme() == Qt.ColorScheme.Dark

    def _follow_system(self) -> None:
        if self._mode == "system" and self._system_is_dark() != self._dark:
            self._dark = not self._dark
            self._apply()

    def _apply(self) -> None:
        self._fonts.clear()
        self._colours.clear()
        application = self._application
        application.setPalette(self.palette())
        application.setFont(self.font(Type.BODY))
        for name in _CONTROL_CLASSES:
            _set_class_font(application, self.font(Type.CONTROL), name)
        _set_class_font(application, self.font(Type.SMALL), "QTipLabel")
        self._style_sheet = ""
        for window in list(self._windows):
            if isValid(window):
                window.setStyleSheet(self.style_sheet())
        self.changed.emit()


class _StyleSheetValues(Mapping[str, str]):
    """The values of `$name` in the style sheet: a token, or `pxN` for N logical pixels at the user's text size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __getitem__(self, name: str) -> str:
        if name.startswith("px") and name[2:].isdecimal():
            return f"{self._theme.px(int(name[2:]))}px"
        if name not in Tokens._fields:
            raise KeyError(name)
        return str(getattr(self._theme.tokens, name))

    def __iter__(self) -> Iterator[str]:
        return iter(Tokens._fields)

    def __len__(self) -> int:
        return len(Tokens._fields)


def _set_class_font(application: QApplication, font: QFont, class_name: str) -> None:
    # The stubs require bytes, but the binding accepts only str.
    application.setFont(font, class_name)  # type: ignore[arg-type]


def _interface_faces() -> tuple[str, ...]:
    if sys.platform in ("win32", "darwin"):
        return (QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family(),)
    return ("Inter", "Noto Sans", "DejaVu Sans")


_instance: Theme | None = None


def theme() -> Theme:
    """The theme of the application, which must exist. The first call creates and applies it."""
    global _instance
    if _instance is None or not isValid(_instance):
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("the theme needs a QApplication")
        _instance = Theme(application)
    return _instance
